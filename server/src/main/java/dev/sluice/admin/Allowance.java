package dev.sluice.admin;

import java.util.concurrent.TimeUnit;

/**
 * How many records one stream is given a second, and how many it was not given and has not been told of yet.
 *
 * <p>Used by one thread.
 */
final class Allowance {
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final int perSecond;
    private long windowStart;
    private int taken;
    private long surplus;
    private long overrun;

    /**
     * @param perSecond at least 1
     * @param now {@link System#nanoTime()}
     */
    Allowance(int perSecond, long now) {
        this.perSecond = perSecond;
        this.windowStart = now;
    }

    /** Takes one record; false if this second's are used up, and it is left out. */
    boolean take() {
        if (taken < perSecond) {
            taken++;
            return true;
        }
        surplus++;
        return false;
    }

    /** Records were left out because they were too many. */
    void surplus(long records) {
        surplus += records;
    }

    /** Records were left out because the feed could not hand them on. */
    void overrun(long records) {
        overrun += records;
    }

    /** Begins another second if this one is over; false if it is not. What was left out is told then, before anything else. */
    boolean renew(long now) {
        if (now - windowStart < WINDOW_NANOS) {
            return false;
        }
        windowStart = now;
        taken = 0;
        return true;
    }

    /** The records left out that were too many, to be told now. */
    long tellSurplus() {
        long told = surplus;
        surplus = 0;
        return told;
    }

    /** The records left out that came too fast, to be told now. */
    long tellOverrun() {
        long told = overrun;
        overrun = 0;
        return told;
    }
}
