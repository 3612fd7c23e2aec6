package dev.sluice.io;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Compresses one body piece by piece, in bounded memory.
 *
 * <p>The same input in the same pieces gives the same output, always. Not for use by two threads at once; it may move from
 * one to another. To be closed in any case: most of its memory is not the garbage collector's.
 */
public interface StreamEncoder extends AutoCloseable {
    /**
     * Takes input, gives output, and returns when there is no more of the one or no more room for the other. Output may
     * come much later than the input it stems from.
     *
     * @param in the next bytes, consumed as far as they were taken
     * @param last whether these are the last ones. Once true, it stays true, with the rest of the same bytes
     * @param out where the output goes, at its position; writable
     * @return whether all is done: {@code last} was given and everything is in {@code out}. While false, call again: with
     *     more room if {@code out} is full, otherwise with more input
     * @throws IOException if the encoder fails, which it does only for want of memory; it is useless then
     */
    boolean encode(ByteBuffer in, boolean last, ByteBuffer out) throws IOException;

    /** Gives its memory back, finished or not. */
    @Override
    void close();
}
