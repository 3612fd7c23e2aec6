package dev.sluice.serve;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The last thing before the socket: counts what the kernel really took, and how it was handed over.
 *
 * <p>Undertow replaces a transfer by a copy without a word in several cases (TLS, HTTP/2, chunked, pipelined), so what was
 * meant proves nothing. Here, under everything else, a buffer's position moves only because the socket took the bytes, and
 * a transfer that arrives is the one that becomes sendfile(2). Either can arrive only in clear HTTP/1.1, where one response
 * is on a connection at a time, so a response is the difference of two readings.
 *
 * <p>Used by one thread at a time; {@link #progress()} may be read by any.
 */
final class Wire extends WatchedSink {
    private static final ByteBuffer[] NOTHING = {};

    private final Link link;

    private ByteBuffer[] watched = NOTHING;
    private boolean watchedAreRead;
    private long regionBytes;
    private long directBytes;
    private long sendfileBytes;
    private volatile long progress;

    Wire(Link link) {
        super(link.connection().getSinkChannel().getConduit());
        this.link = link;
    }

    /** The connection it ends. */
    Link link() {
        return link;
    }

    /** From now on, what the socket takes from these very buffers counts as region bytes. */
    void watch(ByteBuffer... regions) {
        if (!link.carrier().copies()) {
            watched = regions;
            watchedAreRead = false;
        }
    }

    /** From now on, what the socket takes from this very buffer counts as read past the page cache. */
    void watchDirect(ByteBuffer read) {
        watch(read);
        watchedAreRead = true;
    }

    /** Nothing is expected from such buffers any more. */
    void unwatch() {
        watched = NOTHING;
    }

    /** Bytes that the socket took straight from watched buffers since the connection was opened. */
    long regionBytes() {
        return regionBytes;
    }

    /** Bytes that the socket took from buffers into which they had been read past the page cache. */
    long directBytes() {
        return directBytes;
    }

    /** Bytes that went from a file to the socket by transfer since the connection was opened. */
    long sendfileBytes() {
        return sendfileBytes;
    }

    /** All bytes that the socket took, heads included. */
    long progress() {
        return progress;
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
        long before = watchedRemaining();
        int taken = next.write(src);
        count(before - watchedRemaining(), taken);
        return taken;
    }

    @Override
    public long write(ByteBuffer[] srcs, int offset, int length) throws IOException {
        long before = watchedRemaining();
        long taken = next.write(srcs, offset, length);
        count(before - watchedRemaining(), taken);
        return taken;
    }

    @Override
    public long transferFrom(FileChannel src, long position, long count) throws IOException {
        long sent = next.transferFrom(src, position, count);
        sendfileBytes += sent;
        count(0, sent);
        return sent;
    }

    private long watchedRemaining() {
        long sum = 0;
        for (ByteBuffer region : watched) {
            sum += region.remaining();
        }
        return sum;
    }

    private void count(long fromWatched, long taken) {
        if (taken > 0) {
            if (watchedAreRead) {
                directBytes += fromWatched;
            } else {
                regionBytes += fromWatched;
            }
            // One writer at a time, so the sum cannot lose an update.
            long sum = progress + taken;
            progress = sum;
        }
    }
}
