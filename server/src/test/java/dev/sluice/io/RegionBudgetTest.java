package dev.sluice.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RegionBudgetTest {
    @ParameterizedTest
    @CsvSource({
        // memory in KiB, largest body in KiB, size of a region in KiB, regions
        "0, 256, 1024, 1",
        "1024, 256, 1024, 1",
        "32768, 256, 1024, 32",
        "65535, 256, 1024, 63",
        "65536, 256, 2048, 32",
        "524288, 256, 16384, 32",
        "1048576, 256, 16384, 64",
        "32768, 257, 2048, 16",
        "32768, 8192, 16384, 2",
        "8192, 8192, 16384, 1",
        "32768, 0, 1024, 32",
    })
    void of_memoryAndLargestBody_isDividedEvenly(long memory, long largest, int size, int regions) {
        assertEquals(
                new RegionBudget(size << 10, regions), RegionBudget.of(memory << 10, largest << 10, Long.MAX_VALUE));
    }

    @Test
    void bytes_manyRegions_isBeyondAnInteger() {
        assertEquals(
                1L << 40, RegionBudget.of(1L << 40, 256 << 10, Long.MAX_VALUE).bytes());
    }

    @Test
    void of_littleHeap_isForFewerBodies() {
        RegionBudget budget = RegionBudget.of(1L << 30, 256 << 10, 512 << 20);

        assertEquals(64, budget.regions());
        assertEquals(2048, budget.bodies());
        assertEquals(64, RegionBudget.of(1L << 30, 256 << 10, 1 << 20).bodies());
    }

    @Test
    void new_impossible_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new RegionBudget(1000, 1));
        assertThrows(IllegalArgumentException.class, () -> new RegionBudget(Integer.MIN_VALUE, 1));
        assertThrows(IllegalArgumentException.class, () -> new RegionBudget(1024, 0));
        assertThrows(IllegalArgumentException.class, () -> new RegionBudget(1024, 1, 0));
    }
}
