package dev.sluice.plan;

/**
 * Where the planner draws its lines.
 *
 * @param regionMaxSize the length in bytes up to which a representation is sent from a region, from 0; longer ones are
 *     sent from the file
 */
public record Policy(long regionMaxSize) {
    /**
     * Checks the bound.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Policy {
        if (regionMaxSize < 0) {
            throw new IllegalArgumentException("regionMaxSize: " + regionMaxSize + " (expected: >= 0)");
        }
    }

    /** Whether a file of this length is held in a region, with all its codings. */
    public boolean holds(long length) {
        return length <= regionMaxSize;
    }
}
