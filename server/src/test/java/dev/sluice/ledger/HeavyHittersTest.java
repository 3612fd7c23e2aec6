package dev.sluice.ledger;

import static dev.sluice.ledger.SampleServed.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
                top.byRequests().size() <= SIZE,
                () -> "files: " + top.byRequests().size());
        assertEquals("/wanted", top.byRequests().get(0).path());
    }

    @Test
    void addTo_severalSketches_isTheSumOfWhatTheyTell() {
        HeavyHitters sum = new HeavyHitters(Integer.MAX_VALUE);
        for (int sketch = 0; sketch < 3; sketch++) {
            HeavyHitters one = new HeavyHitters(SIZE);
            IntStream.range(0, 40)
                    .forEach(i -> one.add(sample().path("/" + i % 4).bytes(1).build()));
            one.addTo(sum);
        }

        TopFiles top = sum.read(10);

        assertEquals(new TopFiles.Overcount(0, 0), top.overcount());
        assertEquals(4, top.byRequests().size());
        top.byRequests().forEach(entry -> assertEquals(30, entry.requests()));
        top.byBytes().forEach(entry -> assertEquals(30, entry.bytes()));
    }

    @Test
    void addTo_fullSketches_addsWhatTheyMayTellTooMuch() {
        HeavyHitters one = new HeavyHitters(SIZE);
        IntStream.range(0, SIZE + 1)
                .forEach(i -> one.add(sample().path("/" + i).bytes(2).build()));
        TopFiles.Overcount overcount = one.read(0).overcount();
        HeavyHitters sum = new HeavyHitters(Integer.MAX_VALUE);

        one.addTo(sum);
        one.addTo(sum);

        assertEquals(new TopFiles.Overcount(1, 2), overcount);
        assertEquals(new TopFiles.Overcount(2, 4), sum.read(0).overcount());
    }

    private static void assertWithin(long truth, long told, long overcount) {
        assertTrue(
                told >= truth && told <= truth + overcount,
                () -> told + " (expected: " + truth + ".." + (truth + overcount) + ")");
    }
}
