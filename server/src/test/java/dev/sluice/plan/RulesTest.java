package dev.sluice.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.http.CaptureTemplate;
import dev.sluice.http.Glob;
import dev.sluice.http.MalformedPathException;
import dev.sluice.http.MediaType;
import dev.sluice.http.Method;
import dev.sluice.http.SitePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RulesTest {
    private static final MediaType TEXT = MediaType.PLAIN_TEXT;

    private static SitePath path(String raw) {
        try {
            return SitePath.parse(raw);
        } catch (MalformedPathException e) {
            throw new IllegalArgumentException(raw, e);
        }
    }

    private static Rule on(String glob, Action... actions) {
        return new Rule(new Match(List.of(Glob.compile(glob)), Set.of(), Set.of(), List.of()), List.of(actions));
    }

    private static Rule always(Action... actions) {
        return new Rule(Match.ALL, List.of(actions));
    }

    private static Action.Redirect redirect(int status, String origin, String to, int captures) {
        return new Action.Redirect(status, new RedirectTarget(origin, CaptureTemplate.parse(to, captures)));
    }

    private static Action.Rewrite rewrite(String to, int captures) {
        return new Action.Rewrite(CaptureTemplate.parse(to, captures));
    }

    private static Entrance before(String path, Rule... rules) {
        return new Rules(List.of(rules)).before(Method.GET, path(path));
    }

    private static Dressing after(String path, MediaType type, Rule... rules) {
        SitePath asked = path(path);
        return new Rules(List.of(rules)).after(Method.GET, asked, asked.name(), type);
    }

    private static Optional<String> location(Entrance entrance) {
        assertNotNull(entrance.end());
        return entrance.end().fields().get("Location");
    }

    @Test
    void before_noRules_leavesEverythingAsItIs() {
        Entrance entrance = Rules.NONE.before(Method.GET, path("/a/b"));
        assertEquals(new Entrance(path("/a/b"), List.of(), null, null, List.of()), entrance);
        assertTrue(entrance.open());
    }

    @Test
    void before_severalMatch_appliesThemInOrder() {
        Entrance entrance = before(
                "/a/b",
                on("/a/**", new Action.Authenticate("one")),
                on("/x", new Action.Deny(403)),
                always(new Action.LimitRate()),
                on("/a/b", new Action.Authenticate("two")));
        assertEquals(
                List.of(new Gate.Password(0, "one"), new Gate.Rate(2), new Gate.Password(3, "two")), entrance.gates());
        assertEquals(List.of(0, 2, 3), entrance.rules());
        assertNull(entrance.end());
        assertFalse(entrance.open());
    }

    @Test
    void before_severalShare_theLastWins() {
        Cors first = new Cors(List.of("*"), List.of(), List.of(), List.of(), false, 0);
        Cors last = new Cors(List.of("https://a.example"), List.of(), List.of(), List.of(), false, 0);
        Entrance entrance = before("/a", always(new Action.Share(first)), always(new Action.Share(last)));
        assertEquals(last, entrance.cors());
        assertFalse(entrance.open());
        assertTrue(before("/a", always(new Action.Share(first))).open());
    }

    @Test
    void before_rewrite_changesThePathForTheRulesBehindItAlone() {
        Entrance entrance = before(
                "/v2/doc",
                on("/doc/**", new Action.Deny(403)),
                on("/v2/*", rewrite("/doc/two/$1", 1)),
                on("/v2/**", new Action.Deny(410)),
                on("/doc/**", new Action.Authenticate("docs")));
        assertEquals(path("/doc/two/doc"), entrance.path());
        assertNull(entrance.end());
        assertEquals(List.of(new Gate.Password(3, "docs")), entrance.gates());
        assertEquals(List.of(1, 3), entrance.rules());
    }

    @Test
    void before_rewriteTwice_goesOnFromTheFirst() {
        Entrance entrance = before("/a/x", on("/a/*", rewrite("/b/$1", 1)), on("/b/*", rewrite("/c/$1", 1)));
        assertEquals(path("/c/x"), entrance.path());
    }

    @ParameterizedTest
    @CsvSource({
        "/v/.., /",
        "/v/, /d/",
        "/v/%2e%2e/x, /x",
        "/v/a%20b, /d/a%20b",
        "/v/%3Fq, /d/%3Fq",
        "/v/%25, /d/%25",
        "/v/a/../../../b, /b",
        "/v//x, /d/x",
    })
    void before_rewriteWithOddCaptures_isParsedAnew(String asked, String found) {
        Entrance entrance = before(asked, on("/v/**", rewrite("/d/$1", 1)));
        assertEquals(path(found).encoded(), entrance.path().encoded());
        assertNull(entrance.end());
    }

    @ParameterizedTest
    @CsvSource({"301", "302", "307", "308"})
    void before_redirect_endsTheWalk(int status) {
        Entrance entrance =
                before("/old/x", on("/old/*", redirect(status, "", "/new/$1", 1)), always(new Action.Deny(403)));
        assertEquals(status, entrance.end().status());
        assertEquals(Optional.of("/new/x"), location(entrance));
        assertEquals(Optional.of("0"), entrance.end().fields().get("Content-Length"));
        assertEquals(new Body.None(), entrance.end().body());
        assertEquals(Reasons.RULE_REDIRECT, entrance.end().reason());
        assertEquals(List.of(0), entrance.rules());
    }

    @ParameterizedTest
    @CsvSource({
        "/**, /$1, /%2Fevil, /evil",
        "/**, $1, //evil.example, evil.example",
        "/x**, $1, /x//evil.example, /evil.example",
        "/x**, $1, /x/%2F/evil.example, /evil.example",
        "/x**, $1, /x/%5Cevil.example, /%5Cevil.example",
        "/x/**, /$1, /x/%5C%5Cevil.example, /%5C%5Cevil.example",
        "/x/**, //$1, /x/evil.example, /evil.example",
        "/x/**, /\\$1, /x/evil.example, \\evil.example",
        "/x/**, /a/$1, /x/b?q, /a/b",
        "/x/**, /a?q=$1, /x/b%26c, /a?q=b&c",
        "/x/*/*, /$2/$1/$2, /x/a/b, /b/a/b",
        "/x/*, /$$1, /x/a, /$1",
        "/x/*, /a/$1, /x/%0D%0A, -",
        "/x/**, /a/$1, /x/%C3%A9%23, /a/%C3%A9%23",
    })
    void redirect_captures_areEncodedAndStayOnTheHost(String glob, String to, String asked, String location) {
        Optional<SitePath> parsed = Optional.of(asked.split("[?]", 2)[0]).flatMap(RulesTest::parsed);
        if (location.equals("-")) {
            assertEquals(Optional.empty(), parsed);
            return;
        }
        Rules rules = new Rules(
                List.of(on(glob, redirect(308, "", to, Glob.compile(glob).captureCount()))));
        assertEquals(Optional.of(location), location(rules.before(Method.GET, parsed.orElseThrow())));
    }

    private static Optional<SitePath> parsed(String raw) {
        try {
            return Optional.of(SitePath.parse(raw));
        } catch (MalformedPathException e) {
            return Optional.empty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/x/evil.example, https://good.example/evil.example",
        "/x/%40evil.example, https://good.example/@evil.example",
        "/x/:1%40evil.example, https://good.example/:1@evil.example",
        "/x//evil.example, https://good.example/evil.example",
    })
    void redirect_toAnOrigin_noCaptureReachesTheHost(String asked, String location) {
        Entrance entrance = before(asked, on("/x/**", redirect(301, "https://good.example", "/$1", 1)));
        assertEquals(Optional.of(location), location(entrance));
    }

    @ParameterizedTest
    @CsvSource({
        "/new, '', /new",
        "/new, a=b&c, /new?a=b&c",
        "/new?x=1, a=b, /new?x=1",
    })
    void keepingQuery_redirect_takesItAlongUnlessItHasItsOwn(String to, String query, String location) {
        Plan end = before("/old", always(redirect(308, "", to, 0))).end();
        assertEquals(Optional.of(location), end.keepingQuery(query).fields().get("Location"));
        assertEquals(end.fields().size(), end.keepingQuery(query).fields().size());
    }

    @Test
    void keepingQuery_noRedirect_changesNothing() {
        Plan end = before("/old", always(new Action.Deny(410))).end();
        assertEquals(end, end.keepingQuery("a=b"));
    }

    @ParameterizedTest
    @CsvSource({"403, denied", "404, denied", "410, denied"})
    void before_deny_refuses(int status, String reason) {
        Entrance entrance = before("/x", always(new Action.Deny(status)), always(redirect(308, "", "/y", 0)));
        assertEquals(status, entrance.end().status());
        assertEquals(reason, entrance.end().reason());
        assertEquals(Optional.of("no-store"), entrance.end().fields().get("Cache-Control"));
        assertFalse(entrance.open());
    }

    /** What is denied by 404 is not to be told from what is missing. */
    @Test
    void before_denyBy404_saysWhatAMissingFileSays() {
        Plan missing = Planner.plan(
                new Request(Method.GET, java.time.Instant.EPOCH, Conditions.NONE),
                new Lookup.Missing("missing"),
                new Policy(0));
        Plan denied = before("/x", always(new Action.Deny(404))).end();
        assertEquals(missing.fields(), denied.fields());
        assertEquals(missing.body(), denied.body());
    }

    @Test
    void before_maintenance_is503WithRetryAfter() {
        Plan end = before("/x", always(new Action.Maintenance(600))).end();
        assertEquals(503, end.status());
        assertEquals(Optional.of("600"), end.fields().get("Retry-After"));
        assertEquals(Reasons.MAINTENANCE, end.reason());
    }

    @Test
    void before_gatesAheadOfAnEnd_areKept() {
        Entrance entrance = before("/x", always(new Action.Authenticate("r"), new Action.Maintenance(1)));
        assertEquals(List.of(new Gate.Password(0, "r")), entrance.gates());
        assertEquals(503, entrance.end().status());
    }

    @Test
    void before_endInARule_skipsItsLaterActions() {
        Entrance entrance = before("/x", always(new Action.Deny(403), new Action.Authenticate("r")));
        assertEquals(List.of(), entrance.gates());
    }

    @Test
    void before_globsWithUnlikeWildcards_shareTheCapturesThatAllHave() {
        Match match = new Match(List.of(Glob.compile("/a/*/*"), Glob.compile("/b/*")), Set.of(), Set.of(), List.of());
        assertEquals(1, match.captureCount());
        Rules rules = new Rules(List.of(new Rule(match, List.of(redirect(308, "", "/all/$1", 1)))));
        assertEquals(Optional.of("/all/x"), location(rules.before(Method.GET, path("/a/x/y"))));
        assertEquals(Optional.of("/all/z"), location(rules.before(Method.GET, path("/b/z"))));
    }

    @Test
    void after_fields_accumulateInOrder() {
        Dressing dressing = after(
                "/a/f.txt",
                TEXT,
                always(new Action.SetField("X", "1"), new Action.AddField("Y", "a")),
                on("/a/**", new Action.SetField("X", "2")),
                on("/b/**", new Action.SetField("X", "3")),
                always(new Action.RemoveField("Z")));
        assertEquals(
                List.of(
                        new Action.SetField("X", "1"),
                        new Action.AddField("Y", "a"),
                        new Action.SetField("X", "2"),
                        new Action.RemoveField("Z")),
                dressing.edits());
        assertEquals(List.of(0, 1, 3), dressing.rules());
    }

    @Test
    void after_sameThingTwice_theLaterWins() {
        Dressing dressing = after(
                "/f.txt",
                TEXT,
                always(
                        new Action.CacheControl("one"),
                        new Action.Download("one"),
                        new Action.LimitBandwidth(1),
                        new Action.Template("one", Map.of())),
                always(
                        new Action.CacheControl("two"),
                        new Action.Download(null),
                        new Action.LimitBandwidth(2),
                        new Action.Template("two", Map.of("A", "a"))));
        assertEquals("two", dressing.cacheControl());
        assertEquals("attachment; filename=\"f.txt\"", dressing.disposition());
        assertEquals(2, dressing.bytesPerSecond());
        assertEquals(new Action.Template("two", Map.of("A", "a")), dressing.template());
        assertEquals(List.of("one", "two"), dressing.noncePlaceholders());
    }

    @Test
    void after_rewrite_showsTheRulesBehindItTheOtherPath() {
        Dressing dressing = after(
                "/v2/f.txt",
                TEXT,
                on("/doc/**", new Action.SetField("X", "early")),
                on("/v2/*", rewrite("/doc/$1", 1), new Action.SetField("X", "rewriter")),
                on("/v2/**", new Action.SetField("X", "old")),
                on("/doc/**", new Action.SetField("X", "late")));
        assertEquals(List.of(new Action.SetField("X", "rewriter"), new Action.SetField("X", "late")), dressing.edits());
    }

    @Test
    void after_rulesBehindAnEnd_stillDressTheRefusal() {
        Dressing dressing = after("/f.txt", null, always(new Action.Deny(403)), always(new Action.SetField("X", "1")));
        assertEquals(List.of(new Action.SetField("X", "1")), dressing.edits());
    }

    @Test
    void new_typeWithAnActionBeforeTheLookup_isRefused() {
        Match html = new Match(List.of(), Set.of(), Set.of(), List.of("text/html"));
        List<Action> before = new ArrayList<>(List.of(
                new Action.Deny(403),
                new Action.Authenticate("r"),
                new Action.LimitRate(),
                new Action.Maintenance(1),
                rewrite("/x", 0),
                redirect(308, "", "/x", 0)));
        for (Action action : before) {
            assertThrows(IllegalArgumentException.class, () -> new Rule(html, List.of(action)));
        }
        assertEquals(
                1, new Rule(html, List.of(new Action.Download(null))).actions().size());
    }

    @ParameterizedTest
    @CsvSource({
        "one, one, false",
        "one two, one, false",
        "'', one, true",
        "one, one two, true",
        "one, '', false",
    })
    void guardedBeyond_otherEntrance_unlessThatAsksForTheSamePasswords(String other, String here, boolean guarded) {
        assertEquals(guarded, gated(here, null).guardedBeyond(gated(other, null)));
    }

    @Test
    void guardedBeyond_denied_always() {
        Plan denied = before("/x", always(new Action.Deny(404))).end();
        Plan redirected = before("/x", always(redirect(308, "", "/y", 0))).end();
        assertTrue(gated("one", denied).guardedBeyond(gated("one", null)));
        assertFalse(gated("one", redirected).guardedBeyond(gated("one", null)));
    }

    private static Entrance gated(String realms, Plan end) {
        List<Gate> gates = new ArrayList<>(List.of(new Gate.Rate(9)));
        for (String realm : realms.split(" ", -1)) {
            if (!realm.isEmpty()) {
                gates.add(new Gate.Password(realm.length(), realm));
            }
        }
        return new Entrance(path("/"), gates, end, null, List.of());
    }
}
