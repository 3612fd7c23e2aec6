package dev.sluice.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When the next bytes of a response with a bandwidth limit may go. */
final class PaceTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void unlimited_anything_goesAtOnce() {
        assertSame(Pace.UNLIMITED, Pace.of(0));
        Pace.UNLIMITED.sent(0, Long.MAX_VALUE);
        assertEquals(1 << 20, Pace.UNLIMITED.allowance(0, 1 << 20));
        assertTrue(Pace.UNLIMITED.pauseNanos(0) <= 0);
    }

    @Test
    void limited_first_isATenthOfASecondsWorth() {
        assertEquals(100, Pace.of(1_000).allowance(0, 5_000));
        assertEquals(7, Pace.of(1_000).allowance(0, 7));
        assertEquals(1, Pace.of(1).allowance(0, 7));
    }

    @Test
    void limited_afterASlice_waitsForWhatItIsWorth() {
        Pace pace = Pace.of(1_000);
        pace.sent(0, 100);
        assertEquals(0, pace.allowance(SECOND / 10 - 1, 100));
        assertEquals(1, pace.pauseNanos(SECOND / 10 - 1));
        assertEquals(100, pace.allowance(SECOND / 10, 100));
    }

    @Test
    void limited_overTenSeconds_neverExceedsTheRate() {
        Pace pace = Pace.of(12_345);
        long now = 0;
        long sent = 0;
        while (now < 10 * SECOND) {
            long slice = pace.allowance(now, Long.MAX_VALUE);
            pace.sent(now, slice);
            sent += slice;
            now += pace.pauseNanos(now);
        }
        assertTrue(Math.abs(sent - 123_450) <= 2 * 1_234, "sent: " + sent);
    }

    @Test
    void limited_afterALongSilence_gainsNothing() {
        Pace pace = Pace.of(1_000);
        pace.sent(0, 100);
        assertEquals(100, pace.allowance(60 * SECOND, 5_000));
    }
}
