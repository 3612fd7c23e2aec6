package dev.sluice.e2e;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.specification.RequestSpecification;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What the admin API says is what was asked and answered, to the byte. */
class AdminTruthTest {
    private static final int SMALL_SIZE = 33;

    @RegisterExtension
    static final TestServer server = TestServer.of(TestSite.standard());

    private static RequestSpecification admin() {
        return given().baseUri(server.adminUri().toString());
    }

    @Test
    void stats_knownRequests_addUpToThem() {
        try (TestServer own = TestServer.start(TestSite.standard())) {
            int missing;
            try (RawClient client = own.connect()) {
                String etag = client.request("HEAD", TestSite.SMALL).readHead().field("ETag");
                for (int time = 1; time <= 3; time++) {
                    client.request("GET", TestSite.SMALL).read();
                }
                client.request("GET", TestSite.LARGE).read();
                client.request("GET", TestSite.LARGE, "Range: bytes=0-99").read();
                client.request("GET", TestSite.SMALL, "If-None-Match: " + etag).read();
                missing = client.request("GET", "/nothing").read().body().length;
                own.admin().served(8);
                awaitOpenConnections(own, 1);
            }
            awaitOpenConnections(own, 0);
            JsonNode stats = own.admin().get("/api/stats");
            assertRequests(stats);
            assertBytes(stats, missing);
        }
    }

    private static void assertRequests(JsonNode stats) {
        assertEquals(8, stats.at("/requests/total").asInt());
        assertEquals(0, stats.at("/requests/active").asInt());
        assertEquals(
                "{\"200\":5,\"206\":1,\"304\":1,\"404\":1}",
                stats.at("/requests/status").toString());
        assertEquals(1, stats.at("/cache/entries").asInt());
        assertEquals(SMALL_SIZE, stats.at("/cache/bytes").asInt());
    }

    private static void assertBytes(JsonNode stats, int missing) {
        boolean copies = E2eTransport.current().copies();
        long small = 3L * SMALL_SIZE;
        long large = TestSite.LARGE_SIZE + 100;
        long bytes = small + large + missing;
        assertPath(stats, "mmap", copies ? 0 : 3, copies ? 0 : small);
        assertPath(stats, "sendfile", copies ? 0 : 2, copies ? 0 : large);
        assertPath(stats, "copy", copies ? 6 : 1, copies ? bytes : missing);
        assertPath(stats, "none", 2, 0);
        assertPath(stats, "direct", 0, 0);
        assertPath(stats, "cow", 0, 0);
        assertEquals(bytes, stats.at("/zeroCopy/bodyBytes").asLong());
        // Of each body by sendfile one byte is copied.
        long copied = copies ? bytes : missing + 2;
        assertEquals(copied, stats.at("/zeroCopy/userCopiedBytes").asLong());
        double ratio = (double) (bytes - copied) / bytes;
        assertEquals(ratio, stats.at("/zeroCopy/ratio").asDouble(), 1e-9);
    }

    private static void awaitOpenConnections(TestServer own, int count) {
        Await.present(
                count + " connections",
                () -> Optional.of(own.admin().get("/api/stats"))
                        .filter(stats -> stats.at("/connections/open").asInt() == count));
    }

    private static void assertPath(JsonNode stats, String path, int requests, long bytes) {
        JsonNode totals = stats.at("/ioPaths/" + path);
        assertEquals(requests, totals.get("requests").asInt(), path);
        assertEquals(bytes, totals.get("bytes").asLong(), path);
    }

    @Test
    void requests_filters_selectByPathStatusAndIoPath() {
        E2eTransport.assumeClear("elsewhere everything is copied");
        server.given().get(TestSite.SMALL);
        server.given().get(TestSite.LARGE);
        server.given().get("/nothing?x=y");
        server.admin().served(3);

        admin().get("/api/requests?limit=2").then().statusCode(200).body("requests", hasSize(2));
        admin().get("/api/requests?ioPath=sendfile")
                .then()
                .body("requests.ioPath", everyItem(equalTo("sendfile")))
                .body("requests[0].path", equalTo(TestSite.LARGE))
                .body("requests[0].bytes", equalTo(TestSite.LARGE_SIZE))
                .body("requests[0].durationMicros", greaterThanOrEqualTo(0));
        admin().get("/api/requests?status=404")
                .then()
                .body("requests.status", everyItem(equalTo(404)))
                .body("requests[0].path", equalTo("/nothing"));
        admin().get("/api/requests?path=/small.txt").then().body("requests.path", everyItem(equalTo(TestSite.SMALL)));
    }

    @Test
    void requests_unfinishedDownload_isActiveAndNotYetRecorded() {
        TestSite site = TestSite.empty().file("/huge.bin", TestSite.noise(32 << 20));
        try (TestServer own = TestServer.start(site);
                RawClient client = RawClient.to(own.uri(), 4096)) {
            client.request("GET", "/huge.bin").readHead();
            assertEquals(1, own.admin().get("/api/stats").at("/requests/active").asInt());
            assertEquals(0, own.admin().get("/api/requests").get("requests").size());
            client.readNBytes(32 << 20);
            own.served().bySendfile(32 << 20);
        }
    }

    @Test
    void requests_clientGone_isIncompleteAndSaysWhy() {
        TestSite site = TestSite.empty().file("/huge.bin", TestSite.noise(32 << 20));
        try (TestServer own = TestServer.start(site)) {
            try (RawClient client = RawClient.to(own.uri(), 4096)) {
                // More has arrived than one write sends. What a write sends counts once it has returned, and the first
                // one may
                // be under way still when its first byte is here.
                client.request("GET", "/huge.bin").readHead();
                client.readNBytes(8 << 20);
            }
            Served served = own.served();
            assertEquals(
                    E2eTransport.current().carried("sendfile") + " client-gone false",
                    served.ioPath() + " " + served.reason() + " " + served.complete());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/nothing, 404",
        "GET, /index.html, 404",
        "POST, /api/stats, 405",
        "GET, /api/requests?limit=0, 400",
        "GET, /api/requests?limit=many, 400",
        "GET, /api/requests?ioPath=teleport, 400",
        "GET, /api/requests?status=99, 400",
    })
    void error_anyKind_isAProblemDocument(String method, String path, int status) {
        admin().request(method, path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status));
    }

    @Test
    void config_effective_showsTheOverrides() {
        admin().get("/api/config")
                .then()
                .statusCode(200)
                .body("cache.memory", equalTo("32MiB"))
                .body("sites[0].root", startsWith("/"));
    }

    @Test
    void health_runningServer_isAliveAndReady() {
        admin().get("/healthz").then().statusCode(200);
        admin().get("/readyz").then().statusCode(200);
    }

    @Test
    void admin_foreignHost_isRefused() {
        admin().header("Host", "evil.example").get("/api/stats").then().statusCode(403);
    }

    @Test
    void site_adminPaths_areNotThere() {
        assertEquals(404, server.given().get("/api/stats").statusCode());
        server.served();
    }
}
