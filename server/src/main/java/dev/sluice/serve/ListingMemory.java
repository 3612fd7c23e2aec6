package dev.sluice.serve;

import java.io.Closeable;
import java.util.concurrent.Semaphore;

/**
 * The memory that listings of large directories may take together, so that a few of them at once cost the server no more
 * than an answer of 503. Who lists an ordinary directory is never refused: the first 64 KiB of each listing, some 700 names,
 * are not counted.
 */
final class ListingMemory {
    private static final int BLOCK = 64 << 10;
    private static final long MOST = 64L << 20;
    private static final int SHARE_OF_HEAP = 8;

    private final int blocks;
    private final Semaphore free;

    /**
     * @param bytes for all listings together, from 0
     */
    ListingMemory(long bytes) {
        this.blocks = (int) (bytes / BLOCK);
        this.free = new Semaphore(blocks);
    }

    /** An eighth of the heap, and 64 MiB at the most: enough for seven directories of 100,000 names at once. */
    static ListingMemory ofThisProcess() {
        return new ListingMemory(Math.min(MOST, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP));
    }

    /** Starts counting for one listing. */
    Claim claim() {
        return new Claim();
    }

    /** What one listing takes. To be closed once its memory is free again; closing twice does no harm. */
    final class Claim implements Closeable {
        private long used;
        private int held;

        private Claim() {}

        /** Takes more, and tells whether there is as much. */
        synchronized boolean take(long bytes) {
            used += bytes;
            int wanted = (int) Math.min(Integer.MAX_VALUE, used / BLOCK) - held;
            if (wanted > 0 && !free.tryAcquire(wanted)) {
                return false;
            }
            held += Math.max(0, wanted);
            return true;
        }

        /** Whether it would not even have fitted in alone. */
        synchronized boolean beyondAll() {
            return used / BLOCK > blocks;
        }

        @Override
        public synchronized void close() {
            free.release(held);
            held = 0;
        }
    }
}
