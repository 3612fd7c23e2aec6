package dev.sluice.http;

/**
 * A range of bytes that a representation has, both ends included (RFC 9110 §14.1.2).
 *
 * @param first the position of the first byte, from 0
 * @param last the position of the last byte, at least {@code first}
 */
public record ByteRange(long first, long last) {
    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if {@code first} is negative or {@code last} lies before it
     */
    public ByteRange {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException("range: " + first + "-" + last + " (expected: 0 <= first <= last)");
        }
    }

    /** Returns the number of bytes, at least 1. */
    public long length() {
        return last - first + 1;
    }

    /**
     * Returns the value of {@code Content-Range} (RFC 9110 §14.4).
     *
     * @param completeLength the length of the whole representation in bytes
     */
    public String contentRange(long completeLength) {
        return "bytes " + first + "-" + last + "/" + completeLength;
    }

    /** Says whether the two overlap or lie side by side, so that together they are one range. */
    boolean touches(ByteRange other) {
        return first - 1 <= other.last && other.first - 1 <= last;
    }

    /** Returns the smallest range that holds both. */
    ByteRange span(ByteRange other) {
        return new ByteRange(Math.min(first, other.first), Math.max(last, other.last));
    }
}
