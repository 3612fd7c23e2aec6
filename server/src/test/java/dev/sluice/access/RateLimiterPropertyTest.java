package dev.sluice.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The limiter keeps one time for each client; the model keeps a bucket and fills it, nanosecond by nanosecond. */
class RateLimiterPropertyTest {
    /** A request: who, and how long after the one before. */
    record Arrival(String client, int after) {}

    @Property(tries = 2000)
    void tryAcquire_anyArrivals_asATokenBucket(
            @ForAll @IntRange(min = 1, max = 7) int requests,
            @ForAll @IntRange(min = 1, max = 20) int nanosPerToken,
            @ForAll @IntRange(min = 1, max = 5) int burst,
            @ForAll long start,
            @ForAll("arrivals") List<Arrival> arrivals) {
        RateLimiter limiter = new RateLimiter(requests, Duration.ofNanos((long) requests * nanosPerToken), burst);
        Map<String, Bucket> buckets = new HashMap<>();
        long now = start;
        for (Arrival arrival : arrivals) {
            now += arrival.after();
            buckets.values().forEach(bucket -> bucket.pass(arrival.after()));
            Bucket bucket = buckets.computeIfAbsent(arrival.client(), name -> new Bucket(nanosPerToken, burst));

            assertEquals(bucket.take(), limiter.tryAcquire(arrival.client(), now));
        }
    }

    @Provide
    Arbitrary<List<Arrival>> arrivals() {
        return Combinators.combine(
                        Arbitraries.of("a", "b"), Arbitraries.integers().between(0, 60))
                .as(Arrival::new)
                .list()
                .ofMaxSize(60);
    }

    /** Tokens, and the nanoseconds gone towards the next. */
    private static final class Bucket {
        private final long nanosPerToken;
        private final int burst;
        private int tokens;
        private int gone;

        Bucket(int nanosPerToken, int burst) {
            this.nanosPerToken = nanosPerToken;
            this.burst = burst;
            this.tokens = burst;
        }

        void pass(int nanos) {
            for (int i = 0; i < nanos && tokens < burst; i++) {
                gone++;
                if (gone == nanosPerToken) {
                    tokens++;
                    gone = 0;
                }
            }
        }

        long take() {
            if (tokens == 0) {
                return nanosPerToken - gone;
            }
            tokens--;
            return 0;
        }
    }
}
