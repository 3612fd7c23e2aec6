package dev.sluice.ledger;

/** Sizes of rings that find a slot by masking instead of dividing. */
final class PowerOfTwo {
    private static final int LARGEST = 1 << 30;

    private PowerOfTwo() {}

    /**
     * Rounds up.
     *
     * @param size 1..2^30
     * @return the smallest power of two that is at least the size
     * @throws IllegalArgumentException if the size is out of its bounds
     */
    static int atLeast(int size) {
        if (size < 1 || size > LARGEST) {
            throw new IllegalArgumentException("capacity: " + size + " (expected: 1.." + LARGEST + ")");
        }
        return size == 1 ? 1 : Integer.highestOneBit(size - 1) << 1;
    }
}
