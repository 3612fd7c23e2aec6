package dev.sluice.serve;

import java.nio.ByteBuffer;

/** A piece of a body that a {@link FileSender} sends. */
sealed interface Segment {
    /**
     * Text of ours between parts of the file.
     *
     * @param bytes from position to limit; consumed while they are sent
     */
    record Text(ByteBuffer bytes) implements Segment {}

    /**
     * A part of the file.
     *
     * @param offset of the first byte, at least 0
     * @param length how many, at least 1
     */
    record Part(long offset, long length) implements Segment {}
}
