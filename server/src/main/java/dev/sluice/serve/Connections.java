package dev.sluice.serve;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;

/**
 * The connections now open: counts them, and closes those on which a response makes no progress.
 *
 * <p>One look at all of them a second takes the place of a timer for each write, which would cost every request.
 */
public final class Connections {
    private static final long DRAIN_STEP_MILLIS = 20;

    private final Set<Watch> open = ConcurrentHashMap.newKeySet();
    private final long stalledAfterNanos;
    private final Runnable onOpen;
    private final Runnable onClose;
    private volatile boolean draining;

    /**
     * @param stalledAfter how long a response may stand still before its connection is closed
     * @param onOpen told of each connection that is opened
     * @param onClose told of each that is closed
     */
    public Connections(Duration stalledAfter, Runnable onOpen, Runnable onClose) {
        this.stalledAfterNanos = stalledAfter.toNanos();
        this.onOpen = onOpen;
        this.onClose = onClose;
    }

    private static final class Watch {
        private final Wire wire;
        private long lastProgress;
        private long lastProgressAt = System.nanoTime();

        Watch(Wire wire) {
            this.wire = wire;
        }
    }

    /**
     * Follows a connection until it is closed.
     *
     * @param opened tells Undertow of the connection; it installs its own close listener, which is kept
     */
    void follow(Wire wire, ChannelListener<StreamConnection> opened) {
        StreamConnection connection = wire.connection();
        Watch watch = new Watch(wire);
        open.add(watch);
        onOpen.run();
        opened.handleEvent(connection);
        ChannelListener<? super StreamConnection> undertows = connection.getCloseListener();
        connection.setCloseListener(closed -> {
            if (undertows != null) {
                undertows.handleEvent(closed);
            }
            forget(watch);
        });
        if (!connection.isOpen()) {
            forget(watch);
        }
    }

    private void forget(Watch watch) {
        if (open.remove(watch)) {
            onClose.run();
            Delivery unfinished = watch.wire.current();
            if (unfinished != null) {
                unfinished.lost();
            }
        }
    }

    /** Closes the connections whose response has stood still for too long. To be called about once a second. */
    public void closeStalled() {
        long now = System.nanoTime();
        for (Watch watch : open) {
            Delivery delivery = watch.wire.current();
            if (delivery == null || watch.lastProgress != watch.wire.progress()) {
                watch.lastProgress = watch.wire.progress();
                watch.lastProgressAt = now;
            } else if (now - Math.max(watch.lastProgressAt, delivery.startedAt()) > stalledAfterNanos) {
                watch.wire.connection().getIoThread().execute(() -> delivery.abort(Reasons.STALLED));
            }
        }
    }

    /** Whether responses should ask their client to close the connection, since the server is about to stop. */
    boolean draining() {
        return draining;
    }

    /**
     * Lets the responses that are under way finish, closes each connection when it is idle, and all that are left at the
     * limit.
     *
     * @return how many connections were cut off at the limit
     * @throws InterruptedException if the waiting thread is interrupted; nothing is cut off then
     */
    public int drain(Duration limit) throws InterruptedException {
        draining = true;
        long deadline = System.nanoTime() + limit.toNanos();
        while (!open.isEmpty() && System.nanoTime() < deadline) {
            closeIdle();
            TimeUnit.MILLISECONDS.sleep(DRAIN_STEP_MILLIS);
        }
        int cut = open.size();
        open.forEach(watch -> IoUtils.safeClose(watch.wire.connection()));
        return cut;
    }

    private void closeIdle() {
        for (Watch watch : open) {
            // Asked in its own I/O thread, where no request can begin meanwhile.
            watch.wire.connection().getIoThread().execute(() -> {
                if (watch.wire.current() == null) {
                    IoUtils.safeClose(watch.wire.connection());
                }
            });
        }
    }
}
