package dev.sluice.io;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;

/**
 * Reads any part of a file that was opened with O_DIRECT, which itself reads only whole blocks into memory that begins at a
 * multiple of the block (open(2), NOTES): the blocks around the part are read, and the part of them handed on.
 *
 * <p>Nothing of it comes into the page cache, so a download of a huge file drives no other file out. Every byte passes this
 * program's memory instead. For one response and one thread at a time; blocking.
 */
public final class DirectReader {
    /** Bytes of one read, at most: a disk needs large ones to be fast, and they bound the memory. */
    public static final int MOST = 1 << 20;

    private final OpenFile file;
    private final AlignedBuffers buffers;

    /**
     * @param file opened with O_DIRECT; leased for as long as this is used
     * @param buffers of {@link #MOST} bytes or more
     */
    public DirectReader(OpenFile file, AlignedBuffers buffers) {
        this.file = file;
        this.buffers = buffers;
    }

    /** What is done with the bytes that were read, while the buffer is on loan. */
    @FunctionalInterface
    public interface Taker {
        /**
         * Takes bytes.
         *
         * @param bytes from the position asked for; empty if the file ends before it
         * @return how many of them were taken
         * @throws IOException if nobody takes them any more
         */
        int take(ByteBuffer bytes) throws IOException;
    }

    /**
     * Reads once.
     *
     * @param position of the first byte
     * @param count how many are wanted, at least 1; fewer may be handed on, but at least one unless the file ends there
     * @param taker takes them
     * @return what the taker returned
     * @throws IOException if the disk or the taker fails
     */
    public int read(long position, long count, Taker taker) throws IOException {
        int block = file.alignment();
        int before = (int) (position % block);
        try (AlignedBuffers.Loan loan = buffers.borrow()) {
            ByteBuffer buffer = loan.aligned(block);
            buffer.limit((int) roundedUp(Math.min(before + count, buffer.capacity()), block));
            int read = Math.max(0, file.channel().read(buffer, position - before));
            int end = (int) Math.min(read, before + count);
            return taker.take(buffer.limit(Math.max(before, end)).position(before));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while waiting for a buffer");
        }
    }

    private static long roundedUp(long length, int block) {
        return (length + block - 1) / block * block;
    }
}
