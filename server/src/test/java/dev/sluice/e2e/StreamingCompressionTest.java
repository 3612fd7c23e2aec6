package dev.sluice.e2e;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large texts that are compressed while they are sent, where a site says so. */
class StreamingCompressionTest {
    /** Not the same line again and again: of that, the decoder of brotli4j 1.24 loses the end. */
    private static final byte[] TEXT = IntStream.range(0, 40_000)
            .mapToObj(line -> "Line " + line + " of a text that is too large for the hot set.\n")
            .collect(Collectors.joining())
            .getBytes(StandardCharsets.UTF_8);

    @RegisterExtension
    static final TestServer server = TestServer.of(
            TestSite.standard().file("/large.txt", TEXT).file("/side.txt", TEXT).file("/side.txt.br", "a sidecar"),
            "sites[0].compression={streaming: true}");

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "gzip"})
    void get_largeText_isCompressedWhileItIsSent(String coding) {
        Response response = server.given().header("Accept-Encoding", coding).get("/large.txt");
        response.then()
                .statusCode(200)
                .header("Content-Encoding", coding)
                .header("Content-Length", nullValue())
                .header("Accept-Ranges", "none")
                .header("ETag", startsWith("W/\""))
                .header("Vary", "Accept-Encoding");
        byte[] body = response.asByteArray();
        assertArrayEquals(TEXT, ContentCodingTest.decoded(coding, body));
        assertTrue(body.length < TEXT.length / 5);
        server.served().by("copy", "streaming-compression", body.length);
    }

    @Test
    void get_tagOfWhatWasStreamed_is304() {
        String tag = server.given()
                .header("Accept-Encoding", "gzip")
                .head("/large.txt")
                .then()
                .header("Content-Encoding", "gzip")
                .extract()
                .header("ETag");
        server.served();
        server.given()
                .header("Accept-Encoding", "gzip")
                .header("If-None-Match", tag)
                .get("/large.txt")
                .then()
                .statusCode(304)
                .header("Vary", "Accept-Encoding");
        server.served().withoutBody("not-modified");
    }

    @Test
    void range_ofWhatWouldBeStreamed_isOfTheFileItself() {
        Response part = server.given()
                .header("Accept-Encoding", "gzip")
                .header("Range", "bytes=5-299999")
                .get("/large.txt");
        part.then()
                .statusCode(206)
                .header("Content-Encoding", nullValue())
                .header("Content-Range", "bytes 5-299999/" + TEXT.length)
                .header("Vary", "Accept-Encoding");
        assertArrayEquals(Arrays.copyOfRange(TEXT, 5, 300_000), part.asByteArray());
        server.served().bySendfile(299_995);
    }

    @Test
    void get_sidecar_winsOverStreaming() {
        server.given()
                .header("Accept-Encoding", "br, gzip")
                .get("/side.txt")
                .then()
                .header("Content-Length", "9")
                .body(equalTo("a sidecar"));
        server.served().bySendfile(9);
    }

    @Test
    void get_picture_isNotCompressed() {
        server.given()
                .header("Accept-Encoding", "br, gzip")
                .get(TestSite.LARGE)
                .then()
                .header("Content-Encoding", nullValue())
                .header("Vary", nullValue());
        server.served().bySendfile(TestSite.LARGE_SIZE);
    }

    @Test
    void get_onOneConnection_theNextResponseIsWhole() {
        try (RawClient client = server.connect()) {
            client.request("HEAD", "/large.txt", "Accept-Encoding: gzip");
            assertEquals("gzip", client.read("HEAD").field("Content-Encoding"));
            assertEquals(
                    "The small file, for the hot set.\n",
                    client.request("GET", TestSite.SMALL).read().text());
        }
        server.admin().served(2);
    }
}
