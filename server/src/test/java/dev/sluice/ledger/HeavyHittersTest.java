package dev.sluice.ledger;

import static dev.sluice.ledger.SampleServed.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HeavyHittersTest {
    private static final int SIZE = 8;

    @Property
    void read_anyStream_isNeverTooLowAndAsMuchTooHighAsTold(
            @ForAll @Size(max = 500) List<@IntRange(min = 0, max = 60) Integer> stream) {
        HeavyHitters sketch = new HeavyHitters(SIZE);
        Map<String, long[]> truth = new HashMap<>();
        for (int file : stream) {
            // Small numbers come more often, and those of large files rarely: the two orders differ.
            int skewed = file * file / 60;
            sketch.add(sample().path("/" + skewed).bytes(skewed).build());
            long[] counted = truth.computeIfAbsent("/" + skewed, path -> new long[2]);
            counted[0]++;
            counted[1] += skewed;
        }

        TopFiles top = sketch.read(1_000);

        for (TopFiles.Entry entry : top.byRequests()) {
            long[] counted = truth.get(entry.path());
            assertWithin(counted[0], entry.requests(), top.overcount().requests());
            assertWithin(counted[1], entry.bytes(), top.overcount().bytes());
        }
        long bound = 4L * stream.size() / SIZE;
        assertTrue(top.overcount().requests() <= bound, () -> top.overcount() + " (expected: <= " + bound + ")");
        for (String path : truth.keySet()) {
            boolean heavy = truth.get(path)[0] > top.overcount().requests();
            assertTrue(
                    !heavy
                            || top.byRequests().stream()
                                    .anyMatch(entry -> entry.path().equals(path)),
                    path);
        }
    }

    @Test
    void read_fewFiles_isExact() {
        HeavyHitters sketch = new HeavyHitters(SIZE);
        IntStream.range(0, SIZE * 10)
                .forEach(i -> sketch.add(sample().path("/" + i % SIZE).bytes(3).build()));

        TopFiles top = sketch.read(SIZE);

        assertEquals(new TopFiles.Overcount(0, 0), top.overcount());
        top.byRequests().forEach(entry -> assertEquals(10, entry.requests()));
        top.byBytes().forEach(entry -> assertEquals(30, entry.bytes()));
        assertEquals(SIZE, top.byRequests().size());
    }

    @Test
    void read_millionNames_staysBounded() {
        HeavyHitters sketch = new HeavyHitters(SIZE);
        IntStream.range(0, 100_000).forEach(i -> {
            sketch.add(sample().path("/made-up-" + i).build());
            sketch.add(sample().path("/wanted").build());
        });

        TopFiles top = sketch.read(Integer.MAX_VALUE);

        assertTrue(
                top.byRequests().size() <= 4 * SIZE,
                () -> "files: " + top.byRequests().size());
        assertEquals("/wanted", top.byRequests().get(0).path());
    }

    @Test
    void add_severalThreads_losesNothing() throws Exception {
        HeavyHitters sketch = new HeavyHitters(SIZE);
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            Callable<Void> writer = () -> {
                for (int i = 0; i < 20_000; i++) {
                    sketch.add(sample().path("/" + i % 4).bytes(1).build());
                }
                return null;
            };
            for (Future<Void> done : threads.invokeAll(List.of(writer, writer, writer, writer, writer, writer))) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertEquals(new TopFiles.Overcount(0, 0), sketch.read(0).overcount());
        sketch.read(4).byRequests().forEach(entry -> assertEquals(30_000, entry.requests()));
    }

    private static void assertWithin(long truth, long told, long overcount) {
        assertTrue(
                told >= truth && told <= truth + overcount,
                () -> told + " (expected: " + truth + ".." + (truth + overcount) + ")");
    }
}
