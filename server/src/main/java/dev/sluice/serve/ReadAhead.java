package dev.sluice.serve;

import dev.sluice.io.Disk;
import dev.sluice.io.OpenFile;
import dev.sluice.io.Residency;
import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * Which bytes of one download are in the page cache, and the bringing in of those that come next.
 *
 * <p>A thread of the {@link Disk} brings in one window at a time, and the next one only when the client has taken that. So
 * a slow client has no more of a huge file in memory than a fast one, and while the disk is read the socket's buffer keeps
 * the client busy.
 *
 * <p>What is in memory is asked of the kernel, at first for 8 MiB, and each time all of that is there for twice as much, by as
 * many pages. A hole between them costs one wait, and then every MiB is asked for again. Where the kernel does not tell ({@link Residency#told}), the time tells
 * that bringing a window in took: if no disk can have been that fast, what follows is believed to be in memory as well, for
 * a span that doubles each time this comes true. Believing wrongly costs one wait, and then the span begins anew.
 *
 * <p>One for each response, used by one thread at a time.
 */
final class ReadAhead {
    /** Bytes brought in at once. */
    static final long WINDOW = 2L << 20;

    /** Bytes whose residency is asked for at once, at first: a page in each MiB. */
    private static final long PROBE = 8L << 20;

    /**
     * The most that is asked for at once, by as many pages as {@link #PROBE}. A page in each MiB all the way took 2 % of the CPU
     * of a download.
     */
    private static final long MOST_PROBED = 64L << 20;

    /** The most that is believed without being told. */
    private static final long MOST_BELIEVED = 64L << 20;

    /** Bringing in what is there already takes some 25 µs a MiB, 100 on tmpfs; one stream of a fast NVMe disk takes 300. */
    private static final long NANOS_PER_MIB_OF_NO_DISK = 150_000;

    private final OpenFile file;
    private final Disk disk;
    private final LongSupplier clock;
    private long from;
    private long until;
    private long probe = PROBE;
    private long believed;

    /**
     * @param clock nanoseconds, as of {@link System#nanoTime()}
     */
    ReadAhead(OpenFile file, Disk disk, LongSupplier clock) {
        this.file = file;
        this.disk = disk;
        this.clock = clock;
    }

    /**
     * Whether the first bytes of a part can be sent without waiting for a disk.
     *
     * @param length of the part, at least 1
     */
    boolean ready(long position, long length) {
        if (position >= from && position < until) {
            return true;
        }
        return found(position, length) || (probe > PROBE && foundNearby(position, length));
    }

    /** How many bytes from there may be sent at once: those known to be in memory, or a window if none are. */
    long reach(long position) {
        return position >= from && position < until ? until - position : WINDOW;
    }

    private boolean found(long position, long length) {
        long asked = Math.min(probe, length);
        if (!file.residency().resident(position, asked, probe / PROBE * Residency.STRIDE)) {
            return false;
        }
        from = position;
        until = position + asked;
        if (asked == probe) {
            probe = Math.min(MOST_PROBED, 2 * probe);
        }
        return true;
    }

    /** What is missing may lie far ahead. */
    private boolean foundNearby(long position, long length) {
        probe = PROBE;
        return found(position, length);
    }

    /**
     * Brings the first bytes of a part in. Blocking.
     *
     * @throws IOException if the disk fails
     */
    void fetch(long position, long length) throws IOException {
        long began = clock.getAsLong();
        long loaded = disk.load(file, position, Math.min(WINDOW, length));
        long took = clock.getAsLong() - began;
        from = position;
        until = position + loaded;
        if (!file.residency().told()) {
            until += believe(loaded, took);
        }
    }

    private long believe(long loaded, long nanos) {
        boolean noDisk = loaded == WINDOW && nanos < (WINDOW >> 20) * NANOS_PER_MIB_OF_NO_DISK;
        believed = noDisk ? Math.min(MOST_BELIEVED, Math.max(PROBE, 2 * believed)) : 0;
        return believed;
    }

    /**
     * Sending from there had to wait, or so it seems: what was known is forgotten. The kernel is asked anew then; it may well be
     * that the thread had to wait for a processor, and what is in memory is not to wait for a disk that hangs.
     */
    void waitedAt(long position) {
        until = position;
        probe = PROBE;
        believed = 0;
    }
}
