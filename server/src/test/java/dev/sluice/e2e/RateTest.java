package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits: of requests for each client, and of bytes a second for each response. */
class RateTest {
    private static final String SITES = """
            sites:
              - rules:
                  - match: {path: "/rare/**"}
                    rateLimit: {requests: 1, per: 1h, burst: 3}
                  - match: {path: "/never/**"}
                    rateLimit: {requests: 1, per: 1h, burst: 1}
                  - match: {path: "/slow/**"}
                    bandwidth: 100KiB
            """;
    private static final int SMALL_SIZE = 60 << 10;
    private static final int LARGE_SIZE = 300 << 10;

    @RegisterExtension
    static final TestServer server = TestServer.configured(
            TestSite.standard()
                    .file("/rare/f.txt", "rare")
                    .file("/never/f.txt", "never")
                    .file("/slow/small.bin", TestSite.noise(SMALL_SIZE))
                    .file("/slow/large.bin", TestSite.noise(LARGE_SIZE)),
            SITES);

    @Test
    void get_moreOftenThanAllowed_is429WithRetryAfter() {
        for (int time = 0; time < 3; time++) {
            server.given().get("/rare/f.txt").then().statusCode(200);
            server.served().byMmap(4);
        }
        Response refused = server.given().get("/rare/f.txt");
        assertEquals(429, refused.statusCode());
        refused.then().header("Cache-Control", "no-store");
        long wait = Long.parseLong(refused.header("Retry-After"));
        assertTrue(wait > 3000 && wait <= 3600, () -> "Retry-After: " + wait);
        server.served().by("copy", "rate-limit", refused.asByteArray().length);
        server.given().get(TestSite.SMALL).then().statusCode(200);
        server.served();
    }

    /** A missing file, another method and a condition cost as much. */
    @Test
    void anyRequest_underALimit_counts() {
        server.given().head("/never/nothing").then().statusCode(404);
        server.given().header("If-None-Match", "*").get("/never/f.txt").then().statusCode(429);
        server.given().head("/never/f.txt").then().statusCode(429);
        server.given().options("/never/f.txt").then().statusCode(429);
        server.admin().served(4);
    }

    /** A tenth of a second's bytes may go at once. Only the least time is sure. */
    @ParameterizedTest
    @CsvSource({"/slow/small.bin, mmap", "/slow/large.bin, sendfile"})
    void get_boundedBandwidth_takesItsTime(String path, String ioPath) {
        byte[] content = server.site().content(path);
        for (int time = 0; time < 2; time++) {
            long begun = System.nanoTime();
            byte[] body = server.given().get(path).asByteArray();
            long took = System.nanoTime() - begun;
            assertArrayEquals(content, body);
            Duration least = Duration.ofMillis(1000L * (content.length - (10 << 10)) / (100 << 10));
            assertTrue(took >= least.toNanos(), () -> took + " ns (expected: at least " + least + ")");
            Served served = server.served();
            assertEquals(E2eTransport.current().carried(ioPath), served.ioPath());
            assertTrue(served.complete());
        }
    }

    @Test
    void range_boundedBandwidth_isWhole() {
        Response part = server.given().header("Range", "bytes=1000-30999").get("/slow/large.bin");
        assertEquals(206, part.statusCode());
        assertArrayEquals(
                Arrays.copyOfRange(server.site().content("/slow/large.bin"), 1000, 31_000), part.asByteArray());
        server.served();
    }
}
