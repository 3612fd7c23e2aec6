package dev.sluice.serve;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.xnio.conduits.StreamSinkConduit;

/**
 * Counts what the sink below took, and how it was handed over: a buffer's position moves only because bytes of it were taken,
 * and a transfer that arrives here is handed on as one.
 *
 * <p>Used by one thread at a time; {@link #progress()} may be read by any.
 */
abstract sealed class CountingSink extends WatchedSink permits Wire, GuestSink {
    private static final ByteBuffer[] NOTHING = {};

    private ByteBuffer[] watched = NOTHING;
    private boolean watchedAreRead;
    private long regionBytes;
    private long directBytes;
    private long sendfileBytes;
    private volatile long progress;

    CountingSink(StreamSinkConduit next) {
        super(next);
    }

    /** Whether whatever is handed down is copied there, so that nothing need be watched. */
    abstract boolean copies();

    /** From now on, what is taken from these very buffers counts as region bytes. */
    public final void watch(ByteBuffer... regions) {
        if (!copies()) {
            watched = regions;
            watchedAreRead = false;
        }
    }

    /** From now on, what is taken from this very buffer counts as read past the page cache. */
    public final void watchDirect(ByteBuffer read) {
        watch(read);
        watchedAreRead = true;
    }

    /** Nothing is expected from such buffers any more. */
    public final void unwatch() {
        watched = NOTHING;
    }

    /** Bytes that were taken straight from watched buffers since this was made. */
    public final long regionBytes() {
        return regionBytes;
    }

    /** Bytes that were taken from buffers into which they had been read past the page cache. */
    public final long directBytes() {
        return directBytes;
    }

    /** Bytes that went from a file by transfer since this was made. */
    public final long sendfileBytes() {
        return sendfileBytes;
    }

    /** All bytes that were taken. */
    public final long progress() {
        return progress;
    }

    @Override
    public final int write(ByteBuffer src) throws IOException {
        long before = watchedRemaining();
        int taken = next.write(src);
        count(before - watchedRemaining(), taken);
        return taken;
    }

    @Override
    public final long write(ByteBuffer[] srcs, int offset, int length) throws IOException {
        long before = watchedRemaining();
        long taken = next.write(srcs, offset, length);
        count(before - watchedRemaining(), taken);
        return taken;
    }

    @Override
    public final long transferFrom(FileChannel src, long position, long count) throws IOException {
        long sent = next.transferFrom(src, position, count);
        if (!copies()) {
            sendfileBytes += sent;
        }
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
