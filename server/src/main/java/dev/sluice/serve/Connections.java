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
    private final long silentAfterNanos;
    private final Observer observer;
    private volatile boolean draining;

    /**
     * @param limits how long a response may stand still, and a connection be silent
     * @param observer told what becomes of the connections
     */
    public Connections(Limits limits, Observer observer) {
        this.stalledAfterNanos = limits.writeTimeout().toNanos();
        this.silentAfterNanos = limits.idleTimeout()
                .plus(limits.headTimeout())
                .plus(limits.writeTimeout())
                .toNanos();
        this.observer = observer;
    }

    /** Told what becomes of connections, from any I/O thread. */
    public interface Observer {
        /** Nobody is told anything. */
        Observer NONE = new Observer() {};

        /** A connection has been accepted. */
        default void opened() {}

        /** It has been closed. */
        default void closed() {}

        /**
         * Undertow answered by itself, without asking our handler: its parser refuses malformed requests.
         *
         * @param client the peer's address
         * @param status of the answer
         */
        default void unplanned(String client, int status) {}
    }

    Observer observer() {
        return observer;
    }

    private static final class Watch {
        private final Wire wire;
        private long lastProgress;
        private long lastProgressAt = System.nanoTime();
        private long idleAt = -1;

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
        observer.opened();
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
            observer.closed();
            Delivery unfinished = watch.wire.current();
            if (unfinished != null) {
                unfinished.lost();
            }
        }
    }

    /**
     * Closes the connections whose response has stood still for too long, and those on which nothing has been sent for
     * longer than any timeout allows: Undertow has timers for idle connections and for heads, but none for a request that it
     * refused by itself and whose body never comes. To be called about once a second.
     */
    public void closeStalled() {
        long now = System.nanoTime();
        for (Watch watch : open) {
            Delivery delivery = watch.wire.current();
            if (watch.lastProgress != watch.wire.progress()) {
                watch.lastProgress = watch.wire.progress();
                watch.lastProgressAt = now;
            } else if (delivery == null && now - watch.lastProgressAt > silentAfterNanos) {
                IoUtils.safeClose(watch.wire.connection());
            } else if (delivery != null
                    && now - Math.max(watch.lastProgressAt, delivery.startedAt()) > stalledAfterNanos) {
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
            watch.wire.connection().getIoThread().execute(() -> closeIfIdle(watch));
        }
    }

    /** Idle means idle in two rounds with nothing sent between: a pipelined request may be about to begin on a worker. */
    private static void closeIfIdle(Watch watch) {
        long progress = watch.wire.progress();
        if (watch.wire.current() != null) {
            watch.idleAt = -1;
        } else if (watch.idleAt == progress) {
            IoUtils.safeClose(watch.wire.connection());
        } else {
            watch.idleAt = progress;
        }
    }
}
