package dev.sluice.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class MovementTest {
    private static final Patience ANY_SPEED = new Patience(seconds(10), 0);
    private static final Patience A_HUNDRED = new Patience(seconds(10), 100);

    private final Movement movement = new Movement(0);

    private static long seconds(long count) {
        return TimeUnit.SECONDS.toNanos(count);
    }

    /** What is found at the last of some looks, one a second, between which a client takes so much. */
    private String after(int looks, long bytesPerSecond, Patience patience) {
        String fault = null;
        for (int i = 1; i <= looks && fault == null; i++) {
            fault = movement.fault(seconds(i), i * bytesPerSecond, patience);
        }
        return fault;
    }

    @Test
    void fault_nothingTaken_isStalledWhenPatienceEnds() {
        assertNull(after(10, 0, ANY_SPEED));
        assertEquals("stalled", movement.fault(seconds(11), 0, ANY_SPEED));
    }

    @Test
    void fault_oneByteASecond_isNoneWhereAnySpeedWillDo() {
        assertNull(after(1_000, 1, ANY_SPEED));
    }

    @Test
    void fault_justTooSlow_isTooSlow() {
        assertNull(after(10, 99, A_HUNDRED));
        assertEquals("too-slow", movement.fault(seconds(11), 11 * 99, A_HUNDRED));
    }

    @Test
    void fault_justFastEnough_isNone() {
        assertNull(after(1_000, 100, A_HUNDRED));
    }

    /** What is taken at once fills the buffers of a client that may then take nothing. */
    @Test
    void fault_fastAtFirst_isTooSlowLater() {
        assertNull(movement.fault(seconds(1), 0, A_HUNDRED));
        assertNull(movement.fault(seconds(11), 1_000_000, A_HUNDRED));
        assertNull(movement.fault(seconds(20), 1_000_001, A_HUNDRED));
        assertEquals("too-slow", movement.fault(seconds(21), 1_000_002, A_HUNDRED));
    }

    /** Of a pause that is under way when a measurement begins, the rest belongs to that measurement. */
    @Test
    void fault_heldBackSinceBeforeTheMeasurement_isNone() {
        movement.pause(0, seconds(30));
        assertNull(movement.fault(seconds(1), 0, A_HUNDRED));
        assertNull(movement.fault(seconds(31), 0, A_HUNDRED));
        assertNull(movement.fault(seconds(36), 1_000, A_HUNDRED));
        assertNull(movement.fault(seconds(41), 2_000, A_HUNDRED));
    }

    @Test
    void fault_heldBackByTheServer_isNone() {
        for (int i = 1; i <= 1_000; i++) {
            // One second of two.
            movement.pause(seconds(2L * i), seconds(1));
            assertNull(movement.fault(seconds(2L * i), i * 110L, A_HUNDRED));
        }
    }

    /** As while the start of a huge compressed entry is inflated and forgotten, for a range at its end. */
    @Test
    void fault_serverNotReadyAgainAndAgain_isNoneUntilItIs() {
        for (int i = 1; i <= 100; i++) {
            movement.paused(seconds(i), seconds(1));
            assertNull(movement.fault(seconds(i), 0, ANY_SPEED));
        }
        assertNull(movement.fault(seconds(110), 0, ANY_SPEED));
        assertEquals("stalled", movement.fault(seconds(111), 0, ANY_SPEED));
    }

    @Test
    void sharedBy_tenResponses_isATenthForEach() {
        assertEquals(10, A_HUNDRED.sharedBy(10).bytesPerSecond());
        assertEquals(1, A_HUNDRED.sharedBy(1_000).bytesPerSecond());
        assertEquals(0, ANY_SPEED.sharedBy(10).bytesPerSecond());
    }
}
