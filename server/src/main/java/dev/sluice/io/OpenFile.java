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
    private final AtomicInteger leases = new AtomicInteger(1);

    OpenFile(FileChannel channel) {
        this.channel = channel;
        this.residency = new Residency(channel);
    }

    /** The channel; read it at explicit positions only. */
    public FileChannel channel() {
        return channel;
    }

    /** Which of its pages are in memory. */
    public Residency residency() {
        return residency;
    }

    /** Takes a lease; false if the file has been closed meanwhile. */
    boolean acquire() {
        return leases.getAndUpdate(n -> n == 0 ? 0 : n + 1) != 0;
    }

    /** Gives a lease back and closes the file with the last one. */
    public void release() {
        if (leases.decrementAndGet() == 0) {
            try {
                channel.close();
            } catch (IOException e) {
                // A descriptor open for reading has nothing to lose at close; if this fails, something is badly wrong.
                throw new UncheckedIOException(e);
            }
        }
    }
}
