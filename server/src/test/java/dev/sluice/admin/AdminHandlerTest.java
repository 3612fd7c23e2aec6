package dev.sluice.admin;

import static dev.sluice.ledger.SampleServed.sample;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.ledger.Feed;
import dev.sluice.ledger.IoPath;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.SampleServed;
import io.restassured.specification.RequestSpecification;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.ResponseCodeHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminHandlerTest {
    private static final Instant STARTED = Instant.parse("2026-01-02T03:04:05Z");

    /** One server for all tests; each puts its own handler behind it. */
    private static final AtomicReference<HttpHandler> handler = new AtomicReference<>(ResponseCodeHandler.HANDLE_404);

    private static final Undertow server = Undertow.builder()
            .addHttpListener(0, "127.0.0.1", exchange -> handler.get().handleRequest(exchange))
            .build();

    private static int port;

    private final Ledger ledger = new Ledger(2_048, served -> {});
    private final AtomicBoolean ready = new AtomicBoolean(true);
    private final RecordedCache cache = new RecordedCache();
    private ReloadPort.Outcome reloaded = new ReloadPort.NothingToRead();
    private Supplier<Object> configuration = () -> Map.of("cache", Map.of("memory", "64MiB"));

    @BeforeAll
    static void start() {
        server.start();
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        port = address.getPort();
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @Test
    void stats_variousRecords_haveTheFieldsOfTheContract() {
        serve(sample().status(200).observed(IoPath.MMAP).bytes(750));
        serve(sample().status(200)
                .observed(IoPath.COPY)
                .fallback("tls")
                .bytes(250)
                .userCopiedBytes(250)
                .contentCoding("br"));
        serve(sample().status(304).observed(IoPath.NONE).bytes(0));
        ledger.began();
        ledger.connectionOpened();
        ledger.connectionOpened();
        ledger.connectionClosed();

        admin(null)
                .get("/api/stats")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .body("server.version", equalTo("1.2.3"))
                .body("server.pid", equalTo(42))
                .body("server.startedAt", equalTo("2026-01-02T03:04:05Z"))
                .body("server.uptimeSeconds", greaterThanOrEqualTo(0))
                .body("requests.total", equalTo(3))
                .body("requests.active", equalTo(1))
                .body("requests.status", equalTo(Map.of("200", 2, "304", 1)))
                .body("connections", equalTo(Map.of("open", 1, "accepted", 2, "refused", 0)))
                .body("ioPaths.keySet()", contains("mmap", "sendfile", "direct", "cow", "copy", "none"))
                .body("ioPaths.mmap", equalTo(Map.of("requests", 1, "bytes", 750, "userCopiedBytes", 0)))
                .body("zeroCopy.bodyBytes", equalTo(1_000))
                .body("zeroCopy.userCopiedBytes", equalTo(250))
                .body("zeroCopy.ratio", equalTo(0.75f))
                .body(
                        "cache.keySet()",
                        contains("entries", "bytes", "capacityBytes", "hits", "misses", "admissions", "evictions"))
                .body("cache.values()", contains(1, 2, 3, 4, 5, 6, 7))
                .body("latencyMicros.keySet()", contains("p50", "p90", "p99", "max"))
                .body("latencyMicros.p50", equalTo(42))
                .body("sites", equalTo(Map.of("example.org", volume(3, 1_000, 250))))
                .body("codings.keySet()", contains("identity", "br", "zstd", "gzip"))
                .body("codings.identity", equalTo(volume(2, 750, 0)))
                .body("codings.br", equalTo(volume(1, 250, 250)))
                .body("fallbacks", equalTo(Map.of("tls", volume(1, 250, 250))))
                .body("topFiles.byRequests[0].path", equalTo("/a.css"))
                .body("topFiles.byRequests[0].requests", equalTo(3))
                .body("topFiles.byBytes[0].bytes", equalTo(1_000))
                .body("topFiles.overcount", equalTo(Map.of("requests", 0, "bytes", 0)))
                .body("latency.count", equalTo(3))
                .body("latency.sumMicros", equalTo(126))
                .body("latency.buckets.find { it.upToMicros == 50 }.count", equalTo(3))
                .body("latency.buckets[-1]", equalTo(bucket(null, 3)))
                .body("streams", equalTo(Map.of("open", 0, "dropped", 0)))
                .body("accessLog.dropped", equalTo(9));
    }

    private static Map<String, Object> volume(int requests, int bytes, int userCopiedBytes) {
        return Map.of("requests", requests, "bytes", bytes, "userCopiedBytes", userCopiedBytes);
    }

    private static Map<String, Object> bucket(Integer upToMicros, int count) {
        Map<String, Object> bucket = new HashMap<>();
        bucket.put("upToMicros", upToMicros);
        bucket.put("count", count);
        return bucket;
    }

    @Test
    void cache_noParameters_hasTheFieldsOfTheContract() {
        admin(null)
                .get("/api/cache")
                .then()
                .statusCode(200)
                .body("capacityBytes", equalTo(64))
                .body("regionBytes", equalTo(16))
                .body("filledBytes", equalTo(32))
                .body("liveBytes", equalTo(30))
                .body("wastedBytes", equalTo(2))
                .body(
                        "regions[0].keySet()",
                        contains("number", "generation", "bytes", "liveBytes", "entries", "leases", "heat", "state"))
                .body("regions[0].state", equalTo("active"))
                .body("warmStart.values()", contains(1, 2, 3, true))
                .body("files", equalTo(100))
                .body("entries[0].keySet()", contains("path", "bytes", "coded", "uses", "region", "ageMillis"))
                .body("entries[0].coded", equalTo(Map.of("br", 3)));
    }

    @Test
    void cache_limit_isHandedOn() {
        admin(null).get("/api/cache?limit=7").then().statusCode(200).body("entries[0].path", equalTo("/7"));
        admin(null).get("/api/cache").then().body("entries[0].path", equalTo("/100"));
        admin(null)
                .get("/api/cache?limit=0")
                .then()
                .statusCode(400)
                .body("detail", equalTo("limit: 0 (expected: 1..1000)"));
    }

    @Test
    void purge_path_isHandedOnAndTheCountReturned() {
        admin(null)
                .queryParam("path", "/a b/*")
                .post("/api/cache/purge")
                .then()
                .statusCode(200)
                .body("purged", equalTo("/a b/*".length()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?path=", "?path=a", "?path=*"})
    void purge_noPath_isRefused(String query) {
        admin(null)
                .post("/api/cache/purge" + query)
                .then()
                .statusCode(400)
                .body("detail", containsString("a prefix such as /assets/*, or /* for all"));
    }

    @Test
    void purge_get_isA405() {
        admin(null)
                .get("/api/cache/purge?path=/*")
                .then()
                .statusCode(405)
                .header("Allow", "POST")
                .body("detail", equalTo("GET /api/cache/purge (expected: POST)"));
    }

    /** What a page of another origin can have a browser do without asking first (a form, sent by a script). */
    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "http://127.0.0.1", "https://127.0.0.1:1"})
    void purge_fromAPageElsewhere_isRefused(String origin) {
        admin(null)
                .header("Origin", origin)
                .post("/api/cache/purge?path=/*")
                .then()
                .statusCode(403)
                .body("detail", containsString(origin));
    }

    @Test
    void purge_fromAPageOfTheApi_isDone() {
        admin(null)
                .header("Origin", "http://127.0.0.1:" + port)
                .post("/api/cache/purge?path=/*")
                .then()
                .statusCode(200);
    }

    @Test
    void reload_done_tellsTheGenerationAndTheKeys() {
        reloaded = new ReloadPort.Reloaded(7, List.of("sites[0]"), List.of("compression"));
        admin(null)
                .post("/api/config/reload")
                .then()
                .statusCode(200)
                .body("reloaded", equalTo(true))
                .body("generation", equalTo(7))
                .body("changed", contains("sites[0]"))
                .body("unchanged", contains("compression"));
    }

    @Test
    void reload_faulty_isA422WithEveryLine() {
        reloaded = new ReloadPort.Faulty(List.of("sluice.yaml:1:1: a", "sluice.yaml:2:1: b"));
        admin(null)
                .post("/api/config/reload")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("title", equalTo("Unprocessable Entity"))
                .body("detail", containsString("sluice.yaml:1:1: a"))
                .body("instance", equalTo("/api/config/reload"))
                .body("problems", contains("sluice.yaml:1:1: a", "sluice.yaml:2:1: b"))
                .body("$", not(hasKey("needsRestart")));
    }

    @Test
    void reload_whatTakesARestart_isA409WithTheKeys() {
        reloaded = new ReloadPort.NeedsRestart(List.of("cache", "limits"));
        admin(null)
                .post("/api/config/reload")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("needsRestart", contains("cache", "limits"))
                .body("$", not(hasKey("problems")));
    }

    @Test
    void reload_nothingToRead_isA409() {
        admin(null)
                .post("/api/config/reload")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString("nothing to reload from"));
    }

    @Test
    void reload_fromAPageElsewhere_isRefused() {
        admin(null)
                .header("Origin", "http://evil.example")
                .post("/api/config/reload")
                .then()
                .statusCode(403);
    }

    @Test
    void requests_noParameters_givesRecordsNewestFirst() {
        serve(sample().id(1));
        serve(sample().id(2).contentCoding("br").reason("hot, \"br\""));

        admin(null)
                .get("/api/requests")
                .then()
                .statusCode(200)
                .body("requests.id", contains(2, 1))
                .body("requests[1].keySet()", hasSize(17))
                .body("requests[0].site", equalTo("example.org"))
                .body("requests[0].fallback", is(false))
                .body("requests[0].time", equalTo("2026-11-22T20:28:46.123Z"))
                .body("requests[0].client", equalTo("127.0.0.1"))
                .body("requests[0].protocol", equalTo("HTTP/1.1"))
                .body("requests[0].method", equalTo("GET"))
                .body("requests[0].path", equalTo("/a.css"))
                .body("requests[0].status", equalTo(200))
                .body("requests[0].planned", equalTo("mmap"))
                .body("requests[0].ioPath", equalTo("mmap"))
                .body("requests[0].reason", equalTo("hot, \"br\""))
                .body("requests[0].bytes", equalTo(1_000))
                .body("requests[0].userCopiedBytes", equalTo(0))
                .body("requests[0].durationMicros", equalTo(42))
                .body("requests[0].contentCoding", equalTo("br"))
                .body("requests[0].complete", is(true))
                .body("requests[1].contentCoding", nullValue());
    }

    @ParameterizedTest
    @CsvSource({
        "limit=2, '4,3'",
        "ioPath=sendfile, '2'",
        "status=404, '3'",
        "path=/css/a.css, '1'",
        "path=/css, ''",
        "path=/css/*, '2,1'",
        "path=/*&status=200&limit=1, '4'",
        "path=/%2520, '4'",
        "ioPath=cow, ''",
    })
    void requests_filtered_giveOnlyMatches(String query, String ids) {
        serve(sample().id(1).path("/css/a.css"));
        serve(sample().id(2).path("/css/b.css").observed(IoPath.SENDFILE));
        serve(sample().id(3).path("/x").status(404).observed(IoPath.COPY));
        serve(sample().id(4).path("/%20"));

        List<Integer> found = admin(null)
                .urlEncodingEnabled(false)
                .get("/api/requests?" + query)
                .then()
                .statusCode(200)
                .extract()
                .path("requests.id");

        assertEquals(ids, String.join(",", found.stream().map(String::valueOf).toList()));
    }

    @Test
    void requests_noLimit_givesAHundred() {
        for (int i = 0; i < 1_100; i++) {
            serve(sample().id(i));
        }
        RequestSpecification admin = admin(null);

        given(admin).get("/api/requests").then().body("requests", hasSize(100));
        given(admin).get("/api/requests?limit=1000").then().body("requests", hasSize(1_000));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=0      | limit: 0 (expected: 1..1000)",
                "limit=1001   | limit: 1001 (expected: 1..1000)",
                "limit=ten    | limit: ten (expected: 1..1000)",
                "limit=       | limit:  (expected: 1..1000)",
                "limit=1&limit=2 | limit: 1, 2 (expected: one value)",
                "status=99    | status: 99 (expected: 100..599)",
                "ioPath=MMAP  | ioPath: MMAP (expected: one of mmap, sendfile, direct, cow, copy, none)",
                "path=a       | path: a (expected: a path such as /index.html, or a prefix such as /assets/*)",
            })
    void requests_badValue_isA400ThatNamesIt(String query, String detail) {
        admin(null)
                .get("/api/requests?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .body("keySet()", contains("type", "title", "status", "detail", "instance"))
                .body("type", equalTo("about:blank"))
                .body("title", equalTo("Bad Request"))
                .body("status", equalTo(400))
                .body("detail", equalTo(detail))
                .body("instance", equalTo("/api/requests"));
    }

    @Test
    void config_configured_isSerialised() {
        admin(null).get("/api/config").then().statusCode(200).body("cache.memory", equalTo("64MiB"));
    }

    @Test
    void config_supplierFails_isA500WithoutItsCause() {
        Logger logger = Logger.getLogger(AdminHandler.class.getName());
        logger.setLevel(Level.OFF);
        configuration = () -> {
            throw new IllegalStateException("broken");
        };
        try {
            admin(null)
                    .get("/api/config")
                    .then()
                    .statusCode(500)
                    .contentType("application/problem+json")
                    .body("detail", equalTo("the server's log says more"));
        } finally {
            logger.setLevel(null);
        }
    }

    @Test
    void healthz_always_isOk() {
        ready.set(false);

        admin(null).get("/healthz").then().statusCode(200).body("status", equalTo("ok"));
    }

    @Test
    void readyz_draining_isA503() {
        RequestSpecification admin = admin(null);
        given(admin).get("/readyz").then().statusCode(200).body("status", equalTo("ready"));

        ready.set(false);

        given(admin).get("/readyz").then().statusCode(503).body("title", equalTo("Service Unavailable"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/index.html", "/api", "/api/stats/", "/API/stats", "/nope"})
    void any_unknownPath_isA404ThatListsTheEndpoints(String path) {
        admin(null)
                .get(path)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("instance", equalTo(path))
                .body("endpoints", hasItems("/api/stats", "/api/requests", "/api/config", "/healthz", "/readyz"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
    void stats_otherMethod_isA405WithAllow(String method) {
        admin(null)
                .request(method, "/api/stats")
                .then()
                .statusCode(405)
                .header("Allow", "GET, HEAD")
                .contentType("application/problem+json");
    }

    @Test
    void stats_head_hasTheFieldsAndNoBody() {
        admin(null)
                .head("/api/stats")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .header("Content-Length", Integer::parseInt, greaterThanOrEqualTo(100))
                .body(blankOrNullString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8081", "127.0.0.1", "192.0.2.7:80", "[::1]", "[::1]:8081"})
    void any_hostThatCannotBeRebound_isAnswered(String host) {
        admin(null).header("Host", host).get("/api/stats").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "127.0.0.1x:8081",
                "127.0.0.1."
            })
    void any_nameAsHostAndNoToken_isA403(String host) {
        RequestSpecification admin = admin(null).header("Host", host);

        given(admin)
                .get("/api/stats")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("detail", containsString(host));
    }

    @Test
    void any_tokenSetAndGiven_isAnsweredUnderAnyName() {
        admin("s3cret")
                .header("Host", "admin.example")
                .header("Authorization", "bearer s3cret")
                .get("/api/stats")
                .then()
                .statusCode(200);
    }

    @Test
    void any_tokenSetAndNoneGiven_isA401WithoutAnErrorCode() {
        admin("s3cret")
                .get("/api/stats")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", "Bearer realm=\"sluice admin\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong", "Bearer s3cre", "Bearer s3crett", "Bearer", "Basic s3cret", "s3cret"})
    void any_wrongToken_isA401ThatDoesNotTellIt(String authorization) {
        admin("s3cret")
                .header("Authorization", authorization)
                .get("/nope")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer realm=\"sluice admin\", error=\"invalid_token\"")
                .body(not(containsString("s3cret")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/readyz"})
    void healthChecks_tokenSet_needNone(String path) {
        admin("s3cret").get(path).then().statusCode(200);
    }

    @Test
    void newBearerToken_whatNoFieldCanCarry_throwsWithoutTellingIt() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new BearerToken("se cret"));

        assertFalse(e.getMessage().contains("se cret"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new BearerToken(""));
        assertEquals("BearerToken[***]", new BearerToken("s3cret").toString());
    }

    @Test
    void explain_pathMethodAndFields_areWhatIsExplained() {
        admin(null)
                .urlEncodingEnabled(false)
                .get("/api/explain?path=/a%2520b?c=d&method=HEAD&header=Range:%20bytes=0-9&header=Host:x")
                .then()
                .statusCode(200)
                .body("status", equalTo(206))
                .body("planned", equalTo("mmap"))
                .body("reason", equalTo("small-body"))
                .body("headers", equalTo(Map.of("Content-Type", "text/plain")))
                .body("trace.step", contains("request"))
                .body(
                        "trace[0].finding",
                        equalTo("ExplainQuery[target=/a%20b?c=d, method=HEAD, headers=["
                                + "HeaderLine[name=Range, value=bytes=0-9], HeaderLine[name=Host, value=x]]]"));
    }

    @ParameterizedTest
    @CsvSource({
        "unknown=x, path: none (expected: a path such as /index.html)",
        "path=a, path: a (expected: a path such as /index.html)",
        "path=/a&path=/b, 'path: /a, /b (expected: one value)'",
        "path=/a&method=G%20T, method: G T (expected: a method such as GET)",
        "path=/a&header=Range, '\"Range\" (expected: a field such as Range: bytes=0-9)'",
        "path=/a&header=A:%0ab, '\"A:\nb\" (expected: a field such as Range: bytes=0-9)'",
    })
    void explain_badParameter_isAProblem(String query, String detail) {
        admin(null)
                .urlEncodingEnabled(false)
                .get("/api/explain?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", equalTo(detail.replace("\\n", "\n")));
    }

    private static ExplainAnswer explained(ExplainQuery query) {
        return new ExplainAnswer(
                206,
                "mmap",
                "small-body",
                Map.of("Content-Type", "text/plain"),
                List.of(new ExplainAnswer.Decision("request", query.toString())));
    }

    private void serve(SampleServed served) {
        ledger.began();
        ledger.record(served.build());
    }

    /** Puts the API behind the server and gives a request to it. */
    private RequestSpecification admin(@Nullable String token) {
        AdminPorts ports = new AdminPorts(
                ledger,
                () -> new CacheFigures(1, 2, 3, 4, 5, 6, 7),
                cache,
                configuration,
                () -> reloaded,
                AdminHandlerTest::explained,
                ready::get,
                new ServerInfo("1.2.3", 42, STARTED),
                () -> 9,
                new StreamPort(new Feed(), Duration.ofSeconds(15)),
                token == null ? null : new BearerToken(token));
        handler.set(new AdminHandler(ports));
        return given().baseUri("http://127.0.0.1").port(port);
    }

    private static final class RecordedCache implements CachePort {
        @Override
        public CacheContents contents(int limit) {
            return new CacheContents(
                    64,
                    16,
                    32,
                    30,
                    2,
                    List.of(new CacheContents.Region(0, 1, 32, 30, 2, 1, 9, "active")),
                    new CacheContents.WarmStart(1, 2, 3, true),
                    100,
                    List.of(new CacheContents.Entry("/" + limit, 10, Map.of("br", 3), 9, 0, 5)));
        }

        @Override
        public int purge(String path) {
            return path.length();
        }
    }
}
