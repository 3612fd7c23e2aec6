package dev.sluice.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;

/** Lines waiting to be written: a growing byte array that is filled, written and filled again. Not thread-safe. */
final class LineBuffer {
    private byte[] bytes;
    private int size;

    LineBuffer(int initialCapacity) {
        bytes = new byte[initialCapacity];
    }

    int size() {
        return size;
    }

    /** How many lines wait, the rest of one half written counted as a line. */
    int lines() {
        int lines = 0;
        for (int i = 0; i < size; i++) {
            if (bytes[i] == '\n') {
                lines++;
            }
        }
        return lines;
    }

    LineBuffer append(char ascii) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, size * 2);
        }
        bytes[size++] = (byte) ascii;
        return this;
    }

    LineBuffer append(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            append(ascii.charAt(i));
        }
        return this;
    }

    LineBuffer append(long number) {
        if (number < 0) {
            // Negated towards the negative range, which alone holds every magnitude.
            return append('-').digits(number);
        }
        return digits(-number);
    }

    private LineBuffer digits(long negative) {
        if (negative <= -10) {
            digits(negative / 10);
        }
        return append((char) ('0' - negative % 10));
    }

    /**
     * Writes once and keeps what the channel didn't take.
     *
     * @return how many bytes the channel took
     */
    int writeTo(WritableByteChannel channel) throws IOException {
        int taken = channel.write(ByteBuffer.wrap(bytes, 0, size));
        size -= taken;
        System.arraycopy(bytes, taken, bytes, 0, size);
        return taken;
    }

    void clear() {
        size = 0;
    }
}
