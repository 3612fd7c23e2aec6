package dev.sluice.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.http.EntityTag;
import dev.sluice.http.MediaType;
import dev.sluice.http.Method;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every plan, whatever is asked and found. */
final class PlannerPropertyTest {
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
    private static final Policy POLICY = new Policy(20);

    @Property
    void plan_anyGet_announcesTheBytesItSends(
            @ForAll("conditions") Conditions conditions, @ForAll("representations") Representation selected) {
        Plan plan = plan(Method.GET, conditions, selected);
        if (plan.status() == 304) {
            assertEquals(new Body.None(), plan.body());
            assertTrue(plan.fields().get("Content-Length").isEmpty());
            return;
        }
        assertEquals(
                Long.toString(bytesOf(plan.body())),
                plan.fields().get("Content-Length").orElseThrow());
        boolean oneRange = plan.status() == 206 && !(plan.body() instanceof Body.Multipart);
        assertEquals(
                oneRange || plan.status() == 416,
                plan.fields().get("Content-Range").isPresent());
    }

    @Property
    void plan_anyGet_staysWithinTheRepresentation(
            @ForAll("conditions") Conditions conditions, @ForAll("representations") Representation selected) {
        Body body = plan(Method.GET, conditions, selected).body();
        if (body instanceof Body.FromRegion region) {
            assertTrue(region.offset() + region.length() <= selected.length());
            assertTrue(selected.length() <= POLICY.regionMaxSize());
        } else if (body instanceof Body.FromFile file) {
            assertTrue(file.offset() + file.length() <= selected.length());
            assertTrue(selected.length() > POLICY.regionMaxSize());
        }
    }

    @Property
    void plan_anyHead_isTheGetWithoutRange(
            @ForAll("conditions") Conditions conditions, @ForAll("representations") Representation selected) {
        Conditions unranged = new Conditions(
                conditions.ifMatch(),
                conditions.ifUnmodifiedSince(),
                conditions.ifNoneMatch(),
                conditions.ifModifiedSince(),
                null,
                null);
        Plan head = plan(Method.HEAD, conditions, selected);
        Plan get = plan(Method.GET, unranged, selected);
        assertEquals(new Body.None(), head.body());
        assertEquals(get.status(), head.status());
        assertEquals(get.fields(), head.fields());
    }

    @Property
    void plan_anyGet_isPartialOnlyOnRequest(
            @ForAll("conditions") Conditions conditions, @ForAll("representations") Representation selected) {
        int status = plan(Method.GET, conditions, selected).status();
        assertTrue(List.of(200, 206, 304, 412, 416).contains(status));
        if (conditions.range() == null) {
            assertFalse(status == 206 || status == 416);
        }
    }

    private static Plan plan(Method method, Conditions conditions, Representation selected) {
        return Planner.plan(new Request(method, NOW, conditions), new Lookup.Found(selected), POLICY);
    }

    private static long bytesOf(Body body) {
        if (body instanceof Body.FromRegion region) {
            return region.length();
        }
        if (body instanceof Body.FromFile file) {
            return file.length();
        }
        if (body instanceof Body.Multipart parts) {
            return parts.length();
        }
        return body instanceof Body.Generated made ? made.text().getBytes(StandardCharsets.UTF_8).length : 0;
    }

    @Provide
    Arbitrary<Conditions> conditions() {
        Arbitrary<String> tags =
                Arbitraries.of("*", "\"v1\"", "W/\"v1\"", "\"v2\"", "junk").injectNull(0.7);
        Arbitrary<String> dates = Arbitraries.of(
                        "Thu, 05 Mar 2026 10:20:29 GMT", "Thu, 05 Mar 2026 10:20:30 GMT", "junk")
                .injectNull(0.7);
        Arbitrary<String> ifRange = Arbitraries.of("\"v1\"", "\"v2\"", "Thu, 05 Mar 2026 10:20:30 GMT")
                .injectNull(0.7);
        Arbitrary<String> range = Arbitraries.of(
                        "bytes=0-",
                        "bytes=0-0",
                        "bytes=5-9",
                        "bytes=-3",
                        "bytes=-0",
                        "bytes=15-99",
                        "bytes=0-1,5-6",
                        "bytes=0-4,5-6",
                        "bytes=99-",
                        "junk")
                .injectNull(0.3);
        return Combinators.combine(tags, dates, tags, dates, ifRange, range).as(Conditions::new);
    }

    @Provide
    Arbitrary<Representation> representations() {
        Arbitrary<Instant> modified = Arbitraries.of(Instant.parse("2026-03-05T10:20:30Z"), NOW.plusSeconds(9))
                .injectNull(0.2);
        return Combinators.combine(Arbitraries.longs().between(0, 40), Arbitraries.of(true, false), modified)
                .as((length, weak, date) ->
                        new Representation(length, new EntityTag(weak, "v1"), date, MediaType.PLAIN_TEXT));
    }
}
