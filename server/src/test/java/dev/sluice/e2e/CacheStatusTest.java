package dev.sluice.e2e;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code Cache-Status} (RFC 9211) tells what the hot set had to do with a response, where that is switched on. */
class CacheStatusTest {
    private static final String SITES = """
            serverTiming: true
            sites:
              - compression: {streaming: true}
                rules:
                  - match: {path: "/page.html"}
                    template: {nonce: __CSP_NONCE__}
            """;

    @RegisterExtension
    static final TestServer server = TestServer.configured(
            TestSite.standard()
                    .file("/first.txt", "1")
                    .file("/second.txt", "2")
                    .file("/page.html", "<script nonce='__CSP_NONCE__'>")
                    .file("/large.txt", "A large text, too large for the hot set.\n".repeat(20_000)),
            SITES);

    private static void assertTold(String path, String cacheStatus, String ioPath) {
        server.given()
                .get(path)
                .then()
                .header("Cache-Status", cacheStatus)
                .header("Server-Timing", "io;desc=\"" + E2eTransport.current().carried(ioPath) + "\"");
        assertEquals(E2eTransport.current().carried(ioPath), server.served().ioPath());
    }

    @ParameterizedTest
    @CsvSource({"/first.txt, mmap", "/page.html, cow"})
    void get_smallFile_isAMissThatIsStoredAndThenAHit(String path, String ioPath) {
        assertTold(path, "sluice; fwd=miss; stored", ioPath);
        assertTold(path, "sluice; hit", ioPath);
        assertTold(path, "sluice; hit", ioPath);
    }

    @Test
    void get_largeFile_goesPastTheHotSet() {
        for (int time = 0; time < 2; time++) {
            assertTold(TestSite.LARGE, "sluice; fwd=bypass", "sendfile");
        }
    }

    @Test
    void get_streamedText_goesPastTheHotSet() {
        server.given()
                .header("Accept-Encoding", "gzip")
                .get("/large.txt")
                .then()
                .header("Cache-Status", "sluice; fwd=bypass")
                .header("Server-Timing", "io;desc=\"copy\"");
        server.served();
    }

    @Test
    void get_rangeOrRevalidation_isAHitAsWell() {
        server.warm("/second.txt");
        server.given().header("Range", "bytes=0-0").get("/second.txt").then().header("Cache-Status", "sluice; hit");
        server.given()
                .header("If-None-Match", "*")
                .get("/second.txt")
                .then()
                .statusCode(304)
                .header("Cache-Status", "sluice; hit")
                .header("Server-Timing", "io;desc=\"none\"");
        server.given().head("/second.txt").then().header("Cache-Status", "sluice; hit");
        server.admin().served(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/dir"})
    void get_whatIsNoFile_goesPastTheHotSet(String path) {
        server.given().get(path).then().header("Cache-Status", equalTo("sluice; fwd=bypass"));
        server.served();
    }

    @Test
    void get_notSwitchedOn_isNotTold() {
        try (TestServer own = TestServer.start(TestSite.standard())) {
            own.given().get(TestSite.SMALL).then().header("Cache-Status", nullValue());
        }
    }
}
