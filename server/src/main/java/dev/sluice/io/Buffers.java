package dev.sluice.io;

import java.nio.ByteBuffer;

/** What {@link ByteBuffer} lacks. */
final class Buffers {
    private Buffers() {}

    /** Moves as many bytes as there are and as there is room for, and returns how many. */
    static int move(ByteBuffer from, ByteBuffer to) {
        int length = Math.min(from.remaining(), to.remaining());
        to.put(to.position(), from, from.position(), length);
        from.position(from.position() + length);
        to.position(to.position() + length);
        return length;
    }

    /** A buffer of twice the capacity with the bytes before the position, ready for more. */
    static ByteBuffer grown(ByteBuffer full) {
        return ByteBuffer.allocate(Math.multiplyExact(full.capacity(), 2)).put(full.flip());
    }
}
