package dev.sluice.serve;

import io.undertow.server.HttpServerExchange;

/**
 * Whether a response gets on. A stream of HTTP/2 does when bytes are put into its frames, everything else when the socket
 * takes some.
 *
 * <p>Looked at by one thread, now and then; pauses are noted by any.
 */
final class Movement {
    private final HttpServerExchange exchange;
    private final Wire wire;
    private long seen;
    private long seenAt;
    private volatile long pausedUntil;

    Movement(HttpServerExchange exchange, Wire wire, long now) {
        this.exchange = exchange;
        this.wire = wire;
        this.seenAt = now;
        this.pausedUntil = now;
    }

    /** Notes that nothing is going to be sent before this. */
    void pauseUntil(long nanoTime) {
        pausedUntil = nanoTime;
    }

    /** Whether it has stood still for that long, pauses apart. */
    boolean stalled(long now, long limitNanos) {
        boolean stream = wire.link().carrier() == Carrier.HTTP2;
        long progress = stream ? exchange.getResponseBytesSent() : wire.progress();
        if (progress != seen) {
            seen = progress;
            seenAt = now;
        }
        return now - Math.max(seenAt, pausedUntil) > limitNanos;
    }
}
