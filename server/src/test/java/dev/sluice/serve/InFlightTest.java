package dev.sluice.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class InFlightTest {
    @Test
    void enter_full_isRefusedUntilOneLeaves() {
        InFlight two = new InFlight(2);
        InFlight.Place first = two.enter();
        assertNotNull(first);
        assertNotNull(two.enter());
        assertNull(two.enter());

        first.leave();

        assertNotNull(two.enter());
        assertNull(two.enter());
    }

    @Test
    void leave_twice_freesOnePlace() {
        InFlight one = new InFlight(1);
        InFlight.Place first = one.enter();
        assertNotNull(first);
        first.leave();
        first.leave();
        assertNotNull(one.enter());
        assertNull(one.enter());
    }

    @Test
    void enter_withoutABound_isNeverRefused() {
        InFlight any = new InFlight(0);
        IntStream.range(0, 100_000).forEach(i -> assertNotNull(any.enter()));
    }

    /** Those that are refused may take a place for a moment, but none for good. */
    @Test
    void enter_byManyThreads_neverMoreThanThereArePlaces() {
        InFlight hundred = new InFlight(100);
        long entered = IntStream.range(0, 100_000)
                .parallel()
                .mapToObj(i -> hundred.enter())
                .filter(Objects::nonNull)
                .count();
        assertEquals(100, entered);
    }
}
