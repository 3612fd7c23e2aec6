package dev.sluice.serve;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.xnio.XnioIoThread;

/**
 * The responses under way in somebody else's Undertow, so that they can be broken off, and are where their client has gone
 * without a word. Undertow tells nobody that a stream of HTTP/2 has been given up while it waits for its client. Thread-safe.
 *
 * <p>One look at all of them a second, as in {@link Connections}, but by whichever I/O thread there is, and none while nothing is
 * under way.
 */
final class Guests {
    private static final long LOOK_EVERY_SECONDS = 1;

    /** The server's own default; how slow a client may be is the application's to say. */
    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(30).toNanos(), 0);

    private final Set<GuestEgress> present = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final Refuge refuge = new Refuge();
    private volatile boolean closed;

    void enter(GuestEgress guest) {
        present.add(guest);
        if (!looking.get() && looking.compareAndSet(false, true)) {
            lookLater(guest.ioThread());
        }
        if (closed) {
            guest.breakOff();
        }
    }

    void leave(GuestEgress guest) {
        present.remove(guest);
    }

    private void lookLater(XnioIoThread thread) {
        try {
            thread.executeAfter(() -> look(thread), LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
        } catch (RejectedExecutionException stopping) {
            // The next one to enter has a thread that runs, or nobody enters any more.
            looking.set(false);
        }
    }

    private void look(XnioIoThread thread) {
        long now = System.nanoTime();
        try {
            present.forEach(guest -> guest.look(now, PATIENCE, refuge));
        } finally {
            // Whatever went wrong with one of them: the others are looked at again.
            goOn(thread);
        }
    }

    private void goOn(XnioIoThread thread) {
        if (present.isEmpty()) {
            looking.set(false);
            // One that came in between has seen that somebody looks.
            if (present.isEmpty() || !looking.compareAndSet(false, true)) {
                return;
            }
        }
        lookLater(thread);
    }

    /** Breaks off those that are here, and whoever else comes. */
    void close() {
        closed = true;
        present.forEach(GuestEgress::breakOff);
    }
}
