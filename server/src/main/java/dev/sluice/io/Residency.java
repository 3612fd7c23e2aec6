package dev.sluice.io;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a part of a file is in the page cache, so that a thread which must not wait for a disk can ask first.
 *
 * <p>The answer is a guess in both directions. Pages may leave between the question and the use; of a long part only one page in each
 * {@link #STRIDE} is asked for, since asking for all costs a tenth of sending them (with one in 128 KiB it was still 5 %,
 * measured); and the kernel may not want to tell: to a process that neither owns the file nor may write it mincore(2)
 * answers "resident" always (Linux 5.0, since the answer lets processes spy on each other).
 * Whoever relies on the answer must bear an occasional wait, and watch for it.
 *
 * <p>The mapping is never read through, so a truncated file cannot fault it.
 */
public final class Residency implements AutoCloseable {
    /** Bytes between two probed pages, unless others are asked for. */
    public static final int STRIDE = 1 << 20;

    /** Of so few bytes every page is asked for, in one call. */
    private static final long SHORT = 256 << 10;

    /** Bytes of one mapping; the JDK maps at most 2 GiB at once. */
    private static final long WINDOW = 1L << 30;

    private final FileChannel channel;
    private final boolean told;
    private volatile @Nullable AtomicReferenceArray<Mapping> windows;
    private boolean closed;

    /**
     * @param told whether the kernel tells this process
     */
    public Residency(FileChannel channel, boolean told) {
        this.channel = channel;
        this.told = told;
    }

    /** Whether the kernel tells this process; if not, {@link #resident} is always false. */
    public boolean told() {
        return told;
    }

    /**
     * Whether all the probed pages of a part of the file are in memory.
     *
     * @param position first byte
     * @param length number of bytes, at least 1
     * @return false also if the kernel does not tell, if the file cannot be mapped, or is shorter than the part
     */
    public boolean resident(long position, long length) {
        return resident(position, length, STRIDE);
    }

    /**
     * Whether all the probed pages of a part of the file are in memory.
     *
     * @param position first byte
     * @param length number of bytes, at least 1
     * @param stride bytes between two probed pages, at least 1
     * @return as above
     */
    public boolean resident(long position, long length, long stride) {
        if (!told) {
            return false;
        }
        try {
            if (length <= SHORT && position / WINDOW == (position + length - 1) / WINDOW) {
                return pagesResident(position, (int) length);
            }
            for (long at = position; at < position + length; at += stride) {
                if (!pagesResident(at, 1)) {
                    return false;
                }
            }
            return pagesResident(position + length - 1, 1);
        } catch (IOException | IndexOutOfBoundsException | IllegalStateException unmappable) {
            return false;
        }
    }

    private boolean pagesResident(long position, int length) throws IOException {
        Mapping window = window((int) (position / WINDOW));
        return window.bytes().slice((int) (position % WINDOW), length).isLoaded();
    }

    private Mapping window(int index) throws IOException {
        AtomicReferenceArray<Mapping> all = windows;
        Mapping window = all == null ? null : all.get(index);
        return window == null ? map(index) : window;
    }

    private synchronized Mapping map(int index) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (windows == null) {
            windows = new AtomicReferenceArray<>(Math.toIntExact((channel.size() + WINDOW - 1) / WINDOW));
        }
        Mapping window = windows.get(index);
        if (window == null) {
            long from = index * WINDOW;
            // A file that has become shorter since has nothing left here: the mapping is empty then.
            window = Mapping.of(channel, from, Math.max(0, Math.min(WINDOW, channel.size() - from)));
            windows.set(index, window);
        }
        return window;
    }

    /** Ends the mappings: {@link #resident} is false from now on, also for those who are asking just then. */
    @Override
    public synchronized void close() {
        closed = true;
        for (int index = 0; windows != null && index < windows.length(); index++) {
            Mapping window = windows.getAndSet(index, null);
            if (window != null) {
                window.close();
            }
        }
    }
}
