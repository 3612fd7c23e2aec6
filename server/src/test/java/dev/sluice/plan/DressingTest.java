package dev.sluice.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.sluice.http.HeaderFields;
import dev.sluice.http.MalformedPathException;
import dev.sluice.http.MediaType;
import dev.sluice.http.Method;
import dev.sluice.http.SitePath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DressingTest {
    private static final SitePath HOME = home();
    private static final String PLACEHOLDER = "__CSP_NONCE__";
    private static final Action.SetField CSP =
            new Action.SetField("Content-Security-Policy", "script-src 'nonce-__CSP_NONCE__' 'self'");

    private static SitePath home() {
        try {
            return SitePath.parse("/");
        } catch (MalformedPathException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Dressing dressing(String cacheControl, String disposition, Action.After... edits) {
        return new Dressing(List.of(edits), cacheControl, disposition, 0, null, List.of(), List.of());
    }

    private static Plan plan(int status, String reason) {
        HeaderFields fields = HeaderFields.builder()
                .add("Cache-Control", "planned")
                .add("X-Twice", "1")
                .add("X-Twice", "2")
                .build();
        return new Plan(status, fields, new Body.None(), reason);
    }

    private static Plan patched(String nonce) {
        return new Plan(200, HeaderFields.NONE, new Body.Patched(100, nonce), Reasons.TEMPLATE);
    }

    @ParameterizedTest
    @CsvSource({
        "200, small-body, ruled, true",
        "206, large-body, ruled, true",
        "304, not-modified, ruled, false",
        "204, options, planned, true",
        "308, redirect, planned, false",
        "404, missing, planned, false",
        "412, precondition, planned, false",
        "416, unsatisfiable-range, planned, false",
        "503, maintenance, planned, false",
        "200, template, planned, true",
    })
    void dress_status_decidesOnCacheControlAndDisposition(
            int status, String reason, String cacheControl, boolean disposition) {
        HeaderFields fields = dressing("ruled", "attachment")
                .dress(plan(status, reason), null, null)
                .fields();
        assertEquals(Optional.of(cacheControl), fields.get("Cache-Control"));
        assertEquals(disposition, fields.get("Content-Disposition").isPresent());
    }

    @Test
    void dress_noCacheControl_leavesThePlanned() {
        HeaderFields fields = dressing(null, null)
                .dress(plan(200, Reasons.SMALL_BODY), null, null)
                .fields();
        assertEquals(plan(200, "").fields(), fields);
    }

    @Test
    void dress_edits_areMadeInOrderWhateverTheStatus() {
        Dressing dressing = dressing(
                "ruled",
                null,
                new Action.SetField("x-twice", "3"),
                new Action.AddField("X-Added", "a"),
                new Action.AddField("X-Added", "b"),
                new Action.SetField("X-Gone", "1"),
                new Action.RemoveField("x-gone"),
                new Action.SetField("Cache-Control", "edited"));
        for (int status : new int[] {200, 304, 404, 503}) {
            assertEquals(
                    """
                    x-twice: 3
                    X-Added: a
                    X-Added: b
                    Cache-Control: edited""", dressing.dress(plan(status, ""), null, null).fields().toString());
        }
    }

    @Test
    void dress_anyPlan_keepsItsBodyStatusAndReason() {
        Plan plan = patched("N");
        Plan dressed = dressing("x", "y", CSP).dress(plan, null, null);
        assertSame(plan.body(), dressed.body());
        assertEquals(plan.status(), dressed.status());
        assertEquals(plan.reason(), dressed.reason());
        assertEquals(plan.coding(), dressed.coding());
    }

    @Test
    void dress_page_putsItsNonceIntoFields() {
        Dressing dressing = new Dressing(
                List.of(CSP),
                null,
                null,
                0,
                new Action.Template(PLACEHOLDER, Map.of()),
                List.of(PLACEHOLDER),
                List.of());
        assertEquals(
                Optional.of("script-src 'nonce-FRESH' 'self'"),
                dressing.dress(patched("FRESH"), null, null).fields().get("Content-Security-Policy"));
    }

    /** Whoever writes the placeholder's nonce on a script would be let in. */
    @ParameterizedTest
    @CsvSource({
        "script-src 'nonce-__CSP_NONCE__' 'self', script-src 'self'",
        "script-src 'nonce-__CSP_NONCE__', script-src",
        "script-src 'nonce-OTHER_PLACE__', script-src",
        "script-src 'nonce-own' 'self', script-src 'nonce-own' 'self'",
    })
    void dress_answerWithoutNonce_leavesTheExpressionOut(String policy, String sent) {
        Action.SetField field = new Action.SetField("Content-Security-Policy", policy);
        for (Action.Template template : new Action.Template[] {null, new Action.Template(PLACEHOLDER, Map.of())}) {
            Dressing dressing = new Dressing(
                    List.of(field), null, null, 0, template, List.of(PLACEHOLDER, "OTHER_PLACE__"), List.of());
            HeaderFields fields =
                    dressing.dress(plan(404, Reasons.MISSING), null, null).fields();
            assertEquals(Optional.of(sent), fields.get("Content-Security-Policy"));
        }
    }

    @Test
    void dress_cors_comesLast() {
        Cors cors = new Cors(List.of("*"), List.of("GET"), List.of(), List.of(), false, 0);
        HeaderFields fields = dressing(null, null, new Action.SetField("Access-Control-Allow-Origin", "mine"))
                .dress(plan(200, ""), cors, "https://a.example")
                .fields();
        assertEquals(Optional.of("*"), fields.get("Access-Control-Allow-Origin"));
    }

    @ParameterizedTest
    @CsvSource({
        "app.3f2a91c8.js, application/javascript, true",
        "app-3f2a91c8.css, text/css, true",
        "chunk.vendor.0123456789abcdef.js, text/javascript, true",
        "logo.3f2a91c8d4.svg, image/svg+xml, true",
        "app.3f2a91c8.js.map, application/json, true",
        "font-5f3a9c21.woff2, font/woff2, true",
        "app.3f2a91c8.html, text/html, false",
        "app.3f2a91c.js, text/javascript, false",
        "app.20240131.js, text/javascript, false",
        "app.deadbeef.js, text/javascript, false",
        "app.3F2A91C8.js, text/javascript, false",
        "3f2a91c8.js, text/javascript, false",
        "app3f2a91c8.js, text/javascript, false",
        "app.3f2a91c8, application/octet-stream, false",
        "app.3f2a91cg.js, text/javascript, false",
        "report-2024-q1.pdf, application/pdf, false",
        "jquery-3.7.1.min.js, text/javascript, false",
        "photo-12345678.jpg, image/jpeg, false",
        "facade-decade.css, text/css, false",
        "'', text/plain, false",
    })
    void fingerprint_fileName_isToldFromWhatPeopleWrite(String name, String type, boolean fingerprint) {
        MediaType media = new MediaType(type, false);
        assertEquals(fingerprint, Fingerprint.in(name, media));
        String cacheControl = Rules.NONE.after(Method.GET, HOME, name, media).cacheControl();
        assertEquals(fingerprint ? "public, max-age=31536000, immutable" : null, cacheControl);
    }

    /** What a password guards no shared cache may keep (RFC 9111 §3.5). */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "app.3f2a91c8.js, -, 'private, max-age=31536000, immutable'",
                "app.js, -, 'private, no-cache'",
                "app.js, 'public, max-age=60', 'public, max-age=60'",
            })
    void after_guardedFile_isKeptByNoSharedCacheUnlessARuleSaysSo(String name, String ruled, String cacheControl) {
        List<Action> actions = ruled == null
                ? List.of(new Action.Authenticate("r"))
                : List.of(new Action.Authenticate("r"), new Action.CacheControl(ruled));
        Rules rules = new Rules(List.of(new Rule(Match.ALL, actions)));
        assertEquals(
                cacheControl,
                rules.after(Method.GET, HOME, name, MediaType.PLAIN_TEXT).cacheControl());
    }

    @Test
    void fingerprint_ofAFileThatIsNotThere_countsForNothing() {
        Dressing dressing = Rules.NONE.after(Method.GET, HOME, "app.3f2a91c8.js", null);
        assertEquals(null, dressing.cacheControl());
        assertFalse(dressing.bytesPerSecond() > 0);
    }
}
