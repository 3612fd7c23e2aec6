package dev.sluice.io;

import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Buffers for O_DIRECT, which wants memory that begins at a multiple of the block (open(2)): a bounded number, made when they
 * are needed and kept.
 *
 * <p>A buffer is lent for one turn of a {@link Disk}'s thread. There are as many as threads, so nobody waits for one, and a
 * slow client, who takes many turns, holds none between them.
 */
public final class AlignedBuffers {
    /** The largest block that these buffers can be aligned to, in bytes. */
    public static final int MOST_ALIGNMENT = 64 << 10;

    private final int most;
    private final int capacity;
    private final BlockingQueue<ByteBuffer> free = new LinkedBlockingQueue<>();
    private final AtomicInteger made = new AtomicInteger();

    /**
     * @param most how many there may be, at least 1
     * @param capacity of each in bytes, a multiple of {@link #MOST_ALIGNMENT}
     */
    AlignedBuffers(int most, int capacity) {
        if (capacity < MOST_ALIGNMENT || capacity % MOST_ALIGNMENT != 0) {
            throw new IllegalArgumentException(
                    "capacity: " + capacity + " (expected: a multiple of " + MOST_ALIGNMENT + ")");
        }
        this.most = most;
        this.capacity = capacity;
    }

    /** A buffer on loan, to be closed by the borrower. */
    public final class Loan implements AutoCloseable {
        private final ByteBuffer whole;

        private Loan(ByteBuffer whole) {
            this.whole = whole;
        }

        /**
         * The memory.
         *
         * @param alignment a power of two up to {@link #MOST_ALIGNMENT}
         * @return a direct buffer of the full capacity that begins at a multiple of the alignment
         */
        public ByteBuffer aligned(int alignment) {
            return whole.clear().alignedSlice(alignment).slice(0, capacity);
        }

        @Override
        public void close() {
            free.add(whole);
        }
    }

    /**
     * Borrows a buffer; waits if all are lent.
     *
     * @throws InterruptedException if the waiting was interrupted
     */
    public Loan borrow() throws InterruptedException {
        ByteBuffer buffer = free.poll();
        if (buffer == null && made.getAndUpdate(n -> Math.min(most, n + 1)) < most) {
            buffer = ByteBuffer.allocateDirect(capacity + MOST_ALIGNMENT);
        }
        return new Loan(buffer == null ? free.take() : buffer);
    }

    /** How many have been made. */
    int made() {
        return made.get();
    }
}
