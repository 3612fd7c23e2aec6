package dev.sluice.serve;

import org.jspecify.annotations.Nullable;

/**
 * Whether a client takes a response fast enough: some of it again and again, and on the whole no less than the minimum rate.
 * What the server itself lets it wait is none of the client's fault.
 *
 * <p>Looked at by one thread, now and then; pauses are noted by any, one at a time.
 */
final class Movement {
    private long seen;
    private long seenAt;
    private volatile long pausedUntil;
    private volatile long paused;

    /** What had been taken, and how long had been paused, when the look began over which the speed is averaged. */
    private boolean measuring;

    private long measuredFrom;
    private long takenBefore;
    private long pausedBefore;

    /**
     * @param now {@link System#nanoTime()} when it begins
     */
    Movement(long now) {
        this.seenAt = now;
        this.pausedUntil = now;
    }

    /** Notes that nothing is going to be sent for so long from now on. */
    void pause(long now, long nanos) {
        pausedUntil = now + nanos;
        add(nanos);
    }

    /** Notes that nothing was sent for so long until now, since the server was not ready to. */
    void paused(long now, long nanos) {
        pausedUntil = now;
        add(nanos);
    }

    private void add(long nanos) {
        // One at a time, so the sum cannot lose an update.
        long sum = paused + nanos;
        paused = sum;
    }

    /**
     * Looks at it.
     *
     * @param progress how many bytes have gone, of this response or of all on its connection
     * @return why it has to be broken off, or null
     */
    @Nullable
    String fault(long now, long progress, Patience patience) {
        if (progress != seen) {
            seen = progress;
            seenAt = now;
        }
        if (now - Math.max(seenAt, pausedUntil) > patience.nanos()) {
            return Reasons.STALLED;
        }
        return tooSlow(now, progress, patience) ? Reasons.TOO_SLOW : null;
    }

    private boolean tooSlow(long now, long progress, Patience patience) {
        if (!measuring) {
            measure(now, progress);
            return false;
        }
        long took = now - measuredFrom - (pausedBy(now) - pausedBefore);
        if (took < patience.nanos()) {
            return false;
        }
        boolean slow = patience.isLost(progress - takenBefore, took);
        measure(now, progress);
        return slow;
    }

    private void measure(long now, long progress) {
        measuring = true;
        measuredFrom = now;
        takenBefore = progress;
        pausedBefore = pausedBy(now);
    }

    /** Without what of the last pause is still to come, which belongs to the time after this. */
    private long pausedBy(long now) {
        return paused - Math.max(0, pausedUntil - now);
    }
}
