package dev.sluice.serve;

import java.util.concurrent.TimeUnit;

/**
 * What a client has to take of a response so as not to be cut off.
 *
 * @param nanos how long a response may stand still, and over how long its speed is averaged
 * @param bytesPerSecond the least speed, or 0 if any will do
 */
record Patience(long nanos, long bytesPerSecond) {
    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    /** The same for one of several responses that share a connection: its speed may be their part of it. */
    Patience sharedBy(int responses) {
        return responses <= 1 || bytesPerSecond == 0
                ? this
                : new Patience(nanos, Math.max(1, bytesPerSecond / responses));
    }

    /** Whether a client that took so much in such a time is too slow. */
    boolean isLost(long bytes, long inNanos) {
        return bytes < bytesPerSecond * (inNanos / SECOND);
    }
}
