package dev.sluice.io;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The regions, with the doorkeeper before them, against Caffeine's W-TinyLFU over the same requests and with the same bytes.
 * What the regions hold for themselves (one in reserve, what is charged beside a length) counts against them.
 */
final class HitRatioTest {
    private static final int FILES = 20_000;
    private static final int REQUESTS = 600_000;
    private static final long SEED = 4;

    /** The bound: within two percent of Caffeine's hit ratio. */
    private static final double LEAST = 0.98;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "1.0, 0.05, false", "1.0, 0.10, false", "1.0, 0.25, false",
        "1.0, 0.05, true", "1.0, 0.10, true", "1.0, 0.25, true",
        "0.8, 0.05, false", "0.8, 0.10, false", "0.8, 0.25, false",
        "0.8, 0.05, true", "0.8, 0.10, true", "0.8, 0.25, true",
    })
    void hitRatio_zipfTrace_isCaffeinesWithinTwoPercent(double exponent, double share, boolean crawled)
            throws IOException {
        ZipfTrace trace = new ZipfTrace(FILES, REQUESTS, exponent, SEED);
        long budget = (long) (share * trace.bytes());
        double caffeine = ratioOfCaffeine(trace, trace.requests(crawled), budget);
        double regions = ratioOfRegions(trace, trace.requests(crawled), budget);

        System.out.printf(
                "Zipf %.1f, %2.0f %% of the site%s: regions %.4f, Caffeine %.4f%n",
                exponent, 100 * share, crawled ? ", crawled" : "", regions, caffeine);
        assertTrue(regions >= LEAST * caffeine, regions + " against " + caffeine);
    }

    private static double ratioOfCaffeine(ZipfTrace trace, int[] requests, long budget) {
        Cache<Integer, Integer> cache = Caffeine.newBuilder()
                .maximumWeight(budget)
                .weigher((Integer file, Integer length) -> length)
                .executor(Runnable::run)
                .build();
        int hits = 0;
        for (int file : requests) {
            if (cache.getIfPresent(file) == null) {
                cache.put(file, trace.lengthOf(file));
            } else {
                hits++;
            }
        }
        return (double) hits / requests.length;
    }

    private double ratioOfRegions(ZipfTrace trace, int[] requests, long budget) throws IOException {
        // As many regions as a budget in use is divided into.
        int size = (int) Long.highestOneBit(budget / 32);
        RegionStore store = new RegionStore(directory, new RegionBudget(size, (int) (budget / size)));
        Doorkeeper doorkeeper = new Doorkeeper((int) (budget / 4096));
        Map<Integer, RegionBody> held = new HashMap<>();
        long evictions = 0;
        int hits = 0;
        for (int file : requests) {
            RegionBody body = held.get(file);
            RegionSlice slice = body == null ? null : body.acquire();
            if (slice != null) {
                slice.release();
                hits++;
            } else if (store.roomy() || admits(doorkeeper, store, file, trace.lengthOf(file))) {
                RegionStore.Slot slot = store.reserve(trace.lengthOf(file));
                slot.slice().release();
                held.put(file, slot.body());
            }
            if (evictions != store.evictions()) {
                evictions = store.evictions();
                held.values().removeIf(other -> !other.live());
            }
        }
        return (double) hits / requests.length;
    }

    private static boolean admits(Doorkeeper doorkeeper, RegionStore store, int file, int length) {
        return doorkeeper.admits(mixed(file), Doorkeeper.window(store.bodies(), store.capacity(), length));
    }

    private static long mixed(int file) {
        long mixed = file * 0x9E37_79B9_7F4A_7C15L;
        return (mixed ^ (mixed >>> 32)) * 0x9E37_79B9_7F4A_7C15L;
    }
}
