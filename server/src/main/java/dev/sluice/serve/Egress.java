package dev.sluice.serve;

import io.undertow.server.HttpServerExchange;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSinkChannel;

/**
 * Where a response leaves, as those see it who send and record it: what lies between them and the socket, and what was taken of
 * it and how. On a connection that a {@link Listener} of ours accepted that is the {@link Wire} at its very end; in somebody
 * else's Undertow, where nobody can get between the connection and HTTP any more, a {@link GuestEgress}.
 *
 * <p>The counts grow while responses are sent, so a response is the difference of two readings. Used by one thread at a time;
 * {@link #progress()} may be read by any.
 */
sealed interface Egress permits Wire, GuestEgress {
    /** What the response passes on its way, as far as it is known by now. */
    Carrier carrier();

    /** The peer's address as text. */
    String client();

    /** Who may wait for a disk. */
    Executor worker();

    /** The connection's fast path, or null if it has none. To be asked by the I/O thread. */
    @Nullable
    FastPath fastPath();

    /** A response is under way; the answer is what {@link #end} is to be told. */
    int begin(Underway response);

    /** It is not any more. */
    void end(int stream);

    /** The path that is asked for, as it was sent: of the site, not of what the site may be a part of. */
    String path(HttpServerExchange exchange);

    /** Whether the site lies in a folder, which is asked for without its last slash. */
    boolean lacksSlash();

    /** Makes the head of a response, which is complete, fit what it is a part of. */
    void fit(HttpServerExchange exchange);

    /** What the body is written to, or null if the exchange has ended or somebody else writes. To be asked once. */
    @Nullable
    StreamSinkChannel channel(HttpServerExchange exchange);

    /** Gives the exchange, of which nothing has been sent, to who answers what is not found here; null if that is up to us. */
    @Nullable
    Runnable elsewhere();

    /** Bytes of the response's body that have been taken. */
    long bodyBytes(HttpServerExchange exchange);

    /** From now on, what is taken from these very buffers counts as region bytes. */
    void watch(ByteBuffer... regions);

    /** From now on, what is taken from this very buffer counts as read past the page cache. */
    void watchDirect(ByteBuffer read);

    /** Nothing is expected from such buffers any more. */
    void unwatch();

    /** Bytes that were taken straight from watched buffers. */
    long regionBytes();

    /** Bytes that were taken from buffers into which they had been read past the page cache. */
    long directBytes();

    /** Bytes that went from a file to the socket by transfer. */
    long sendfileBytes();

    /** All bytes that were taken. */
    long progress();
}
