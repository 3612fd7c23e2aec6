package dev.sluice.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.sluice.http.AcceptEncoding;
import dev.sluice.http.ContentCoding;
import dev.sluice.http.EntityTag;
import dev.sluice.http.HeaderFields;
import dev.sluice.http.MediaType;
import dev.sluice.http.Method;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans for files that have several representations, one for each content coding, and for pages. */
final class PlannerCodingTest {
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00.5Z");
    private static final Instant MODIFIED = Instant.parse("2026-03-05T10:20:30Z");
    private static final Policy POLICY = new Policy(1000);
    private static final MediaType CSS = new MediaType("text/css", true);

    private static Representation representation(ContentCoding coding, long length) {
        EntityTag tag = new EntityTag(false, coding.name().toLowerCase(java.util.Locale.ROOT));
        return new Representation(length, tag, MODIFIED, CSS, coding, true, "sha-256=:" + coding.name() + ":");
    }

    private static final Lookup.Found SMALL = new Lookup.Found(
            List.of(
                    representation(ContentCoding.BR, 300),
                    representation(ContentCoding.GZIP, 400),
                    representation(ContentCoding.IDENTITY, 1000)),
            1000,
            Set.of());

    private static final Lookup.Found LARGE = new Lookup.Found(
            List.of(representation(ContentCoding.GZIP, 400), representation(ContentCoding.IDENTITY, 5000)),
            5000,
            Set.of());

    private static final Lookup.Found STREAMED = new Lookup.Found(
            List.of(
                    new Representation(5000, new EntityTag(true, "v1-br"), MODIFIED, CSS, ContentCoding.BR, true, null),
                    representation(ContentCoding.IDENTITY, 5000)),
            5000,
            Set.of(ContentCoding.BR));

    private static Request request(Method method, String accepted, Conditions conditions, boolean digest) {
        return new Request(method, NOW, conditions, AcceptEncoding.parse(accepted), digest, null);
    }

    private static Plan get(Lookup lookup, String accepted) {
        return get(lookup, accepted, Conditions.NONE);
    }

    private static Plan get(Lookup lookup, String accepted, Conditions conditions) {
        return Planner.plan(request(Method.GET, accepted, conditions, false), lookup, POLICY);
    }

    private static Conditions range(String range) {
        return new Conditions(null, null, null, null, null, range);
    }

    private static Conditions range(String range, String ifRange) {
        return new Conditions(null, null, null, null, ifRange, range);
    }

    private static Optional<String> field(Plan plan, String name) {
        return plan.fields().get(name);
    }

    @Test
    void plan_coded_isTheWholeCodedRepresentation() {
        Plan plan = get(SMALL, "br");
        assertEquals("""
                Content-Type: text/css;charset=utf-8
                Content-Length: 300
                X-Content-Type-Options: nosniff
                Accept-Ranges: bytes
                Content-Encoding: br
                Vary: Accept-Encoding
                ETag: "br"
                Last-Modified: Thu, 05 Mar 2026 10:20:30 GMT
                Cache-Control: max-age=0, must-revalidate""", plan.fields().toString());
        assertEquals(new Body.FromRegion(0, 300), plan.body());
        assertEquals(ContentCoding.BR, plan.coding());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "br, gzip         | br",
                "gzip, br         | br",
                "gzip             | gzip",
                "zstd             | identity",
                "gzip, br;q=0.9   | gzip",
                "*                | br",
                "br;q=0, *        | gzip",
                "identity, gzip;q=0.9 | identity",
                "''               | identity",
            })
    void plan_acceptEncoding_selects(String accepted, String tag) {
        Plan plan = get(SMALL, accepted.replace("''", ""));
        assertEquals(Optional.of('"' + tag + '"'), field(plan, "ETag"));
        assertEquals(Optional.of("Accept-Encoding"), field(plan, "Vary"));
    }

    /** Whatever the answer is, a cache must not give it to a client that takes other codings. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "gzip         | -         | -      | 200",
                "identity     | -         | -      | 200",
                "gzip         | bytes=0-1 | -      | 206",
                "gzip         | bytes=0-1,5-6 | -  | 206",
                "gzip         | -         | \"gzip\" | 304",
                "identity     | -         | \"identity\" | 304",
                "gzip         | bytes=400- | -     | 416",
                "identity;q=0, zstd | -   | -      | 406",
            })
    void plan_anyAnswerOfAResourceThatVaries_saysVary(String accepted, String range, String ifNoneMatch, int status) {
        Conditions conditions = new Conditions(null, null, ifNoneMatch, null, null, range);
        Plan plan = get(SMALL, accepted, conditions);
        assertEquals(status, plan.status());
        assertEquals(Optional.of("Accept-Encoding"), field(plan, "Vary"));
    }

    @Test
    void plan_failedPrecondition_saysVary() {
        Plan plan = get(SMALL, "gzip", new Conditions("\"identity\"", null, null, null, null, null));
        assertEquals(412, plan.status());
        assertEquals(Optional.of("Accept-Encoding"), field(plan, "Vary"));
    }

    @Test
    void plan_resourceOfOneRepresentation_doesNotVary() {
        Lookup one = new Lookup.Found(new Representation(9, new EntityTag(false, "v"), MODIFIED, CSS));
        assertEquals(Optional.empty(), field(get(one, "gzip"), "Vary"));
        Plan refused = get(one, "identity;q=0");
        assertEquals(406, refused.status());
        assertEquals(Optional.empty(), field(refused, "Vary"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deflate | 200",
                "zstd, identity;q=0 | 406",
                "*;q=0 | 406",
                "*;q=0, identity | 200",
                "*;q=0, gzip | 200",
                "identity;q=0 | 406",
                "identity;q=0, * | 200",
                "br;q=0, gzip;q=0 | 200",
            })
    void plan_nothingFits_is406OnlyIfIdentityIsExcluded(String accepted, int status) {
        assertEquals(status, get(SMALL, accepted).status());
    }

    @ParameterizedTest
    @CsvSource({
        "\"gzip\", 206",
        "\"identity\", 200",
        "\"br\", 200",
        "W/\"gzip\", 200",
        "'Thu, 05 Mar 2026 10:20:30 GMT', 206",
    })
    void plan_ifRange_comparesWithTheSelectedCoding(String ifRange, int status) {
        Plan plan = get(SMALL, "gzip", range("bytes=10-19", ifRange));
        assertEquals(status, plan.status());
        assertEquals(Optional.of("gzip"), field(plan, "Content-Encoding"));
        assertEquals(status == 206 ? Optional.of("bytes 10-19/400") : Optional.empty(), field(plan, "Content-Range"));
    }

    /** Held in a region or not: that is the source's size, never that of a coding. */
    @Test
    void plan_smallCodingOfALargeFile_comesFromTheFile() {
        assertEquals(new Body.FromFile(0, 400), get(LARGE, "gzip").body());
        assertEquals(
                new Body.FromFile(10, 10),
                get(LARGE, "gzip", range("bytes=10-19")).body());
        assertFalse(((Body.Multipart) get(LARGE, "gzip", range("bytes=0-0,9-9")).body()).inRegion());
    }

    @Test
    void plan_severalRangesOfACoding_tellItsLengthAndCoding() {
        Plan plan = get(SMALL, "gzip", range("bytes=0-0,-1"));
        Body.Multipart body = (Body.Multipart) plan.body();
        assertEquals(Optional.of("gzip"), field(plan, "Content-Encoding"));
        assertEquals(Optional.of(Long.toString(body.length())), field(plan, "Content-Length"));
        assertEquals(true, body.parts().get(1).head().contains("Content-Range: bytes 399-399/400\r\n"));
    }

    @Test
    void multipart_boundary_isAnotherOneEachTime() {
        Representation of = representation(ContentCoding.IDENTITY, 1000);
        String one = new Multipart(of, NOW).boundary();
        assertNotEquals(one, new Multipart(of, NOW.plusNanos(1)).boundary());
        assertNotEquals(one, new Multipart(of, NOW.plusSeconds(1)).boundary());
        assertNotEquals(one, new Multipart(representation(ContentCoding.GZIP, 1000), NOW).boundary());
        assertEquals(true, one.matches("[0-9A-Za-z-]{1,70}"), one);
    }

    @Test
    void plan_streamed_hasNoLengthNoRangesAndAWeakTag() {
        Plan plan = get(STREAMED, "br");
        assertEquals("""
                Content-Type: text/css;charset=utf-8
                X-Content-Type-Options: nosniff
                Accept-Ranges: none
                Content-Encoding: br
                Vary: Accept-Encoding
                ETag: W/"v1-br"
                Last-Modified: Thu, 05 Mar 2026 10:20:30 GMT
                Cache-Control: max-age=0, must-revalidate""", plan.fields().toString());
        assertEquals(new Body.Compressed(ContentCoding.BR), plan.body());
        assertEquals(Reasons.STREAMING_COMPRESSION, plan.reason());
    }

    @Test
    void plan_rangeOfWhatWouldBeStreamed_isOfIdentity() {
        Plan plan = get(STREAMED, "br", range("bytes=10-19"));
        assertEquals(206, plan.status());
        assertEquals(Optional.empty(), field(plan, "Content-Encoding"));
        assertEquals(Optional.of("\"identity\""), field(plan, "ETag"));
        assertEquals(Optional.of("Accept-Encoding"), field(plan, "Vary"));
    }

    @Test
    void plan_headWithRangeOfWhatIsStreamed_isThatOfGetWithout() {
        Plan head = Planner.plan(request(Method.HEAD, "br", range("bytes=0-1"), false), STREAMED, POLICY);
        assertEquals(get(STREAMED, "br").fields(), head.fields());
        assertEquals(new Body.None(), head.body());
    }

    @Test
    void plan_conditionOnWhatIsStreamed_matchesWeakly() {
        Conditions held = new Conditions(null, null, "W/\"v1-br\"", null, null, null);
        assertEquals(304, get(STREAMED, "br", held).status());
        Conditions meant = new Conditions("W/\"v1-br\"", null, null, null, null, null);
        assertEquals(412, get(STREAMED, "br", meant).status());
    }

    @ParameterizedTest
    @CsvSource({"-, 200", "bytes=0-1, 206", "'bytes=0-1,5-6', 206"})
    void plan_digest_isThatOfTheSelectedRepresentationIfWanted(String range, int status) {
        Conditions conditions = range.equals("-") ? Conditions.NONE : range(range);
        for (boolean wanted : new boolean[] {true, false}) {
            Plan plan = Planner.plan(request(Method.GET, "gzip", conditions, wanted), SMALL, POLICY);
            assertEquals(status, plan.status());
            assertEquals(wanted ? Optional.of("sha-256=:GZIP:") : Optional.empty(), field(plan, "Repr-Digest"));
        }
    }

    @Test
    void plan_digestOfA304OrARefusal_isNotSent() {
        Conditions held = new Conditions(null, null, "*", null, null, null);
        Plan plan = Planner.plan(request(Method.GET, "gzip", held, true), SMALL, POLICY);
        assertEquals(304, plan.status());
        assertEquals(Optional.empty(), field(plan, "Repr-Digest"));
        Plan beyond = Planner.plan(request(Method.GET, "gzip", range("bytes=999-"), true), SMALL, POLICY);
        assertEquals(Optional.empty(), field(beyond, "Repr-Digest"));
    }

    @Test
    void plan_page_isPatchedAndNeitherKeptNorRevalidated() {
        Lookup page = new Lookup.Templated(700, CSS, "NONCE");
        Plan plan = get(page, "br", new Conditions("\"x\"", null, "*", null, null, "bytes=0-1"));
        assertEquals(200, plan.status());
        assertEquals(new Body.Patched(700, "NONCE"), plan.body());
        assertEquals("""
                Content-Type: text/css;charset=utf-8
                Content-Length: 700
                X-Content-Type-Options: nosniff
                Cache-Control: no-store""", plan.fields().toString());
    }

    @Test
    void plan_pageMadeForItsAuthor_isWholeAndNeitherKeptNorRevalidated() {
        Lookup page = new Lookup.Made(700, CSS);
        Plan plan = get(page, "br", new Conditions("\"x\"", null, "*", null, null, "bytes=0-1"));
        assertEquals(200, plan.status());
        assertEquals(new Body.Made(700), plan.body());
        assertEquals("dev", plan.reason());
        assertEquals("""
                Content-Type: text/css;charset=utf-8
                Content-Length: 700
                X-Content-Type-Options: nosniff
                Cache-Control: no-store""", plan.fields().toString());
    }

    @Test
    void withPage_pageMadeForItsAuthor_isItsBody() {
        Plan plan = Planner.withPage(
                request(Method.GET, "br", Conditions.NONE, false),
                Planner.tooMany(7),
                new Lookup.Made(50, CSS),
                POLICY);
        assertEquals(429, plan.status());
        assertEquals(new Body.Made(50), plan.body());
        assertEquals(Optional.of("7"), field(plan, "Retry-After"));
        assertEquals(Optional.of("50"), field(plan, "Content-Length"));
    }

    @Test
    void live_byMethodAndOrigin_isAnsweredOrRefused() {
        assertEquals(
                new Body.Events(), Planner.live(Method.GET, CSS, null, false).body());
        assertEquals(
                new Body.Generated("x"),
                Planner.live(Method.GET, CSS, "x", false).body());
        assertEquals(
                new Body.None(), Planner.live(Method.HEAD, CSS, null, false).body());
        assertEquals(403, Planner.live(Method.GET, CSS, null, true).status());
        assertEquals(405, Planner.live(Method.POST, CSS, "x", false).status());
    }

    @Test
    void withPage_codedPage_isNegotiated() {
        Plan refusal = get(new Lookup.Missing("x"), "gzip");
        Plan plan = Planner.withPage(request(Method.GET, "gzip", Conditions.NONE, false), refusal, SMALL, POLICY);
        assertEquals(404, plan.status());
        assertEquals(new Body.FromRegion(0, 400), plan.body());
        assertEquals(ContentCoding.GZIP, plan.coding());
        assertEquals("""
                Content-Type: text/css;charset=utf-8
                Content-Length: 400
                Cache-Control: no-store
                X-Content-Type-Options: nosniff
                Content-Encoding: gzip
                Vary: Accept-Encoding""", plan.fields().toString());
    }

    @Test
    void withPage_pageThatFitsNoCodingOrIsStreamed_isTheRefusal() {
        Plan refusal = get(new Lookup.Missing("x"), "gzip");
        Request none = request(Method.GET, "identity;q=0, zstd", Conditions.NONE, false);
        assertEquals(refusal, Planner.withPage(none, refusal, SMALL, POLICY));
        Request streamed = request(Method.GET, "br", Conditions.NONE, false);
        assertEquals(refusal, Planner.withPage(streamed, refusal, STREAMED, POLICY));
    }

    @Test
    void withPage_templatedPage_isPatched() {
        Plan refusal = Planner.tooMany(7);
        Plan plan = Planner.withPage(
                request(Method.GET, "br", Conditions.NONE, false), refusal, new Lookup.Templated(50, CSS, "N"), POLICY);
        assertEquals(429, plan.status());
        assertEquals(new Body.Patched(50, "N"), plan.body());
        assertEquals(Optional.of("7"), field(plan, "Retry-After"));
        assertEquals(Optional.of("50"), field(plan, "Content-Length"));
    }

    @Test
    void unauthorized_realmWithQuotes_isQuoted() {
        assertEquals(
                Optional.of("Basic realm=\"a \\\"b\\\" \\\\c\", charset=\"UTF-8\""),
                field(Planner.unauthorized("a \"b\" \\c"), "WWW-Authenticate"));
        assertEquals(401, Planner.unauthorized("x").status());
    }

    @Test
    void plan_refusalsByTheLookup_haveTheirStatus() {
        assertEquals(400, get(new Lookup.Misframed("x"), "").status());
        assertEquals(400, get(new Lookup.Misdirected("x", true), "").status());
        assertEquals(421, get(new Lookup.Misdirected("x", false), "").status());
        assertEquals(410, get(new Lookup.Missing("x", 410), "").status());
        assertEquals(
                new Body.Generated("451\n"),
                get(new Lookup.Missing("x", 451), "").body());
    }

    @Test
    void plan_listing_isRevalidatedAndVariesByAccept() {
        Plan whole = get(new Lookup.Listing(CSS, "grün", HeaderFields.NONE), "");
        assertEquals(Optional.of("5"), field(whole, "Content-Length"));
        assertEquals(Optional.of("Accept"), field(whole, "Vary"));
        assertEquals(new Body.Generated("grün"), whole.body());
        Plan streamed = get(new Lookup.Listing(CSS, null, HeaderFields.NONE), "");
        assertEquals(Optional.empty(), field(streamed, "Content-Length"));
        assertEquals(new Body.Streamed(), streamed.body());
    }
}
