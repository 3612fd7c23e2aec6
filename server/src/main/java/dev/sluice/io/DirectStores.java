package dev.sluice.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Opens files with O_DIRECT, and remembers the file systems that refuse it.
 *
 * <p>Some refuse it when the file is opened (EINVAL, open(2)), some when it is read, some have blocks too large for our
 * buffers. So a file is taken only when its first block has been read.
 */
public final class DirectStores {
    private static final Logger LOG = Logger.getLogger("sluice");

    private final AlignedBuffers probes = new AlignedBuffers(1, AlignedBuffers.MOST_ALIGNMENT);
    private final Set<FileStore> refusing = ConcurrentHashMap.newKeySet();
    private final Set<FileStore> taking = ConcurrentHashMap.newKeySet();

    /** Tells the file system that a file lies in. */
    @FunctionalInterface
    public interface Place {
        /**
         * Looks it up.
         *
         * @throws IOException if it cannot be told
         */
        FileStore store() throws IOException;
    }

    /** Opens a file with O_DIRECT. */
    public interface Opening {
        /**
         * Opens it.
         *
         * @return the channel, or null if that file is not there any more
         * @throws IOException if it cannot be opened so
         */
        @Nullable
        FileChannel openDirect() throws IOException;

        /** Whether the file can be opened at all: then it is O_DIRECT that is refused. */
        boolean opensOtherwise();
    }

    /** The open file, with one lease; null if it is refused, or the file has gone. Blocking: it may read a block. */
    @Nullable
    OpenFile open(Place place, Opening opening) {
        try {
            FileStore store = place.store();
            return refusing.contains(store) ? null : open(store, opening);
        } catch (IOException untold) {
            return null;
        }
    }

    private @Nullable OpenFile open(FileStore store, Opening opening) throws IOException {
        int block = (int) Math.min(store.getBlockSize(), Integer.MAX_VALUE);
        if (block > AlignedBuffers.MOST_ALIGNMENT || Integer.bitCount(block) != 1) {
            refuse(store, "its blocks have " + block + " bytes");
            return null;
        }
        FileChannel channel = null;
        boolean done = false;
        try {
            channel = opening.openDirect();
            if (channel != null && !taking.contains(store)) {
                readFirstBlock(channel, block);
                taking.add(store);
            }
            done = true;
            return channel == null ? null : new OpenFile(channel, false, block);
        } catch (IOException refused) {
            if (!DiskFailure.is(refused) && opening.opensOtherwise()) {
                refuse(store, String.valueOf(refused.getMessage()));
            }
            return null;
        } finally {
            if (!done && channel != null) {
                channel.close();
            }
        }
    }

    private void readFirstBlock(FileChannel channel, int block) throws IOException {
        try (AlignedBuffers.Loan loan = probes.borrow()) {
            channel.read(loan.aligned(block).limit(block), 0);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopping);
        }
    }

    private void refuse(FileStore store, String why) {
        if (refusing.add(store)) {
            LOG.warning("files on " + store + " go through the page cache, since O_DIRECT is refused there: " + why);
        }
    }
}
