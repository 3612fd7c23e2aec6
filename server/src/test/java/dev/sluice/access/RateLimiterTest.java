package dev.sluice.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    private static final long SECOND = 1_000_000_000;

    private final RateLimiter tenASecondThreeAtOnce = new RateLimiter(10, Duration.ofSeconds(1), 3);

    @Test
    void tryAcquire_afterARest_admitsTheBurstAndTellsTheWait() {
        assertEquals(List.of(0L, 0L, 0L, SECOND / 10), at(0, 0, 0, 0));
    }

    @Test
    void tryAcquire_refused_takesNothing() {
        at(0, 0, 0);

        assertEquals(List.of(SECOND / 10, SECOND / 10, 1L, 0L), at(0, 0, SECOND / 10 - 1, SECOND / 10));
    }

    @Test
    void tryAcquire_longRest_neverSavesMoreThanTheBurst() {
        at(0, 0, 0);

        assertEquals(List.of(0L, 0L, 0L, SECOND / 10), at(100 * SECOND, 100 * SECOND, 100 * SECOND, 100 * SECOND));
    }

    @Test
    void tryAcquire_otherClient_hasABucketOfItsOwn() {
        at(0, 0, 0);

        assertEquals(0, tenASecondThreeAtOnce.tryAcquire("b", 0));
        assertTrue(tenASecondThreeAtOnce.tryAcquire("a", 0) > 0);
    }

    @Test
    void tryAcquire_timePassesFromPositiveToNegative_goesOn() {
        long last = Long.MAX_VALUE;

        assertEquals(List.of(0L, 0L, 0L, SECOND / 10), at(last, last, last, last));
        assertEquals(List.of(0L, SECOND / 10), at(last + SECOND / 10, last + SECOND / 10));
    }

    @Test
    void tryAcquire_timeOfAnotherThreadIsEarlier_countsNonetheless() {
        assertEquals(List.of(0L, 0L, 0L), at(1000, 1000, 500));
        assertTrue(tenASecondThreeAtOnce.tryAcquire("a", 500) > 0);
    }

    @Test
    void tryAcquire_manyThreads_admitTheBurstAltogether() throws Exception {
        RateLimiter limiter = new RateLimiter(1, Duration.ofHours(1), 1000);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Long>> admitted = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                admitted.add(threads.submit(() -> IntStream.range(0, 10_000)
                        .filter(request -> limiter.tryAcquire("a", 0) == 0)
                        .count()));
            }
            long sum = 0;
            for (Future<Long> thread : admitted) {
                sum += thread.get();
            }
            assertEquals(1000, sum);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void new_valuesOutOfBounds_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> new RateLimiter(0, Duration.ofSeconds(1), 1));
        assertThrows(IllegalArgumentException.class, () -> new RateLimiter(1, Duration.ZERO, 1));
        assertThrows(IllegalArgumentException.class, () -> new RateLimiter(1, Duration.ofSeconds(1), 0));
        assertThrows(IllegalArgumentException.class, () -> new RateLimiter(2, Duration.ofNanos(1), 1));
        assertThrows(IllegalArgumentException.class, () -> new RateLimiter(1, Duration.ofDays(1), Integer.MAX_VALUE));
    }

    private List<Long> at(long... times) {
        List<Long> waits = new ArrayList<>();
        for (long time : times) {
            waits.add(tenASecondThreeAtOnce.tryAcquire("a", time));
        }
        return waits;
    }
}
