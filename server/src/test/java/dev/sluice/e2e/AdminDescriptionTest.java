package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.e2e.EventClient.Event;
import dev.sluice.openapi.Description;
import dev.sluice.openapi.Operation;
import dev.sluice.openapi.Reply;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A server that has done a bit of everything, and whose configuration has it all: what it tells is as described. */
@Timeout(60)
final class AdminDescriptionTest {
    private static final String CONFIGURATION = """
        sites:
          - tryFiles: ["{path}", "=404"]
            spa: off
            errorPages: {404: /lost.html, 5xx: /sorry.html}
            compression: {streaming: true}
            rules:
              - headers: {set: {X-All: "1"}, add: {Link: "</a>; rel=preload"}, remove: [X-Gone]}
              - match: {type: "text/css", path: ["/*.css", "/**/*.css"], extension: [css]}
                cache: 1h
                security: true
              - match: {path: "/own/**"}
                security: {frame: sameorigin, referrer: no-referrer, hsts: off, csp: "default-src 'self'"}
                bandwidth: 1MiB
                download: named.txt
              - match: {path: "/down/**", method: GET}
                download: true
              - match: {path: "/old/**"}
                redirect: {to: "/new/$1", status: 301}
              - match: {path: "/v?/**"}
                rewrite: "/version-$1/$2"
              - match: {path: "/fonts/**"}
                cors: {origins: ["https://a.example"], credentials: true, headers: [X-A], expose: [X-B]}
              - match: {path: "/private/**"}
                auth: {realm: ours, users: {anna: "$2y$12$I82yd4eKO7Vi8wc7./eKsPJHd8sHMfpXoPRp8zk9irXJMkW8aoout"}}
              - match: {extension: [bak, sql]}
                deny: 410
              - match: {path: "/shop/**"}
                maintenance: 10m
              - match: {path: "/seldom/**"}
                rateLimit: {requests: 1, per: 1d}
              - match: {path: "/page.html"}
                template: {nonce: __CSP_NONCE_128_BITS__, env: [API_URL]}
          - hosts: [other.example, "*.other.example"]
            root: site/dir
            index: []
            symlinks: never
            hide: false
            listing: json
            cleanUrls: true
            trailingSlash: keep
            errorPages: {}
        compression: {codings: [gzip, br]}
        io: {threads: 2, workers: 4, directMinSize: 1GiB}
        cache: {watch: true}
        """;

    @RegisterExtension
    static final TestServer server = TestServer.configured(
            TestSite.standard()
                    .file("/page.html", "<!doctype html><script nonce=\"__CSP_NONCE_128_BITS__\">${API_URL}</script>")
                    .file("/style.css", "body { color: black }\n".repeat(50))
                    .file("/style.css.br", "the Brotli form")
                    .file("/style.css.gz", "the gzip form"),
            CONFIGURATION);

    private final Description description = Description.ofProgram();

    @BeforeAll
    static void traffic() {
        for (int time = 0; time < 3; time++) {
            server.given().get("/small.txt");
            server.given().get("/page.html");
        }
        server.given().get("/large.bin");
        server.given().get("/");
        server.given().get("/empty.txt");
        server.given().get("/a?query");
        server.given().get("/%C3%A4/%E4");
        server.given().head("/small.txt");
        server.given().post("/small.txt");
        server.given().get("/private/secret");
        server.given().get("/old/page");
        server.given().get("/dump.sql");
        server.given().get("/shop/");
        server.given().get("/seldom/");
        server.given().get("/seldom/");
        server.given().header("Range", "bytes=0-9").get("/small.txt");
        server.given().header("Range", "bytes=1000-99999").get("/large.bin");
        server.given().header("Range", "bytes=0-1,4-5").get("/large.bin");
        server.given().header("Range", "bytes=9999999-").get("/large.bin");
        server.given().header("If-None-Match", "*").get("/small.txt");
        server.given().header("If-Match", "\"other\"").get("/small.txt");
        List.of("br", "gzip", "identity")
                .forEach(coding ->
                        server.given().header("Accept-Encoding", coding).get("/style.css"));
        try (RawClient client = server.connect()) {
            client.request("GET", "/", "Host: www.other.example").read();
            if (E2eTransport.current() != E2eTransport.H2) {
                client.send("no request at all\r\n\r\n").read();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/stats",
                "/api/requests?limit=1000",
                "/api/requests?ioPath=copy&path=/*",
                "/api/requests?status=404",
                "/api/requests/stream?status=no",
                "/api/explain?path=/small.txt&header=Range:%20bytes=0-9",
                "/api/explain?path=/private/secret&method=POST",
                "/api/explain?path=/page.html",
                "/api/explain?path=/&header=Host:%20www.other.example&header=Accept-Encoding:%20br",
                "/api/explain?path=no",
                "/api/cache",
                "/api/cache?limit=0",
                "/api/config",
                "/api/openapi.json",
                "/healthz",
                "/readyz",
                "/metrics",
                "/",
            })
    void answer_ofABusyServer_isAsDescribed(String target) {
        String path = target.replaceFirst("[?].*", "");

        assertEquals(List.of(), description.faults(operation("GET", path), Reply.of(ask().get(target))));
    }

    @Test
    void stream_ofABusyServer_isAsDescribed() {
        try (EventClient client = EventClient.open(server, "?perSecond=9", "Last-Event-ID: 0")) {
            StringBuilder body = new StringBuilder("retry: 2000\n\n");
            Set<String> types = new TreeSet<>();
            while (!types.equals(Set.of("request", "skipped"))) {
                Event event = client.next();
                types.add(event.type());
                body.append("event: ").append(event.type()).append('\n');
                body.append(event.id().isEmpty() ? "" : "id: " + event.id() + '\n');
                body.append("data: ").append(event.data()).append("\n\n");
            }
            Reply reply = new Reply(200, client.head().fields(), body.toString());

            assertEquals(List.of(), description.faults(operation("GET", "/api/requests/stream"), reply));
        }
    }

    @Test
    void purge_ofABusyServer_isAsDescribed() {
        Reply reply = Reply.of(ask().post("/api/cache/purge?path=/dir/*"));

        assertEquals(200, reply.status());
        assertEquals(List.of(), description.faults(operation("POST", "/api/cache/purge"), reply));
    }

    @Test
    void metrics_asOpenMetrics_areAsDescribed() {
        Reply reply = Reply.of(ask().header("Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5")
                .get("/metrics"));

        assertEquals(
                List.of("application/openmetrics-text; version=1.0.0; charset=utf-8"),
                reply.fields().get("Content-Type"));
        assertEquals(List.of(), description.faults(operation("GET", "/metrics"), reply));
    }

    /** So that the answers above are compared with something. */
    @Test
    void traffic_ofThisTest_isOfEveryKind() {
        JsonNode stats = server.admin().get("/api/stats");
        JsonNode cache = server.admin().get("/api/cache");

        assertTrue(
                stats.at("/requests/status")
                        .propertyNames()
                        .containsAll(
                                Set.of("200", "206", "301", "304", "401", "404", "405", "410", "412", "416", "429")),
                stats::toString);
        assertEquals(
                Set.of("br", "gzip", "identity"),
                stats.get("codings")
                        .propertyStream()
                        .filter(coding -> coding.getValue().get("requests").asLong() > 0)
                        .map(coding -> coding.getKey())
                        .collect(Collectors.toSet()));
        assertTrue(stats.get("sites").has("other.example"), stats::toString);
        assertEquals(E2eTransport.current().copies(), stats.get("fallbacks").size() > 0, stats::toString);
        assertFalse(stats.at("/topFiles/byBytes").isEmpty(), stats::toString);
        assertFalse(cache.get("regions").isEmpty(), cache::toString);
        assertFalse(cache.get("entries").isEmpty(), cache::toString);
    }

    private Operation operation(String method, String path) {
        return description.operations().stream()
                .filter(operation ->
                        operation.method().equals(method) && operation.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static RequestSpecification ask() {
        return RestAssured.given()
                .urlEncodingEnabled(false)
                .baseUri(server.adminUri().toString());
    }
}
