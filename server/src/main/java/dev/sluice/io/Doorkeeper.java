package dev.sluice.io;

/**
 * Remembers which files were asked for lately and not held, so that one is let in at its second request and those that are
 * asked for once never push out what is in demand (the doorkeeper of TinyLFU, ACM ToS 2017; the ghost queue of S3-FIFO,
 * SOSP '23).
 *
 * <p>It keeps a mark of 32 bits and a time for each, in a table of fixed size: two files with the same mark are taken for
 * one, and where the table is crowded the oldest is forgotten first. Both only blur who is let in.
 */
public final class Doorkeeper {
    private static final int WAYS = 4;
    private static final int LEAST_BUCKETS = 256;
    private static final long MARK = 0xFFFF_FFFFL << 32;

    /** A third of the bodies held: what is asked for less often would be evicted before it is asked for again. */
    private static final int WINDOW = 3;

    /** How much longer or shorter the window of a short or a long body is at the most. */
    private static final double MOST_STRETCH = 16;

    /** In each bucket some slots; each with a mark in its high half and the time of the request in its low half. */
    private final long[] slots;

    private final int buckets;
    private int clock;

    /**
     * @param files how many it should be able to remember; it takes 8 bytes for each
     */
    public Doorkeeper(int files) {
        buckets = Math.max(LEAST_BUCKETS, Integer.highestOneBit(Math.max(1, files / WAYS)));
        slots = new long[buckets * WAYS];
    }

    /**
     * A file was asked for that is not held.
     *
     * @param file a number that stands for it, well mixed
     * @param window how many such requests ago it may have been asked for last, at least 1
     * @return true if it was asked for within the window; it is then forgotten, since it is about to be held
     */
    public synchronized boolean admits(long file, int window) {
        clock++;
        long mark = file & MARK;
        int bucket = ((int) file & (buckets - 1)) * WAYS;
        int oldest = bucket;
        for (int slot = bucket; slot < bucket + WAYS; slot++) {
            if ((slots[slot] & MARK) == mark && slots[slot] != 0) {
                boolean recent = age(slot) <= window;
                slots[slot] = recent ? 0 : mark | Integer.toUnsignedLong(clock);
                return recent;
            }
            oldest = slots[slot] == 0 || age(slot) > age(oldest) ? slot : oldest;
        }
        slots[oldest] = mark | Integer.toUnsignedLong(clock);
        return false;
    }

    /**
     * How many requests for files that are not held may lie between two for a file that is to be let in. A body that takes as
     * much room as four others has to be asked for four times as often (GreedyDual-Size-Frequency, Cherkasova 1998).
     *
     * @param bodies how many are held
     * @param capacity the bytes that they may take
     * @param length of the body that is asked for, in bytes
     */
    public static int window(int bodies, long capacity, long length) {
        double mean = (double) capacity / Math.max(1, bodies);
        double stretch = mean / Math.max(Region.SMALLEST_SLOT, length);
        double bounded = Math.max(1 / MOST_STRETCH, Math.min(MOST_STRETCH, stretch));
        return (int) Math.max(1, bodies * bounded / WINDOW);
    }

    private int age(int slot) {
        return clock - (int) slots[slot];
    }
}
