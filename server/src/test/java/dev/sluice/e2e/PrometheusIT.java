package dev.sluice.e2e;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.metrics.Monitoring;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The packaged server, scraped by the real Prometheus with the configuration and the rules that come with Sluice. */
class PrometheusIT {
    private static final String TOKEN = "only-for-this-test";

    /** Each round of requests: two small, a large, one byte of it, a HEAD, and one for nothing. */
    private static final int ROUND = 6;

    @TempDir
    static Path directory;

    private static TestSite site;
    private static Program program;
    private static URI uri;
    private static URI adminUri;

    @BeforeAll
    static void start() throws Exception {
        Prometheus.assumeInstalled();
        site = TestSite.standard();
        Path token = Files.writeString(directory.resolve("token"), TOKEN);
        program = Program.start(
                directory,
                "--port",
                "0",
                "--admin",
                "127.0.0.1:0",
                "--set",
                "admin.tokenFile=" + token,
                site.root().toString());
        uri = program.announced("sluice: serving " + site.root() + " at ");
        adminUri = program.announced("sluice: admin at ");
    }

    @AfterAll
    static void stop() {
        if (program != null) {
            program.close();
            site.close();
        }
    }

    private static RequestSpecification admin() {
        return given().baseUri(adminUri.toString()).header("Authorization", "Bearer " + TOKEN);
    }

    private static void sendRound() {
        try (RawClient client = RawClient.to(uri)) {
            client.request("GET", TestSite.SMALL).read();
            client.request("GET", TestSite.SMALL).read();
            client.request("GET", TestSite.LARGE).read();
            client.request("GET", TestSite.LARGE, "Range: bytes=0-0").read();
            client.request("HEAD", TestSite.LARGE).read("HEAD");
            client.request("GET", "/nothing").read();
        }
    }

    private static JsonNode stats() {
        return JsonMapper.builder().build().readTree(admin().get("/api/stats").asString());
    }

    private static Optional<JsonNode> settled() {
        return Optional.of(stats()).filter(now -> now.at("/requests/active").asInt() == 0);
    }

    @Test
    void promtool_realScrape_hasNoComplaint() throws Exception {
        sendRound();
        String scrape = admin().get("/metrics").then().statusCode(200).extract().asString();

        assertEquals(new Prometheus.Verdict(0, ""), Prometheus.promtool(directory, scrape, "check", "metrics"));
    }

    @Test
    void promtool_configurationAndRules_areValid() throws Exception {
        assertAccepted(Monitoring.PROMETHEUS, "check", "config", "prometheus.yml");
        assertAccepted(Monitoring.PROMETHEUS, "check", "rules", "rules/sluice.yml");
    }

    @Test
    void promtool_testsOfTheRules_pass() throws Exception {
        assertAccepted(Monitoring.PROMETHEUS.resolve("tests"), "test", "rules", "sluice.yml");
    }

    private static void assertAccepted(Path directory, String... arguments) throws Exception {
        Prometheus.Verdict verdict = Prometheus.promtool(directory, "", arguments);

        assertEquals(0, verdict.exitCode(), verdict::said);
        assertTrue(verdict.said().contains("SUCCESS"), verdict::said);
    }

    @Test
    void prometheus_realServer_readsBackWhatHappened() throws Exception {
        // A record is made a moment after its response.
        long before = Await.present("quiet", PrometheusIT::settled)
                .at("/requests/total")
                .asLong();
        try (Prometheus prometheus = Prometheus.start(configuration(), directory)) {
            prometheus.await("up{job=\"sluice\"} == 1");
            // Twice, since a counter that was never seen before has no rate.
            for (int round = 1; round <= 2; round++) {
                sendRound();
                prometheus.await("sum(sluice_requests_total) == " + (before + (long) round * ROUND));
            }
            assertTold(prometheus);
            assertPanels(prometheus);
            assertRules(prometheus);
        }
    }

    /** The one that comes with Sluice, with a target, the token that it speaks of in a comment, and less patience. */
    private static Path configuration() throws IOException {
        Path rules = Files.createDirectory(directory.resolve("rules"));
        Files.writeString(rules.resolve("sluice.yml"), Monitoring.rules());
        String shipped = Files.readString(Monitoring.PROMETHEUS.resolve("prometheus.yml"));
        String ours = shipped.replace("15s", "1s")
                .replace("127.0.0.1:8081']\n", adminUri.getAuthority() + "']\n")
                .replace("# authorization:", "authorization:")
                .replace("#   type: Bearer", "  type: Bearer")
                .replace(
                        "#   credentials_file: /etc/prometheus/sluice-admin-token",
                        "  credentials_file: " + directory.resolve("token"));
        return Files.writeString(directory.resolve("prometheus.yml"), ours);
    }

    private static void assertTold(Prometheus prometheus) {
        JsonNode stats = stats();
        assertEquals(
                stats.at("/zeroCopy/bodyBytes").asDouble(), prometheus.value("sum(sluice_response_body_bytes_total)"));
        assertEquals(
                stats.at("/zeroCopy/userCopiedBytes").asDouble(),
                prometheus.value("sum(sluice_user_copied_bytes_total)"));
        for (String path : List.of("mmap", "sendfile", "copy", "none")) {
            assertEquals(
                    stats.at("/ioPaths/" + path + "/requests").asDouble(),
                    prometheus.value("sum(sluice_requests_total{io_path=\"" + path + "\"})"),
                    path);
        }
        assertEquals(
                stats.at("/requests/total").asDouble(),
                prometheus.value("sluice_request_duration_seconds_bucket{le=\"+Inf\"}"));
        assertEquals(
                stats.at("/fallbacks/single-byte/requests").asDouble(),
                prometheus.value("sluice_fallbacks_total{reason=\"single-byte\"}"));
    }

    private static void assertPanels(Prometheus prometheus) {
        for (String query : Monitoring.queries()) {
            String asked = query.replace("$__rate_interval", "10m")
                    .replace("$job", "sluice")
                    .replace("$instance", ".*")
                    .replace("$site", ".*");
            assertFalse(
                    prometheus.query(asked).isEmpty(),
                    () -> asked + prometheus.query("{__name__=~\"sluice_cache_(hits|misses)_total\"}[2m]"));
        }
    }

    private static void assertRules(Prometheus prometheus) {
        prometheus.await("instance:sluice_requests:rate5m > 0");
        prometheus.await("instance:sluice_zero_copy:ratio_rate5m > 0.9");
        Await.present(
                "every rule evaluated",
                () -> prometheus.rules().findValuesAsString("health").contains("unknown")
                        ? Optional.empty()
                        : Optional.of(true));
        JsonNode rules = prometheus.rules();
        assertFalse(rules.findValuesAsString("health").isEmpty());
        assertEquals(List.of(), rules.findValuesAsString("lastError"), rules::toPrettyString);
        assertEquals(List.of(), prometheus.query("ALERTS{alertstate=\"firing\"}"));
    }
}
