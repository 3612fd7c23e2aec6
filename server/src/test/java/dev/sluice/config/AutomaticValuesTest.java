package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AutomaticValuesTest {
    private static final long GIBIBYTE = 1L << 30;

    @Test
    void memory_auto_isAnEighthOfTheMachineAndAtMostOneGibibyte() {
        CacheSettings auto = CacheSettings.defaults();

        assertEquals(GIBIBYTE / 4, auto.memoryBytes(2 * GIBIBYTE));
        assertEquals(GIBIBYTE, auto.memoryBytes(8 * GIBIBYTE));
        assertEquals(GIBIBYTE, auto.memoryBytes(64 * GIBIBYTE));
    }

    @Test
    void memory_named_ignoresTheMachine() {
        CacheSettings named = new CacheSettings(
                new AutoOr.Fixed<>(new ByteSize(0)), new ByteSize(1), null, Duration.ofSeconds(1), new AutoOr.Auto<>());

        assertEquals(0, named.memoryBytes(64 * GIBIBYTE));
    }

    @Test
    void threads_auto_followTheProcessors() {
        IoSettings auto = IoSettings.defaults();

        assertEquals(3, auto.threadCount(3));
        assertEquals(24, auto.workerCount(3));
    }

    @Test
    void threads_named_ignoreTheProcessors() {
        IoSettings named = new IoSettings(new AutoOr.Fixed<>(5), new AutoOr.Fixed<>(7), new ByteSize(1), null, true);

        assertEquals(5, named.threadCount(3));
        assertEquals(7, named.workerCount(3));
    }
}
