package dev.sluice.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An open file that several responses share, each reading at positions of its own.
 *
 * <p>Closed when the last lease is given back; the cache of open files holds one of them. Sharing is safe because nobody
 * uses the channel's own position.
 */
public final class OpenFile {
    private final FileChannel channel;
    private final Residency residency;
    private final int alignment;
    private final AtomicInteger leases = new AtomicInteger(1);

    /**
     * @param told whether the kernel tells this process which pages are in memory
     * @param alignment what positions and lengths must be multiples of: 1, or the block of one opened with O_DIRECT
     */
    OpenFile(FileChannel channel, boolean told, int alignment) {
        this.channel = channel;
        this.residency = new Residency(channel, told);
        this.alignment = alignment;
    }

    /** The channel; read it at explicit positions only. */
    public FileChannel channel() {
        return channel;
    }

    /** Which of its pages are in memory. */
    public Residency residency() {
        return residency;
    }

    /** What positions and lengths must be multiples of: 1, unless it was opened with O_DIRECT. */
    public int alignment() {
        return alignment;
    }

    /**
     * Takes a lease; false if the file has been closed meanwhile. Whoever may be stuck in a read needs one of its own: closing
     * a channel waits for those who read from it.
     */
    public boolean acquire() {
        return leases.getAndUpdate(n -> n == 0 ? 0 : n + 1) != 0;
    }

    /** Gives a lease back and closes the file with the last one. */
    public void release() {
        if (leases.decrementAndGet() == 0) {
            try (residency) {
                channel.close();
            } catch (IOException e) {
                // A descriptor open for reading has nothing to lose at close; if this fails, something is badly wrong.
                throw new UncheckedIOException(e);
            }
        }
    }
}
