package dev.sluice.serve;

import java.util.concurrent.TimeUnit;

/**
 * How fast one response may be sent: in slices of a tenth of a second, each followed by the pause that makes up for it. Who
 * was slower than allowed gains nothing for later.
 *
 * <p>Used by one thread at a time.
 */
final class Pace {
    /** No bound. */
    static final Pace UNLIMITED = new Pace(0);

    private static final int SLICES_PER_SECOND = 10;

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long bytesPerSecond;
    private final long slice;
    private long nextAt = Long.MIN_VALUE;

    private Pace(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
        this.slice = Math.max(1, bytesPerSecond / SLICES_PER_SECOND);
    }

    /**
     * A bound for one response.
     *
     * @param bytesPerSecond at least 1, or 0 for none
     */
    static Pace of(long bytesPerSecond) {
        return bytesPerSecond == 0 ? UNLIMITED : new Pace(bytesPerSecond);
    }

    boolean unlimited() {
        return bytesPerSecond == 0;
    }

    /**
     * How many bytes may go now.
     *
     * @param now {@link System#nanoTime()}
     * @param wanted the most to be sent, at least 1
     * @return 0 if it is too early
     */
    long allowance(long now, long wanted) {
        if (unlimited()) {
            return wanted;
        }
        return pauseNanos(now) > 0 ? 0 : Math.min(slice, wanted);
    }

    /** Notes that bytes have gone. */
    void sent(long now, long bytes) {
        if (!unlimited()) {
            nextAt = now + Math.max(0, pauseNanos(now)) + (long) ((double) bytes / bytesPerSecond * SECOND);
        }
    }

    /** Nanoseconds until the next bytes may go; 0 or less if they may now. */
    long pauseNanos(long now) {
        return nextAt == Long.MIN_VALUE ? 0 : nextAt - now;
    }
}
