package dev.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** Ranges against a model that marks bytes in an array. */
final class RangeHeaderPropertyTest {
    /** {@code first < 0} is a suffix of {@code last}, {@code last < 0} open-ended. */
    private record Asked(int first, int last) {
        String text() {
            return (first < 0 ? "" : first) + "-" + (last < 0 ? "" : last);
        }

        boolean wants(int position, int length) {
            if (first < 0) {
                return position >= length - last;
            }
            return position >= first && (last < 0 || position <= last);
        }
    }

    @Property
    void resolve_anyElements_agreesWithMarkedBytes(
            @ForAll("asked") List<Asked> asked, @ForAll @IntRange(max = 40) int length) {
        int[] marks = new int[length];
        for (int position = 0; position < length; position++) {
            for (Asked one : asked) {
                marks[position] += one.wants(position, length) ? 1 : 0;
            }
        }
        int sum = Arrays.stream(marks).sum();
        boolean emptySuffix = length == 0 && asked.stream().anyMatch(one -> one.first() < 0 && one.last() > 0);

        Ranges ranges = RangeHeader.parse(text(asked)).orElseThrow().resolve(length);

        if (sum > length || emptySuffix) {
            assertEquals(new Ranges.Whole(), ranges);
        } else if (sum == 0) {
            assertEquals(new Ranges.Unsatisfiable(), ranges);
        } else {
            List<ByteRange> given = ((Ranges.Satisfiable) ranges).ranges();
            assertSameBytes(marks, given);
            assertEquals(firstAskedOrder(given, asked, length), given);
        }
    }

    @Property
    void resolve_oneElement_neverSendsWhole(
            @ForAll("asked") List<Asked> asked, @ForAll @IntRange(min = 1, max = 40) int length) {
        assertFalse(RangeHeader.parse(text(asked.subList(0, 1))).orElseThrow().resolve(length) instanceof Ranges.Whole);
    }

    /** Each maximal run of marked bytes must be one range: so they are disjoint and never adjacent. */
    private static void assertSameBytes(int[] marks, List<ByteRange> given) {
        boolean[] covered = new boolean[marks.length + 1];
        for (ByteRange range : given) {
            for (long i = range.first(); i <= range.last(); i++) {
                assertFalse(covered[(int) i], "sent twice");
                covered[(int) i] = true;
            }
        }
        int runs = 0;
        for (int i = 0; i < marks.length; i++) {
            assertEquals(marks[i] > 0, covered[i], "byte " + i);
            runs += covered[i] && !covered[i + 1] ? 1 : 0;
        }
        assertEquals(runs, given.size());
    }

    private static List<ByteRange> firstAskedOrder(List<ByteRange> given, List<Asked> asked, int length) {
        List<ByteRange> ordered = new ArrayList<>();
        for (Asked one : asked) {
            for (ByteRange range : given) {
                boolean holds = false;
                for (long i = range.first(); i <= range.last(); i++) {
                    holds |= one.wants((int) i, length);
                }
                if (holds && !ordered.contains(range)) {
                    ordered.add(range);
                }
            }
        }
        assertTrue(ordered.containsAll(given));
        return Collections.unmodifiableList(ordered);
    }

    private static String text(List<Asked> asked) {
        return asked.stream().map(Asked::text).collect(Collectors.joining(" ,\t, ", "Bytes=, ", " "));
    }

    @Provide
    Arbitrary<List<Asked>> asked() {
        Arbitrary<Integer> positions = Arbitraries.integers().between(0, 45);
        Arbitrary<Integer> spans = Arbitraries.integers().between(0, 8);
        Arbitrary<Asked> closed =
                Combinators.combine(positions, spans).as((first, more) -> new Asked(first, first + more));
        Arbitrary<Asked> open = positions.map(first -> new Asked(first, -1));
        Arbitrary<Asked> suffix = spans.map(count -> new Asked(-1, count));
        return Arbitraries.frequencyOf(Tuple.of(8, closed), Tuple.of(1, open), Tuple.of(1, suffix))
                .list()
                .ofMinSize(1)
                .ofMaxSize(7);
    }
}
