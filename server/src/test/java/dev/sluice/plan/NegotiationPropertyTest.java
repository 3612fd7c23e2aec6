package dev.sluice.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.http.AcceptEncoding;
import dev.sluice.http.ContentCoding;
import dev.sluice.http.EntityTag;
import dev.sluice.http.MediaType;
import dev.sluice.http.Method;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The whole decision on a file that was found against a naive model: the codings a client likes as a map, the bytes it asks
 * for as a boolean array.
 */
final class NegotiationPropertyTest {
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
    private static final Policy POLICY = new Policy(25);

    /** What a client says of each coding in thousandths; what it does not name is absent. */
    private record Likings(Map<ContentCoding, Integer> named, Integer star) {
        String field() {
            List<String> elements = new ArrayList<>();
            named.forEach((coding, weight) -> elements.add(coding.token() + ";q=" + weight(weight)));
            if (star != null) {
                elements.add("*;q=" + weight(star));
            }
            return String.join(", ", elements);
        }

        private static String weight(int thousandths) {
            return thousandths == 1000 ? "1" : String.format("0.%03d", thousandths);
        }

        int of(ContentCoding coding) {
            Integer weight = named.get(coding);
            if (weight != null) {
                return weight;
            }
            if (coding == ContentCoding.IDENTITY) {
                // Acceptable unless excluded, but behind everything that is liked at all.
                return star != null && star == 0 ? 0 : 1;
            }
            return star == null ? 0 : star;
        }
    }

    @Property
    void plan_anyFileAndLikings_sendsWhatTheModelSends(
            @ForAll("likings") Likings likings,
            @ForAll("found") Lookup.Found found,
            @ForAll("ranges") List<int[]> ranges) {
        String range = ranges.isEmpty() ? null : field(ranges);
        Conditions conditions = new Conditions(null, null, null, null, null, range);
        Request request = new Request(Method.GET, NOW, conditions, AcceptEncoding.parse(likings.field()), false, null);

        Plan plan = Planner.plan(request, found, POLICY);

        Representation expected = expected(likings, found, range != null);
        assertEquals(Optional.of("Accept-Encoding"), plan.fields().get("Vary"));
        if (expected == null) {
            assertEquals(406, plan.status());
            return;
        }
        if (found.streamable().contains(expected.coding())) {
            assertEquals(new Body.Compressed(expected.coding()), plan.body());
            return;
        }
        boolean[] asked = asked(ranges, (int) expected.length());
        boolean any = any(asked);
        assertEquals(range == null ? 200 : any || expected.length() == 0 ? plan.status() : 416, plan.status());
        if (plan.status() == 206) {
            assertEquals(expected.coding(), plan.coding());
            assertTrue(Arrays.equals(asked, sent(plan.body(), asked.length)), () -> range + " " + plan);
        } else if (plan.status() == 200) {
            assertEquals(Optional.of(expected.etag().toString()), plan.fields().get("ETag"));
            assertEquals(
                    Optional.of(Long.toString(expected.length())), plan.fields().get("Content-Length"));
        }
    }

    private static Representation expected(Likings likings, Lookup.Found found, boolean ranged) {
        Representation best = null;
        for (Representation choice : found.choices()) {
            boolean offered = !ranged || !found.streamable().contains(choice.coding());
            int liking = likings.of(choice.coding());
            if (offered && liking > 0 && (best == null || liking > likings.of(best.coding()))) {
                best = choice;
            }
        }
        return best;
    }

    private static String field(List<int[]> ranges) {
        List<String> specs = new ArrayList<>();
        for (int[] range : ranges) {
            specs.add(range[0] < 0 ? String.valueOf(range[0]) : range[0] + "-" + (range[0] + range[1]));
        }
        return "bytes=" + String.join(",", specs);
    }

    private static boolean[] asked(List<int[]> ranges, int length) {
        boolean[] asked = new boolean[length];
        for (int[] range : ranges) {
            int first = range[0] < 0 ? Math.max(0, length + range[0]) : range[0];
            int last = range[0] < 0 ? length - 1 : range[0] + range[1];
            for (int i = first; i <= Math.min(last, length - 1); i++) {
                asked[i] = true;
            }
        }
        return asked;
    }

    private static boolean any(boolean[] bytes) {
        for (boolean one : bytes) {
            if (one) {
                return true;
            }
        }
        return false;
    }

    private static boolean[] sent(Body body, int length) {
        boolean[] sent = new boolean[length];
        if (body instanceof Body.FromRegion part) {
            Arrays.fill(sent, (int) part.offset(), (int) (part.offset() + part.length()), true);
        } else if (body instanceof Body.FromFile part) {
            Arrays.fill(sent, (int) part.offset(), (int) (part.offset() + part.length()), true);
        } else if (body instanceof Body.Multipart several) {
            for (Body.Part part : several.parts()) {
                Arrays.fill(sent, (int) part.range().first(), (int) part.range().last() + 1, true);
            }
        }
        return sent;
    }

    @Provide
    Arbitrary<Likings> likings() {
        Arbitrary<Integer> weights = Arbitraries.of(0, 1, 100, 500, 999, 1000);
        Arbitrary<Map<ContentCoding, Integer>> named =
                Arbitraries.maps(Arbitraries.of(ContentCoding.class), weights).map(HashMap::new);
        return Combinators.combine(named, weights.injectNull(0.5)).as(Likings::new);
    }

    @Provide
    Arbitrary<Lookup.Found> found() {
        Arbitrary<Set<ContentCoding>> coded =
                Arbitraries.subsetOf(ContentCoding.BR, ContentCoding.ZSTD, ContentCoding.GZIP);
        return Combinators.combine(coded, coded, Arbitraries.integers().between(0, 50), Arbitraries.integers())
                .as(NegotiationPropertyTest::found);
    }

    private static Lookup.Found found(Set<ContentCoding> coded, Set<ContentCoding> streamed, int length, int seed) {
        List<ContentCoding> order = new ArrayList<>(coded);
        java.util.Collections.shuffle(order, new java.util.Random(seed));
        List<Representation> choices = new ArrayList<>();
        for (ContentCoding coding : order) {
            choices.add(representation(coding, Math.floorMod(seed, length + 1)));
        }
        choices.add(representation(ContentCoding.IDENTITY, length));
        Set<ContentCoding> streamable = EnumSet.noneOf(ContentCoding.class);
        streamable.addAll(streamed);
        streamable.retainAll(coded);
        return new Lookup.Found(choices, length, streamable);
    }

    private static Representation representation(ContentCoding coding, int length) {
        EntityTag tag = new EntityTag(false, coding.token());
        return new Representation(length, tag, null, MediaType.PLAIN_TEXT, coding, true, null);
    }

    /** Each the first byte and how many follow it, or a negative number of bytes from the end. */
    @Provide
    Arbitrary<List<int[]>> ranges() {
        Arbitrary<int[]> range = Combinators.combine(
                        Arbitraries.integers().between(-60, 60),
                        Arbitraries.integers().between(0, 20))
                .as((first, more) -> new int[] {first, more});
        return range.list().ofMaxSize(5);
    }
}
