package dev.sluice.serve;

import dev.sluice.access.ClientConnections;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.xnio.StreamConnection;

/**
 * The connections now open: counts them, and closes those on which a response makes too little progress.
 *
 * <p>One look at all of them a second takes the place of a timer for each write, which would cost every request.
 */
public final class Connections {
    private static final long DRAIN_STEP_MILLIS = 20;
    private static final long DRAIN_STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(DRAIN_STEP_MILLIS);
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Set<Watch> open = ConcurrentHashMap.newKeySet();
    private final Patience patience;
    private final long idleAfterNanos;
    private final long handshakeNanos;
    private final long silentAfterNanos;
    private final ClientConnections clients;
    private final Observer observer;
    private final InFlight requests;
    private final Refuge refuge = new Refuge();
    private final Departures departures = new Departures();
    private volatile boolean draining;

    /**
     * @param limits what a client has to take of a response, and how long a connection may be silent
     * @param observer told what becomes of the connections
     */
    public Connections(Limits limits, Observer observer) {
        this.patience = new Patience(limits.writeTimeout().toNanos(), limits.minimumRate());
        this.handshakeNanos = limits.handshakeTimeout().toNanos();
        this.idleAfterNanos = limits.idleTimeout().toNanos();
        this.silentAfterNanos = limits.idleTimeout()
                .plus(limits.headTimeout())
                .plus(limits.writeTimeout())
                .toNanos();
        this.clients = new ClientConnections(limits.connectionsPerClient());
        this.requests = new InFlight(limits.requests());
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

        /** Another one is closed without a word, since its client has as many as it may. */
        default void refused() {}

        /**
         * Undertow answered by itself, without asking our handler: its parser refuses malformed requests.
         *
         * @param client the peer's address
         * @param status of the answer
         */
        default void unplanned(String client, int status) {}
    }

    /** The requests of all connections for which there is a file to be read. */
    InFlight requests() {
        return requests;
    }

    /** A connection that has just been accepted. */
    Link link(StreamConnection connection) {
        return new Link(connection, observer, departures);
    }

    private static final class Watch {
        private final Wire wire;
        private long lastProgress;
        private long lastProgressAt = System.nanoTime();
        private long idleAt = -1;
        private long idleSince;

        Watch(Wire wire) {
            this.wire = wire;
        }

        /** How long nothing has been sent, as seen by looking now and then. */
        long silentFor(long now) {
            long progress = wire.progress();
            if (lastProgress != progress) {
                lastProgress = progress;
                lastProgressAt = now;
            }
            return now - lastProgressAt;
        }
    }

    /**
     * Whether a connection that has just been accepted may stay. One that may not is closed soon, without a word: an answer
     * would cost more than it is worth, and over TLS much more.
     *
     * @return whether it is to be followed
     */
    boolean admit(Link link) {
        InetAddress client = link.address();
        if (client == null || clients.enter(client)) {
            return true;
        }
        observer.refused();
        link.closeSoon();
        return false;
    }

    /** Follows a connection, which has been admitted, until it is closed. */
    void follow(Wire wire) {
        Watch watch = new Watch(wire);
        open.add(watch);
        observer.opened();
        // Beside Undertow's own listener, not in its place; called at once if the connection is closed already.
        wire.link().connection().setCloseListener(closed -> forget(watch));
    }

    private void forget(Watch watch) {
        if (open.remove(watch)) {
            InetAddress client = watch.wire.link().address();
            if (client != null) {
                clients.leave(client);
            }
            observer.closed();
            tellResponses(watch.wire.link());
        }
    }

    /** The end of a stream of HTTP/2 is an event that may still be waiting for its turn. */
    private static void tellResponses(Link link) {
        Runnable lost = () -> link.forEach(Underway::lost);
        if (link.carrier() != Carrier.HTTP2) {
            lost.run();
            return;
        }
        try {
            link.ioThread().execute(lost);
        } catch (RejectedExecutionException stopping) {
            lost.run();
        }
    }

    /**
     * Closes the connections whose response has stood still for too long or is taken too slowly, and those on which nothing has been sent for
     * longer than any timeout allows: Undertow has a timer for heads, but none for a request that it refused by itself and whose
     * body never comes, and none for a client that begins no TLS handshake or does not end it, however busy it is meanwhile. Its timer for idle connections does not see what
     * the {@link FastPath} answers, so idle ones are closed here. On HTTP/2 only the
     * stream at fault is cut. Has those that keep a region from being emptied let go of it.
     * To be called about once a second.
     */
    public void closeStalled() {
        long now = System.nanoTime();
        for (Watch watch : open) {
            Link link = watch.wire.link();
            long silent = watch.silentFor(now);
            if (!link.idle()) {
                Patience shared = patience.sharedBy(link.responses());
                link.forEach(response -> lookAt(response, link, now, shared));
            } else if (silent > silentAfterNanos || (!link.isSpoken() && now - link.openedAt() > unspokenNanos(link))) {
                link.ioThread().execute(link::close);
            } else if (silent > idleAfterNanos) {
                link.ioThread().execute(link::closeIfQuiet);
            }
        }
    }

    /** How long it may take until it is known what the client speaks. */
    private long unspokenNanos(Link link) {
        return link.carrier() == Carrier.TLS ? handshakeNanos : idleAfterNanos;
    }

    private void lookAt(Underway response, Link link, long now, Patience shared) {
        String fault = response.fault(now, shared);
        if (fault != null) {
            link.ioThread().execute(() -> response.abort(fault));
        } else if (response.obstructs()) {
            link.ioThread().execute(() -> response.moveOut(refuge));
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
        // What has just been accepted may still be on its way to its I/O thread.
        TimeUnit.MILLISECONDS.sleep(DRAIN_STEP_MILLIS);
        while (!open.isEmpty() && System.nanoTime() < deadline) {
            closeIdle();
            TimeUnit.MILLISECONDS.sleep(DRAIN_STEP_MILLIS);
        }
        int cut = open.size();
        open.forEach(watch -> watch.wire.link().close());
        return cut;
    }

    private void closeIdle() {
        long askedAt = System.nanoTime();
        for (Watch watch : open) {
            watch.wire.link().ioThread().execute(() -> closeIfIdle(watch, askedAt));
        }
    }

    /**
     * Idle means idle in two rounds with nothing sent between: a pipelined request may be about to begin on a worker, or to be
     * read. Rounds that waited together while the thread wrote a long body do not count as two: between them it has not had
     * the time to look at what has come. A client
     * of HTTP/2 goes on telling of its window while it reads what has arrived; closed meanwhile, the connection would be
     * reset and the rest lost, so it is given a second. So is one that has not come to a request yet, over TLS or far away: nobody asks
     * again on a new connection that is closed.
     */
    private static void closeIfIdle(Watch watch, long askedAt) {
        watch.wire.link().retire();
        long progress = watch.wire.progress();
        if (!watch.wire.link().idle()) {
            watch.idleAt = -1;
        } else if (watch.idleAt != progress) {
            watch.idleAt = progress;
            watch.idleSince = System.nanoTime();
        } else {
            Link link = watch.wire.link();
            boolean mayBeSilent = link.carrier() == Carrier.HTTP2 || !link.isSpoken();
            if (askedAt - watch.idleSince > (mayBeSilent ? LINGER_NANOS : DRAIN_STEP_NANOS)) {
                watch.wire.link().sayFarewell();
            }
        }
    }
}
