package dev.sluice.e2e;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.metrics.Scrape;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What Prometheus is told is what the admin API says, to the byte. */
class MetricsTest {
    @RegisterExtension
    static final TestServer server = TestServer.of(TestSite.standard());

    private static RequestSpecification admin(TestServer of) {
        return given().baseUri(of.adminUri().toString());
    }

    private static Scrape scrape(TestServer of) {
        return Scrape.parse(
                admin(of).get("/metrics").then().statusCode(200).extract().asString());
    }

    @Test
    void metrics_variousRequests_agreeWithTheStatistics() {
        try (TestServer own = TestServer.start(TestSite.standard())) {
            try (RawClient client = own.connect()) {
                for (int time = 1; time <= 3; time++) {
                    client.request("GET", TestSite.SMALL).read();
                }
                client.request("GET", TestSite.LARGE).read();
                client.request("GET", TestSite.LARGE, "Range: bytes=0-99").read();
                client.request("GET", TestSite.LARGE, "Range: bytes=0-0").read();
                client.request("HEAD", TestSite.SMALL).read("HEAD");
                client.request("GET", "/nothing").read();
                own.admin().served(8);
            }
            JsonNode stats = own.admin().get("/api/stats");
            Scrape scrape = scrape(own);
            assertEquals(8, scrape.sum("sluice_requests_total"));
            assertEquals(8, scrape.value("sluice_request_duration_seconds_count"));
            assertEquals(0, scrape.value("sluice_requests_active"));
            assertRequests(stats, scrape);
            assertFallbacks(stats, scrape);
            assertOthers(stats, scrape);
        }
    }

    private static void assertRequests(JsonNode stats, Scrape scrape) {
        for (Map.Entry<String, JsonNode> status : stats.at("/requests/status").properties()) {
            assertEquals(
                    status.getValue().asLong(),
                    scrape.sum("sluice_requests_total", "status", status.getKey()),
                    status::toString);
        }
        for (Map.Entry<String, String> label : Map.of("ioPaths", "io_path", "sites", "site", "codings", "coding")
                .entrySet()) {
            for (Map.Entry<String, JsonNode> one : stats.get(label.getKey()).properties()) {
                assertVolume(one.getValue(), scrape, label.getValue(), one.getKey());
            }
        }
        assertEquals(stats.at("/zeroCopy/bodyBytes").asLong(), scrape.sum("sluice_response_body_bytes_total"));
        assertEquals(stats.at("/zeroCopy/userCopiedBytes").asLong(), scrape.sum("sluice_user_copied_bytes_total"));
    }

    private static void assertVolume(JsonNode volume, Scrape scrape, String... label) {
        assertEquals(volume.get("requests").asLong(), scrape.sum("sluice_requests_total", label), volume::toString);
        assertEquals(volume.get("bytes").asLong(), scrape.sum("sluice_response_body_bytes_total", label));
        assertEquals(volume.get("userCopiedBytes").asLong(), scrape.sum("sluice_user_copied_bytes_total", label));
    }

    private static void assertFallbacks(JsonNode stats, Scrape scrape) {
        assertTrue(stats.get("fallbacks").size() > 0, "a single byte of a large file is always copied");
        assertEquals(
                stats.get("fallbacks").size(),
                scrape.family("sluice_fallbacks_total").size());
        for (Map.Entry<String, JsonNode> fallback : stats.get("fallbacks").properties()) {
            String[] label = {"reason", fallback.getKey()};
            assertEquals(fallback.getValue().get("requests").asLong(), scrape.value("sluice_fallbacks_total", label));
            assertEquals(fallback.getValue().get("bytes").asLong(), scrape.value("sluice_fallback_bytes_total", label));
        }
    }

    private static void assertOthers(JsonNode stats, Scrape scrape) {
        Map<String, String> places = Map.of(
                "sluice_connections_accepted_total", "/connections/accepted",
                "sluice_connections_refused_total", "/connections/refused",
                "sluice_cache_entries", "/cache/entries",
                "sluice_cache_bytes", "/cache/bytes",
                "sluice_cache_capacity_bytes", "/cache/capacityBytes",
                "sluice_cache_hits_total", "/cache/hits",
                "sluice_cache_misses_total", "/cache/misses",
                "sluice_cache_admissions_total", "/cache/admissions",
                "sluice_cache_evictions_total", "/cache/evictions",
                "sluice_access_log_dropped_lines_total", "/accessLog/dropped");
        places.forEach((name, place) -> assertEquals(stats.at(place).asLong(), scrape.value(name), name));
        assertEquals(
                1,
                scrape.value(
                        "sluice_build_info",
                        "version",
                        stats.at("/server/version").asString()));
        assertEquals(
                stats.at("/latency/sumMicros").asLong() / 1e6, scrape.fraction("sluice_request_duration_seconds_sum"));
        assertEquals(1, scrape.value("sluice_ready"));
    }

    @Test
    void metrics_asked_isNoTrafficOfTheSite() {
        long before = scrape(server).sum("sluice_requests_total");
        long connections = scrape(server).value("sluice_connections_accepted_total");

        assertEquals(before, scrape(server).sum("sluice_requests_total"));
        assertEquals(connections, scrape(server).value("sluice_connections_accepted_total"));
    }

    @Test
    void metrics_openMetricsWanted_areSentAsSuch() {
        String body = admin(server)
                .header("Accept", "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5")
                .get("/metrics")
                .then()
                .statusCode(200)
                .header("Content-Type", "application/openmetrics-text; version=1.0.0; charset=utf-8")
                .header("Cache-Control", "no-store")
                .extract()
                .asString();

        assertTrue(body.endsWith("\n# EOF\n"), body);
    }

    @Test
    void metrics_head_hasTheFieldsAndNoBody() {
        admin(server)
                .head("/metrics")
                .then()
                .statusCode(200)
                .header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                .header("Content-Length", Integer::parseInt, greaterThan(1_000))
                .body(blankOrNullString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
    void metrics_otherMethod_isA405(String method) {
        admin(server)
                .request(method, "/metrics")
                .then()
                .statusCode(405)
                .header("Allow", "GET, HEAD")
                .contentType("application/problem+json");
    }

    @Test
    void metrics_foreignHost_areRefused() {
        admin(server).header("Host", "evil.example").get("/metrics").then().statusCode(403);
    }

    @Test
    void metrics_tokenSet_areForWhoHasIt(@TempDir Path directory) throws IOException {
        Path token = Files.writeString(directory.resolve("token"), "s3cret\n");
        try (TestServer own = TestServer.start(TestSite.standard(), "admin.tokenFile=" + token)) {
            admin(own).get("/metrics").then().statusCode(401).header("WWW-Authenticate", startsWith("Bearer "));
            admin(own)
                    .header("Authorization", "Bearer wrong")
                    .get("/metrics")
                    .then()
                    .statusCode(401)
                    .body("instance", equalTo("/metrics"));
            admin(own)
                    .header("Authorization", "Bearer s3cret")
                    .get("/metrics")
                    .then()
                    .statusCode(200);
        }
    }
}
