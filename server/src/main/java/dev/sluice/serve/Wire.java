package dev.sluice.serve;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.Conduits;
import org.xnio.conduits.StreamSinkConduit;

/**
 * The last thing before the socket: counts what the kernel really took, and how it was handed over.
 *
 * <p>Undertow replaces a transfer by a copy without a word in several cases (TLS, HTTP/2, chunked, pipelined), so what was
 * meant proves nothing. Here, under everything else, a buffer's position moves only because the socket took the bytes, and
 * a transfer that arrives is the one that becomes sendfile(2). One response is on a connection at a time, so a response is
 * the difference of two readings.
 *
 * <p>Used by one thread at a time; {@link #progress()} and {@link #current()} may be read by any.
 */
final class Wire extends AbstractStreamSinkConduit<StreamSinkConduit> {
    /** Where the status stands in a response's head (RFC 9112 §4). */
    private static final int STATUS_START = 9;

    private static final int STATUS_END = 12;

    private final StreamConnection connection;
    private final String client;
    private final Connections.Observer observer;

    private @Nullable ByteBuffer watched;
    private long regionBytes;
    private long sendfileBytes;
    private volatile long progress;
    private volatile @Nullable Delivery current;

    /**
     * @param observer told of each response that Undertow makes by itself, without asking our handler
     */
    Wire(StreamConnection connection, Connections.Observer observer) {
        super(connection.getSinkChannel().getConduit());
        this.connection = connection;
        this.observer = observer;
        InetSocketAddress peer = connection.getPeerAddress(InetSocketAddress.class);
        this.client = peer == null || peer.getAddress() == null
                ? "-"
                : peer.getAddress().getHostAddress();
    }

    StreamConnection connection() {
        return connection;
    }

    /** The peer's address as text, made once for a connection. */
    String client() {
        return client;
    }

    /** From now on, what the socket takes from this very buffer counts as region bytes. */
    void watch(@Nullable ByteBuffer region) {
        watched = region;
    }

    /** Bytes that the socket took straight from watched buffers since the connection was opened. */
    long regionBytes() {
        return regionBytes;
    }

    /** Bytes that went from a file to the socket by transfer since the connection was opened. */
    long sendfileBytes() {
        return sendfileBytes;
    }

    /** All bytes that the socket took, heads included. A response during which this stands still is stalled. */
    long progress() {
        return progress;
    }

    /** The response that is under way, or null while the connection is idle. */
    @Nullable
    Delivery current() {
        return current;
    }

    void current(@Nullable Delivery delivery) {
        current = delivery;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // Equal content proves nothing: a copy of the region has that too.
    public int write(ByteBuffer src) throws IOException {
        int status = current == null ? statusOf(src) : 0;
        int taken = next.write(src);
        count(src == watched ? taken : 0, taken);
        tell(status, taken);
        return taken;
    }

    @Override
    public long write(ByteBuffer[] srcs, int offset, int length) throws IOException {
        int status = current == null ? statusOf(srcs[offset]) : 0;
        ByteBuffer region = watched;
        int before = region == null ? 0 : region.remaining();
        long taken = next.write(srcs, offset, length);
        count(region == null ? 0 : before - region.remaining(), taken);
        tell(status, taken);
        return taken;
    }

    @Override
    public long transferFrom(FileChannel src, long position, long count) throws IOException {
        long sent = next.transferFrom(src, position, count);
        sendfileBytes += sent;
        count(0, sent);
        return sent;
    }

    /** The status of the head that begins in this buffer, or 0 if none does: {@code HTTP/1.1 400 …}. */
    private static int statusOf(ByteBuffer head) {
        int at = head.position();
        if (head.remaining() < STATUS_END || head.get(at) != 'H' || head.get(at + STATUS_START - 1) != ' ') {
            return 0;
        }
        int status = 0;
        for (int i = at + STATUS_START; i < at + STATUS_END; i++) {
            status = status * 10 + head.get(i) - '0';
        }
        return status;
    }

    private void tell(int status, long taken) {
        if (status != 0 && taken > 0) {
            observer.unplanned(client, status);
        }
    }

    private void count(int fromRegion, long taken) {
        if (taken > 0) {
            regionBytes += fromRegion;
            // One writer at a time, so the sum cannot lose an update.
            long sum = progress + taken;
            progress = sum;
        }
    }

    @Override
    public int writeFinal(ByteBuffer src) throws IOException {
        return Conduits.writeFinalBasic(this, src);
    }

    @Override
    public long writeFinal(ByteBuffer[] srcs, int offset, int length) throws IOException {
        return Conduits.writeFinalBasic(this, srcs, offset, length);
    }

    @Override
    public long transferFrom(StreamSourceChannel source, long count, ByteBuffer throughBuffer) throws IOException {
        return Conduits.transfer(source, count, throughBuffer, this);
    }
}
