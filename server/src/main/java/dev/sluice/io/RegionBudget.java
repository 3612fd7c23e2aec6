package dev.sluice.io;

/**
 * How much memory the regions take, and in which portions.
 *
 * <p>Regions are large where there is much memory, so that there are few mappings, and smaller where there is little, so
 * that the one that is kept in reserve is a small part of it.
 *
 * @param regionSize bytes of one region, a power of two
 * @param regions how many there may be, at least 1
 * @param bodies how many bodies one may hold, at least 1: what is known of each takes heap
 */
public record RegionBudget(int regionSize, int regions, int bodies) {
    /** The size of one region in bytes where there is memory enough. */
    public static final int LARGEST_REGION = 16 << 20;

    private static final int SMALLEST_REGION = 1 << 20;

    /** The one in reserve is then a thirty-second of the memory. */
    private static final int ENOUGH_REGIONS = 32;

    /** What is known of a body takes some 1,500 bytes of heap, measured. */
    private static final long HEAP_OF_A_BODY = 2048;

    /** The other half is for everything else. */
    private static final int PART_OF_THE_HEAP = 2;

    /** So few are no burden but for the smallest heap beside thousands of regions. */
    private static final int LEAST_BODIES = 64;

    /** A region ends with the last body that fits; so many of the largest keep what is lost there small. */
    private static final int BODIES_IN_A_REGION = 4;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if the size is no power of two, or there is no region or no body
     */
    public RegionBudget {
        if (Integer.bitCount(regionSize) != 1 || regionSize < 0) {
            throw new IllegalArgumentException("regionSize: " + regionSize + " (expected: a power of two)");
        }
        if (regions < 1) {
            throw new IllegalArgumentException("regions: " + regions + " (expected: >= 1)");
        }
        if (bodies < 1) {
            throw new IllegalArgumentException("bodies: " + bodies + " (expected: >= 1)");
        }
    }

    /** As many bodies as there is room for. */
    public RegionBudget(int regionSize, int regions) {
        this(regionSize, regions, Math.max(1, regionSize / Region.SMALLEST_SLOT));
    }

    /**
     * Divides memory into regions.
     *
     * @param memory bytes, rounded down to whole regions, but at least one
     * @param largestBody bytes of the longest body that is to be held
     * @param heap bytes that the heap may come to take
     */
    public static RegionBudget of(long memory, long largestBody, long heap) {
        long share = Math.max(SMALLEST_REGION, Long.highestOneBit(Math.max(1, memory / ENOUGH_REGIONS)));
        long holding = Long.highestOneBit(Math.max(1, BODIES_IN_A_REGION * largestBody) * 2 - 1);
        int size = (int) Math.min(LARGEST_REGION, Math.max(share, holding));
        int regions = (int) Math.max(1, Math.min(memory / size, Integer.MAX_VALUE));
        long bodies = Math.max(LEAST_BODIES, heap / PART_OF_THE_HEAP / HEAP_OF_A_BODY / regions);
        return new RegionBudget(size, regions, (int) Math.min(bodies, size / Region.SMALLEST_SLOT));
    }

    /** All of it, in bytes. */
    public long bytes() {
        return (long) regions * regionSize;
    }
}
