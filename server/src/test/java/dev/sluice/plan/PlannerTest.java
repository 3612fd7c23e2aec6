package dev.sluice.plan;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.http.EntityTag;
import dev.sluice.http.MediaType;
import dev.sluice.http.Method;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class PlannerTest {
    private static final Instant MODIFIED = Instant.parse("2026-03-05T10:20:30.789Z");
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00.5Z");
    private static final Policy POLICY = new Policy(1000, 1_000_000);
    private static final EntityTag TAG = new EntityTag(false, "v1");
    private static final MediaType HTML = new MediaType("text/html", true);
    private static final MediaType PNG = new MediaType("image/png", false);
    private static final Lookup SMALL = found(1000, PNG);
    private static final Lookup LARGE = found(1001, PNG);

    @Test
    void plan_smallFile_isWholeFromARegion() {
        Plan plan = get(SMALL);
        assertEquals("""
                Content-Type: image/png
                Content-Length: 1000
                X-Content-Type-Options: nosniff
                Accept-Ranges: bytes
                ETag: "v1"
                Last-Modified: Thu, 05 Mar 2026 10:20:30 GMT
                Cache-Control: max-age=0, must-revalidate""", plan.fields().toString());
        assertPlan(200, new Body.FromRegion(0, 1000), Reasons.SMALL_BODY, plan);
    }

    @Test
    void plan_largeFile_isWholeFromTheFile() {
        assertPlan(200, new Body.FromFile(0, 1001), Reasons.LARGE_BODY, get(LARGE));
    }

    @Test
    void plan_largeFileInAnArchive_isInflatedOrSentAsItLiesThere() {
        Lookup deflated = packed(1_000_000, Lookup.Packing.DEFLATED);
        assertPlan(200, new Body.Inflated(0, 1_000_000), Reasons.INFLATED, get(deflated));
        assertPlan(206, new Body.Inflated(10, 10), Reasons.INFLATED, get(deflated, range("bytes=10-19")));
        Body.Multipart parts =
                (Body.Multipart) get(deflated, range("bytes=0-1,10-11")).body();
        assertEquals(Body.Origin.ARCHIVE, parts.origin());
        Lookup stored = packed(1_000_000, Lookup.Packing.STORED);
        assertPlan(200, new Body.FromFile(0, 1_000_000), Reasons.LARGE_BODY, get(stored));
        Lookup small = packed(1000, Lookup.Packing.DEFLATED);
        assertPlan(200, new Body.FromRegion(0, 1000), Reasons.SMALL_BODY, get(small));
    }

    private static Lookup packed(long length, Lookup.Packing packing) {
        return new Lookup.Found(List.of(representation(length, PNG)), length, Set.of(), packing);
    }

    @Test
    void plan_hugeFile_isReadPastThePageCacheWhateverIsAskedOfIt() {
        Lookup huge = found(1_000_000, PNG);
        assertPlan(200, new Body.FromDisk(0, 1_000_000), Reasons.HUGE_BODY, get(huge));
        assertPlan(206, new Body.FromDisk(10, 10), Reasons.HUGE_BODY, get(huge, range("bytes=10-19")));
        Body.Multipart parts =
                (Body.Multipart) get(huge, range("bytes=0-1,10-11")).body();
        assertEquals(Body.Origin.DISK, parts.origin());
    }

    @Test
    void plan_justBelowHuge_isSentFromTheFile() {
        assertPlan(200, new Body.FromFile(0, 999_999), Reasons.LARGE_BODY, get(found(999_999, PNG)));
    }

    @Test
    void plan_policyWithoutHugeFiles_sendsFromTheFile() {
        Request request = new Request(Method.GET, NOW, Conditions.NONE);
        Plan plan = Planner.plan(request, found(Long.MAX_VALUE, PNG), new Policy(1000));
        assertPlan(200, new Body.FromFile(0, Long.MAX_VALUE), Reasons.LARGE_BODY, plan);
    }

    @Test
    void plan_emptyFile_hasNoBody() {
        Plan plan = get(found(0, PNG));
        assertPlan(200, new Body.None(), Reasons.EMPTY_BODY, plan);
        assertEquals(Optional.of("0"), plan.fields().get("Content-Length"));
    }

    @Test
    void plan_page_isRevalidatedEachTime() {
        Plan plan = get(found(10, HTML));
        assertEquals(Optional.of("no-cache"), plan.fields().get("Cache-Control"));
        assertEquals(Optional.of("text/html;charset=utf-8"), plan.fields().get("Content-Type"));
    }

    @ParameterizedTest
    @CsvSource({"1000, true", "1001, false"})
    void plan_oneRange_isPartialByTheSizeOfTheWhole(long length, boolean region) {
        Plan plan = get(found(length, PNG), range("bytes=10-19"));
        assertPlan(
                206,
                region ? new Body.FromRegion(10, 10) : new Body.FromFile(10, 10),
                region ? Reasons.SMALL_BODY : Reasons.LARGE_BODY,
                plan);
        assertEquals("""
                Content-Type: image/png
                Content-Length: 10
                X-Content-Type-Options: nosniff
                Accept-Ranges: bytes
                Content-Range: bytes 10-19/%d
                ETag: "v1"
                Last-Modified: Thu, 05 Mar 2026 10:20:30 GMT
                Cache-Control: max-age=0, must-revalidate""".formatted(length), plan.fields().toString());
    }

    @Test
    void plan_rangesThatMelt_areOnePart() {
        assertPlan(206, new Body.FromRegion(0, 20), Reasons.SMALL_BODY, get(SMALL, range("bytes=10-19,0-9")));
    }

    @Test
    void plan_severalRanges_areParts() {
        Plan plan = get(LARGE, range("bytes=0-1,10-11"));
        Body.Multipart body = (Body.Multipart) plan.body();
        assertPlan(206, body, Reasons.SEVERAL_RANGES, plan);
        assertFalse(body.inRegion());
        assertEquals(Optional.empty(), plan.fields().get("Content-Range"));
        String type = plan.fields().get("Content-Type").orElseThrow();
        String boundary = type.substring("multipart/byteranges; boundary=".length());
        assertEquals("""
                --B
                Content-Type: image/png
                Content-Range: bytes 0-1/1001

                <0-1>
                --B
                Content-Type: image/png
                Content-Range: bytes 10-11/1001

                <10-11>
                --B--
                """, text(body).replace(boundary, "B").replace("\r\n", "\n"));
        assertEquals(
                Long.toString(body.length()),
                plan.fields().get("Content-Length").orElseThrow());
        assertEquals(body.length(), text(body).replaceAll("<[0-9-]*>", "").length() + 4);
    }

    private static String text(Body.Multipart body) {
        StringBuilder text = new StringBuilder();
        for (Body.Part part : body.parts()) {
            text.append(part.head())
                    .append('<')
                    .append(part.range().first())
                    .append('-')
                    .append(part.range().last())
                    .append('>');
        }
        return text.append(body.closing()).toString();
    }

    @Test
    void plan_severalRangesOfASmallFile_comeFromTheRegion() {
        Body.Multipart body = (Body.Multipart) get(SMALL, range("bytes=-1,0-0")).body();
        assertTrue(body.inRegion());
        assertEquals(
                List.of(999L, 0L),
                body.parts().stream().map(part -> part.range().first()).toList());
    }

    @Test
    void plan_unsatisfiableRange_tellsTheLength() {
        Plan plan = get(SMALL, range("bytes=1000-"));
        assertRefusal(416, Reasons.UNSATISFIABLE_RANGE, plan);
        assertEquals(Optional.of("bytes */1000"), plan.fields().get("Content-Range"));
    }

    @ParameterizedTest
    @CsvSource({"items=0-1", "bytes=2-1", "garbage"})
    void plan_ignoredRange_isWhole(String range) {
        assertPlan(200, new Body.FromRegion(0, 1000), Reasons.SMALL_BODY, get(SMALL, range(range)));
    }

    @Test
    void plan_ifRangeOfAnother_isWhole() {
        Conditions conditions = new Conditions(null, null, null, null, "\"v2\"", "bytes=1000-");
        assertPlan(200, new Body.FromRegion(0, 1000), Reasons.SMALL_BODY, get(SMALL, conditions));
    }

    @Test
    void plan_notModified_carriesValidatorsOnly() {
        Plan plan = get(SMALL, new Conditions(null, null, "W/\"v1\"", null, null, "bytes=0-1"));
        assertPlan(304, new Body.None(), Reasons.NOT_MODIFIED, plan);
        assertEquals("""
                ETag: "v1"
                Last-Modified: Thu, 05 Mar 2026 10:20:30 GMT
                Cache-Control: max-age=0, must-revalidate""", plan.fields().toString());
    }

    @Test
    void plan_failedPrecondition_isRefusedBeforeRanges() {
        Plan plan = get(SMALL, new Conditions("\"v2\"", null, null, null, null, "bytes=1000-"));
        assertRefusal(412, Reasons.PRECONDITION, plan);
    }

    @Test
    void plan_preconditionsOnMissing_areNotEvaluated() {
        Conditions conditions = new Conditions("\"v2\"", null, "*", null, null, "bytes=0-1");
        assertRefusal(404, Reasons.MISSING, get(new Lookup.Missing("no-file"), conditions));
    }

    @Test
    void withPage_missing_sendsItWithoutValidators() {
        Plan plan = withPage(get(new Lookup.Missing("no-file")), found(2000, HTML));
        assertPlan(404, new Body.FromFile(0, 2000), Reasons.MISSING, plan);
        assertEquals("""
                Content-Type: text/html;charset=utf-8
                Content-Length: 2000
                Cache-Control: no-store
                X-Content-Type-Options: nosniff""", plan.fields().toString());
    }

    @Test
    void withPage_refusalWithFieldsOfItsOwn_keepsThem() {
        Plan plan = withPage(get(new Lookup.Unavailable("busy")), found(10, HTML));
        assertEquals(503, plan.status());
        assertEquals(Optional.of("1"), plan.fields().get("Retry-After"));
        assertEquals(Optional.of("10"), plan.fields().get("Content-Length"));
    }

    @Test
    void withPage_noPage_isTheRefusal() {
        Plan refusal = get(new Lookup.Missing("no-file"));
        assertEquals(refusal, withPage(refusal, new Lookup.Missing("no page either")));
    }

    private static Plan withPage(Plan refusal, Lookup page) {
        return Planner.withPage(new Request(Method.GET, NOW, Conditions.NONE), refusal, page, POLICY);
    }

    @Test
    void plan_redirect_pointsThereWithoutBody() {
        Plan plan = get(new Lookup.Redirect("dir/?q=1"));
        assertPlan(308, new Body.None(), Reasons.REDIRECT, plan);
        assertEquals(
                "Location: dir/?q=1\nContent-Length: 0\nCache-Control: no-cache",
                plan.fields().toString());
    }

    @Test
    void plan_faults_haveTheirStatus() {
        assertRefusal(400, Reasons.REJECTED, get(new Lookup.Rejected("<script>")));
        assertRefusal(404, Reasons.MISSING, get(new Lookup.Missing("hidden")));
        assertRefusal(500, Reasons.FAILED, get(new Lookup.Failed("/srv/secret: I/O error")));
        Plan busy = get(new Lookup.Unavailable("too many open files"));
        assertRefusal(503, Reasons.UNAVAILABLE, busy);
        assertEquals(Optional.of("1"), busy.fields().get("Retry-After"));
    }

    @Test
    void plan_lookupReason_neverReachesTheClient() {
        List<Lookup> lookups = List.of(
                new Lookup.Rejected("SECRET"),
                new Lookup.Missing("SECRET"),
                new Lookup.Failed("SECRET"),
                new Lookup.Unavailable("SECRET"));
        for (Lookup lookup : lookups) {
            assertFalse(get(lookup).toString().contains("SECRET"), lookup::toString);
        }
    }

    static List<Lookup> everyLookup() {
        return List.of(
                SMALL,
                LARGE,
                found(0, HTML),
                new Lookup.Redirect("a/"),
                new Lookup.Missing("no-file"),
                new Lookup.Rejected("x"),
                new Lookup.Unavailable("x"),
                new Lookup.Failed("x"));
    }

    @ParameterizedTest
    @MethodSource("everyLookup")
    void plan_head_isGetWithoutBody(Lookup lookup) {
        Plan head = plan(Method.HEAD, lookup, range("bytes=5000-"));
        Plan get = get(lookup);
        assertEquals(new Body.None(), head.body());
        assertEquals(get.status(), head.status());
        assertEquals(get.fields(), head.fields());
        assertEquals(get.status() == 200 ? Reasons.HEAD : get.reason(), head.reason());
    }

    @Test
    void plan_futureModification_isShownAsNow() {
        Instant future = NOW.plusSeconds(3600);
        Lookup lookup = new Lookup.Found(new Representation(5, TAG, future, PNG));
        Plan plan = get(lookup);
        assertEquals(Optional.of("Wed, 01 Jul 2026 12:00:00 GMT"), plan.fields().get("Last-Modified"));
        Conditions sinceThen = new Conditions(null, null, null, "Wed, 01 Jul 2026 12:30:00 GMT", null, null);
        assertEquals(304, get(lookup, sinceThen).status());
        Conditions sinceBefore = new Conditions(null, null, null, "Wed, 01 Jul 2026 11:59:59 GMT", null, null);
        assertEquals(200, get(lookup, sinceBefore).status());
    }

    @Test
    void plan_undated_sendsNoLastModified() {
        Lookup lookup = new Lookup.Found(new Representation(5, TAG, null, PNG));
        assertEquals(Optional.empty(), get(lookup).fields().get("Last-Modified"));
    }

    @Test
    void representation_inexpressibleDate_isDropped() {
        assertEquals(null, new Representation(5, TAG, Instant.MAX, PNG).lastModified());
        assertEquals(null, new Representation(5, TAG, Instant.MIN, PNG).lastModified());
        assertEquals(Instant.parse("2026-03-05T10:20:30Z"), new Representation(5, TAG, MODIFIED, PNG).lastModified());
    }

    @Test
    void new_negativeNumbers_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Policy(-1));
        assertThrows(IllegalArgumentException.class, () -> new Policy(1, -1));
        assertThrows(IllegalArgumentException.class, () -> new Body.FromDisk(0, 0));
        assertThrows(IllegalArgumentException.class, () -> new Body.Inflated(0, 0));
        assertThrows(IllegalArgumentException.class, () -> representation(-1, PNG));
        assertThrows(IllegalArgumentException.class, () -> new Body.FromFile(-1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Body.FromRegion(0, 0));
    }

    @ParameterizedTest
    @EnumSource
    void withoutLookup_everyMethod_isServedOrRefused(Method method) {
        Optional<Plan> plan = Planner.withoutLookup(method);
        switch (method) {
            case GET, HEAD -> assertEquals(Optional.empty(), plan);
            case OPTIONS -> {
                assertPlan(204, new Body.None(), Reasons.OPTIONS, plan.orElseThrow());
                assertEquals(
                        "Allow: GET, HEAD, OPTIONS", plan.orElseThrow().fields().toString());
            }
            case UNKNOWN -> assertRefusal(501, Reasons.METHOD, plan.orElseThrow());
            default -> {
                assertRefusal(405, Reasons.METHOD, plan.orElseThrow());
                assertEquals(
                        Optional.of("GET, HEAD, OPTIONS"),
                        plan.orElseThrow().fields().get("Allow"));
            }
        }
        plan.ifPresent(answer -> assertEquals(answer, plan(method, SMALL, Conditions.NONE)));
    }

    private static void assertPlan(int status, Body body, String reason, Plan plan) {
        assertAll(
                () -> assertEquals(status, plan.status()),
                () -> assertEquals(body, plan.body()),
                () -> assertEquals(reason, plan.reason()));
    }

    private static void assertRefusal(int status, String reason, Plan plan) {
        assertEquals(status, plan.status());
        assertEquals(reason, plan.reason());
        String text = ((Body.Generated) plan.body()).text();
        assertTrue(text.matches(status + " [A-Z][A-Za-z ]+: [^\n]+\n"), text);
        assertAll(
                () -> assertEquals(Optional.of("no-store"), plan.fields().get("Cache-Control")),
                () -> assertEquals(
                        Optional.of("text/plain;charset=utf-8"), plan.fields().get("Content-Type")),
                () -> assertEquals(Optional.of("nosniff"), plan.fields().get("X-Content-Type-Options")),
                () -> assertEquals(
                        Optional.of(String.valueOf(text.getBytes(StandardCharsets.UTF_8).length)),
                        plan.fields().get("Content-Length")));
    }

    private static Conditions range(String value) {
        return new Conditions(null, null, null, null, null, value);
    }

    private static Plan get(Lookup lookup) {
        return get(lookup, Conditions.NONE);
    }

    private static Plan get(Lookup lookup, Conditions conditions) {
        return plan(Method.GET, lookup, conditions);
    }

    private static Plan plan(Method method, Lookup lookup, Conditions conditions) {
        return Planner.plan(new Request(method, NOW, conditions), lookup, POLICY);
    }

    private static Lookup found(long length, MediaType type) {
        return new Lookup.Found(representation(length, type));
    }

    private static Representation representation(long length, MediaType type) {
        return new Representation(length, TAG, MODIFIED, type);
    }
}
