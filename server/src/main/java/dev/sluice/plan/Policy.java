package dev.sluice.plan;

/**
 * Where the planner draws its lines.
 *
 * @param regionMaxSize the length in bytes up to which a representation is sent from a region, from 0; longer ones are
 *     sent from the file
 * @param directMinSize the length in bytes from which a file is read past the page cache; {@link #NEVER} for none
 */
public record Policy(long regionMaxSize, long directMinSize) {
    /** A length that no file has. */
    public static final long NEVER = Long.MAX_VALUE;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public Policy {
        requireSize("regionMaxSize", regionMaxSize);
        requireSize("directMinSize", directMinSize);
    }

    /**
     * No file is read past the page cache.
     *
     * @throws IllegalArgumentException if the bound is negative
     */
    public Policy(long regionMaxSize) {
        this(regionMaxSize, NEVER);
    }

    private static void requireSize(String name, long size) {
        if (size < 0) {
            throw new IllegalArgumentException(name + ": " + size + " (expected: >= 0)");
        }
    }

    /** Whether a file of this length is held in a region, with all its codings. */
    public boolean holds(long length) {
        return length <= regionMaxSize;
    }

    /** Whether a file of this length, too long for a region, is read past the page cache. */
    public boolean bypassesPageCache(long length) {
        return length >= directMinSize && directMinSize != NEVER;
    }
}
