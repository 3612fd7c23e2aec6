package dev.sluice.serve;

import dev.sluice.plan.Policy;

/**
 * How large files are read.
 *
 * @param readers how many reads may wait for a disk at the same time, at least 1
 * @param directMinSize the length in bytes from which a file is read past the page cache; {@link Policy#NEVER} for none
 */
public record DiskOptions(int readers, long directMinSize) {
    private static final int SOME = 16;

    /** Some readers, and everything through the page cache. */
    public static final DiskOptions STANDARD = new DiskOptions(SOME, Policy.NEVER);
}
