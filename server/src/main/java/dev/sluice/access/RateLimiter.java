package dev.sluice.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;

/**
 * Limits how many requests a client makes: a token bucket for each, which holds at most {@code burst} tokens and gains
 * {@code requests} of them evenly over {@code per}. A request takes one token; without one it is refused and takes none.
 *
 * <p>A bucket is one number, the time at which it will be full again (the "virtual scheduling" form of the generic cell
 * rate algorithm, ITU-T I.371 annex A, which admits exactly what a token bucket does).
 *
 * <p>Memory is bounded: a client whose bucket is full again is forgotten after a while, and of more than 100,000 clients
 * the least active ones, who thereby begin with a full bucket.
 */
public final class RateLimiter {
    private static final int MOST_CLIENTS = 100_000;

    /** No client is forgotten earlier, so that a short bucket is not made again and again. */
    private static final Duration KEEP_AT_LEAST = Duration.ofMinutes(1);

    private final Cache<String, Bucket> buckets;
    private final long nanosPerToken;
    private final long tolerance;

    /**
     * @param requests tokens gained over {@code per}, at least 1
     * @param per more than zero, and at least a nanosecond for each request
     * @param burst how many requests a client may make at once after a rest, at least 1
     * @throws IllegalArgumentException if a value is out of bounds, or filling the bucket would take more than 100 years
     */
    public RateLimiter(int requests, Duration per, int burst) {
        if (requests < 1) {
            throw new IllegalArgumentException("requests: " + requests + " (expected: >= 1)");
        }
        if (burst < 1) {
            throw new IllegalArgumentException("burst: " + burst + " (expected: >= 1)");
        }
        if (per.compareTo(Duration.ofNanos(requests)) < 0) {
            throw new IllegalArgumentException("per: " + per + " (expected: >= " + requests + " ns)");
        }
        Duration toFill = per.dividedBy(requests).multipliedBy(burst);
        if (toFill.compareTo(Duration.ofDays(36_500)) > 0) {
            throw new IllegalArgumentException("burst: " + burst
                    + " (expected: so few that they come back within 100 years, at " + requests + " per " + per + ")");
        }
        this.nanosPerToken = per.dividedBy(requests).toNanos();
        this.tolerance = nanosPerToken * (burst - 1);
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_CLIENTS)
                .expireAfterAccess(toFill.compareTo(KEEP_AT_LEAST) > 0 ? toFill : KEEP_AT_LEAST)
                .executor(Runnable::run)
                .build();
    }

    /**
     * Takes a token from a client's bucket. For I/O threads too: it waits for nothing but another request of the same client
     * in the same few nanoseconds.
     *
     * @param client who asks, see {@link ClientKey}
     * @param nanoTime {@link System#nanoTime()}
     * @return 0 if the request is admitted; otherwise the nanoseconds until one would be, if no other comes before
     */
    public long tryAcquire(String client, long nanoTime) {
        return buckets.get(client, unseen -> new Bucket(nanoTime)).tryTake(nanoTime, nanosPerToken, tolerance);
    }

    /**
     * One client's bucket, locked for a few instructions. It also knows the latest time it has seen: a thread that read the
     * clock before another and comes after it counts as if it came then, and is not refused for being early.
     */
    private static final class Bucket {
        private long latest;
        private long fullAgain;

        Bucket(long now) {
            this.latest = now;
            this.fullAgain = now;
        }

        synchronized long tryTake(long nanoTime, long nanosPerToken, long tolerance) {
            // Times are compared by difference, since nanoTime may pass from positive to negative.
            latest = later(latest, nanoTime);
            // Full since then is full now.
            long from = later(fullAgain, latest);
            long wait = from - latest - tolerance;
            if (wait > 0) {
                return wait;
            }
            fullAgain = from + nanosPerToken;
            return 0;
        }

        private static long later(long a, long b) {
            return a - b > 0 ? a : b;
        }
    }
}
