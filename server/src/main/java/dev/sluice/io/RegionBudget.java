package dev.sluice.io;

/**
 * How much memory the regions take, and in which portions.
 *
 * <p>Regions are large where there is much memory, so that there are few mappings, and smaller where there is little, so
 * that the one that is kept in reserve is a small part of it.
 *
 * @param regionSize bytes of one region, a power of two
 * @param regions how many there may be, at least 1
 */
public record RegionBudget(int regionSize, int regions) {
    /** The size of one region in bytes where there is memory enough. */
    public static final int LARGEST_REGION = 16 << 20;

    private static final int SMALLEST_REGION = 1 << 20;

    /** The one in reserve is then a thirty-second of the memory. */
    private static final int ENOUGH_REGIONS = 32;

    /** A region ends with the last body that fits; so many of the largest keep what is lost there small. */
    private static final int BODIES_IN_A_REGION = 4;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if the size is no power of two or there is no region
     */
    public RegionBudget {
        if (Integer.bitCount(regionSize) != 1 || regionSize < 0) {
            throw new IllegalArgumentException("regionSize: " + regionSize + " (expected: a power of two)");
        }
        if (regions < 1) {
            throw new IllegalArgumentException("regions: " + regions + " (expected: >= 1)");
        }
    }

    /**
     * Divides memory into regions.
     *
     * @param memory bytes, rounded down to whole regions, but at least one
     * @param largestBody bytes of the longest body that is to be held
     */
    public static RegionBudget of(long memory, long largestBody) {
        long share = Math.max(SMALLEST_REGION, Long.highestOneBit(Math.max(1, memory / ENOUGH_REGIONS)));
        long holding = Long.highestOneBit(Math.max(1, BODIES_IN_A_REGION * largestBody) * 2 - 1);
        int size = (int) Math.min(LARGEST_REGION, Math.max(share, holding));
        return new RegionBudget(size, (int) Math.max(1, Math.min(memory / size, Integer.MAX_VALUE)));
    }

    /** All of it, in bytes. */
    public long bytes() {
        return (long) regions * regionSize;
    }
}
