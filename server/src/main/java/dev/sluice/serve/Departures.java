package dev.sluice.serve;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Closes the connections that clients have left while nothing went on there.
 *
 * <p>When the I/O thread itself closes one, XNIO asks the kernel at once for everything that is ready, to be rid of that one's
 * key. Of thousands that are left together each then has all the others looked at: 10,000 kept it busy for
 * many seconds (measured), and clients that came meanwhile waited. A worker only marks the keys, and the I/O thread's next look is rid of all that are marked.
 *
 * <p>Thread-safe.
 */
final class Departures {
    private final Queue<Link> left = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean closing = new AtomicBoolean();

    /** Closes a connection soon; nothing must be read from it any more. */
    void add(Link link) {
        left.add(link);
        if (closing.compareAndSet(false, true)) {
            try {
                link.worker().execute(this::close);
            } catch (RejectedExecutionException stopping) {
                close();
            }
        }
    }

    private void close() {
        do {
            for (Link link = left.poll(); link != null; link = left.poll()) {
                link.close();
            }
            closing.set(false);
            // One that came between the last look and here saw a worker that takes no more.
        } while (!left.isEmpty() && closing.compareAndSet(false, true));
    }
}
