package dev.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.io.Codec;
import dev.sluice.io.Decoding;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Content coding (RFC 9110 §8.4, §12.5.3): what the server codes itself, once, in the background. */
class ContentCodingTest {
    private static final String TEXT = "Compressed once, served many times.\n".repeat(200);
    private static final String LARGE_TEXT = "A large text, too large for the hot set.\n".repeat(20_000);
    private static final List<String> CODINGS = List.of("br", "zstd", "gzip");

    @RegisterExtension
    static final TestServer server = TestServer.of(TestSite.standard()
            .file("/coded.txt", TEXT)
            .file("/ranged.txt", TEXT)
            .file("/tagged.txt", TEXT)
            .file("/page.html", TEXT)
            .file("/refused.txt", TEXT)
            .file("/tiny.txt", "x".repeat(511))
            .file("/noise.txt", TestSite.noise(5000))
            .file("/photo.png", TEXT)
            .file("/archive.zip", TEXT)
            .file("/film.mp4", TEXT)
            .file("/font.woff2", TEXT)
            .file("/unknown", TEXT)
            .file("/large.txt", LARGE_TEXT));

    /** Asks for a coding until it is there. */
    private static Response coded(TestServer from, String path, String coding) {
        Response response = Await.present(
                path + " by " + coding,
                () -> Optional.of(from.given().header("Accept-Encoding", coding).get(path))
                        .filter(answer -> coding.equals(answer.header("Content-Encoding"))));
        from.admin().forget();
        return response;
    }

    private static byte[] decoded(Response response) {
        return decoded(response.header("Content-Encoding"), response.asByteArray());
    }

    static byte[] decoded(String coding, byte[] body) {
        try {
            return switch (coding) {
                case "br" -> Decoding.of(Codec.BROTLI, body);
                case "zstd" -> Decoding.of(Codec.ZSTD, body);
                default -> Decoding.of(Codec.GZIP, body);
            };
        } catch (IOException e) {
            throw new AssertionError(coding, e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "gzip"})
    void get_hotText_isCodedInTheBackgroundAndThenServedByMmap(String coding) {
        Response first = coded(server, "/coded.txt", coding);
        Response second = server.given().header("Accept-Encoding", coding).get("/coded.txt");

        assertEquals(TEXT, new String(decoded(second), UTF_8));
        assertArrayEquals(first.asByteArray(), second.asByteArray());
        second.then()
                .header("Content-Length", Integer.toString(second.asByteArray().length))
                .header("Content-Type", "text/plain;charset=utf-8")
                .header("Accept-Ranges", "bytes")
                .header("Vary", "Accept-Encoding");
        server.served().byMmap(second.asByteArray().length);
    }

    @Test
    void get_notCodedYet_isTheFileItself() {
        try (TestServer own = TestServer.start(TestSite.empty().file("/f.txt", TEXT))) {
            Response first = own.given().header("Accept-Encoding", "br").get("/f.txt");
            first.then().statusCode(200).header("Content-Encoding", nullValue()).header("Vary", "Accept-Encoding");
            assertEquals(TEXT, first.asString());
            own.served().byMmap(TEXT.length());
        }
    }

    @Test
    void etag_eachCoding_hasItsOwnStrongOne() {
        Set<String> tags = new HashSet<>();
        for (String coding : CODINGS) {
            tags.add(coded(server, "/tagged.txt", coding).header("ETag"));
        }
        tags.add(server.etag("/tagged.txt"));
        assertEquals(4, tags.size(), tags::toString);
        assertTrue(tags.stream().noneMatch(tag -> tag.startsWith("W/")), tags::toString);
    }

    /** By the preference of the server among what the client likes best. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip, zstd, br         | br",
                "gzip, zstd             | zstd",
                "x-gzip                 | gzip",
                "br;q=0.5, gzip         | gzip",
                "br;q=0, *              | zstd",
                "*                      | br",
                "identity;q=0, *;q=0.1  | br",
                "identity, br;q=0.9     | -",
                "br;q=0, zstd;q=0, gzip;q=0 | -",
                "deflate, compress      | -",
                "identity               | -",
                "br;q=nonsense          | -",
                "''                     | -",
            })
    void get_acceptEncoding_choosesTheCoding(String accepted, String coding) {
        coded(server, "/page.html", "br");
        Response response = server.given()
                .header("Accept-Encoding", accepted.replace("''", ""))
                .get("/page.html");
        response.then()
                .statusCode(200)
                .header("Content-Encoding", coding.equals("-") ? nullValue() : equalTo(coding))
                .header("Vary", "Accept-Encoding");
        server.served().byMmap(response.asByteArray().length);
    }

    @Test
    void get_withoutAcceptEncoding_isTheFileItself() {
        coded(server, "/page.html", "br");
        try (RawClient client = server.connect()) {
            RawResponse response = client.request("GET", "/page.html").read();
            assertNull(response.field("Content-Encoding"));
            assertEquals("Accept-Encoding", response.field("Vary"));
            assertEquals(TEXT, response.text());
        }
        server.served();
    }

    @Test
    void head_coded_hasTheFieldsOfGet() {
        Response get = coded(server, "/page.html", "zstd");
        server.given()
                .header("Accept-Encoding", "zstd")
                .head("/page.html")
                .then()
                .statusCode(200)
                .header("Content-Encoding", "zstd")
                .header("Content-Length", get.header("Content-Length"))
                .header("ETag", get.header("ETag"))
                .header("Vary", "Accept-Encoding");
        server.served().withoutBody("head");
    }

    @Test
    void get_identityExcludedAndNoCodingFits_is406() {
        coded(server, "/refused.txt", "br");
        for (String accepted : List.of("identity;q=0", "*;q=0", "deflate, identity;q=0", "br;q=0, identity;q=0")) {
            boolean others = accepted.startsWith("br");
            server.given()
                    .header("Accept-Encoding", accepted + (others ? ", zstd;q=0, gzip;q=0" : ""))
                    .get("/refused.txt")
                    .then()
                    .statusCode(406)
                    .header("Vary", "Accept-Encoding");
            assertEquals("not-acceptable", server.served().reason());
        }
    }

    @Test
    void get_identityExcludedWhereNothingIsEverCoded_is406WithoutVary() {
        server.given()
                .header("Accept-Encoding", "identity;q=0, *")
                .get("/photo.png")
                .then()
                .statusCode(406)
                .header("Vary", nullValue());
        server.served();
    }

    @Test
    void range_ofACodedRepresentation_countsCodedBytes() {
        Response whole = coded(server, "/ranged.txt", "gzip");
        byte[] body = whole.asByteArray();
        Response part = server.given()
                .header("Accept-Encoding", "gzip")
                .header("Range", "bytes=10-19")
                .get("/ranged.txt");
        part.then()
                .statusCode(206)
                .header("Content-Encoding", "gzip")
                .header("Content-Range", "bytes 10-19/" + body.length)
                .header("ETag", whole.header("ETag"))
                .header("Vary", "Accept-Encoding");
        assertArrayEquals(Arrays.copyOfRange(body, 10, 20), part.asByteArray());
        server.served().byMmap(10);
    }

    @Test
    void range_severalOfACodedRepresentation_countCodedBytes() {
        Response whole = coded(server, "/ranged.txt", "br");
        int length = whole.asByteArray().length;
        String parts = server.given()
                .header("Accept-Encoding", "br")
                .header("Range", "bytes=0-0,9-9")
                .get("/ranged.txt")
                .then()
                .statusCode(206)
                .header("Content-Encoding", "br")
                .header("Vary", "Accept-Encoding")
                .extract()
                .asString();
        assertTrue(parts.contains("Content-Range: bytes 9-9/" + length), parts);
        server.served();
    }

    @Test
    void range_beyondTheCodedEnd_is416WithTheCodedLength() {
        int length = coded(server, "/ranged.txt", "gzip").asByteArray().length;
        server.given()
                .header("Accept-Encoding", "gzip")
                .header("Range", "bytes=" + length + "-")
                .get("/ranged.txt")
                .then()
                .statusCode(416)
                .header("Content-Range", "bytes */" + length)
                .header("Vary", "Accept-Encoding");
        server.served();
    }

    @Test
    void ifRange_tagOfTheCoding_isMinded() {
        String coded = coded(server, "/ranged.txt", "gzip").header("ETag");
        String identity = server.etag("/ranged.txt");
        assertEquals(206, ranged("gzip", coded).statusCode());
        assertEquals(206, ranged("identity", identity).statusCode());
        assertEquals(200, ranged("gzip", identity).statusCode());
        assertEquals(200, ranged("identity", coded).statusCode());
        assertEquals(200, ranged("br", coded).statusCode());
        server.admin().forget();
    }

    private static Response ranged(String coding, String ifRange) {
        coded(server, "/ranged.txt", "br");
        return server.given()
                .header("Accept-Encoding", coding)
                .header("Range", "bytes=0-3")
                .header("If-Range", ifRange)
                .get("/ranged.txt");
    }

    @Test
    void ifNoneMatch_tagOfTheCoding_is304WithVary() {
        String gzip = coded(server, "/tagged.txt", "gzip").header("ETag");
        server.given()
                .header("Accept-Encoding", "gzip")
                .header("If-None-Match", gzip)
                .get("/tagged.txt")
                .then()
                .statusCode(304)
                .header("ETag", gzip)
                .header("Vary", "Accept-Encoding")
                .header("Content-Encoding", nullValue());
        server.given()
                .header("Accept-Encoding", "br")
                .header("If-None-Match", gzip)
                .get("/tagged.txt")
                .then()
                .statusCode(200)
                .header("Content-Encoding", "br");
        server.admin().served(2).get(0).withoutBody("not-modified");
    }

    @Test
    void ifMatch_tagOfAnotherCoding_is412WithVary() {
        String gzip = coded(server, "/tagged.txt", "gzip").header("ETag");
        server.given()
                .header("Accept-Encoding", "br")
                .header("If-Match", gzip)
                .get("/tagged.txt")
                .then()
                .statusCode(412)
                .header("Vary", "Accept-Encoding");
        server.served();
    }

    /** Other files are coded by the one builder in the order of the requests, so when the last is ready, the first has been tried. */
    @ParameterizedTest
    @CsvSource({
        "/photo.png, false",
        "/archive.zip, false",
        "/film.mp4, false",
        "/font.woff2, false",
        "/unknown, false",
        "/tiny.txt, false",
        "/noise.txt, true",
    })
    void get_whatGainsNothing_isNeverCoded(String path, boolean varies) {
        String last = "/after" + path.replace('/', '-') + ".txt";
        server.site().file(last, TEXT);
        for (int time = 0; time < 2; time++) {
            server.given()
                    .header("Accept-Encoding", "br, gzip")
                    .get(path)
                    .then()
                    .statusCode(200);
            coded(server, last, "gzip");
        }
        server.given()
                .header("Accept-Encoding", "br, zstd, gzip")
                .get(path)
                .then()
                .header("Content-Encoding", nullValue())
                .header("Vary", varies ? equalTo("Accept-Encoding") : nullValue());
        server.admin().forget();
    }

    @Test
    void get_largeTextWithoutSidecar_isTheFileItselfBySendfile() {
        for (int time = 0; time < 2; time++) {
            server.given()
                    .header("Accept-Encoding", "br")
                    .get("/large.txt")
                    .then()
                    .statusCode(200)
                    .header("Content-Encoding", nullValue())
                    .header("Vary", nullValue());
            server.served().bySendfile(LARGE_TEXT.length());
        }
    }

    @Test
    void get_replacedFile_isNotServedInTheOldCoding() {
        server.site().file("/changing.txt", TEXT);
        coded(server, "/changing.txt", "gzip");
        String changed = "Something else altogether.\n".repeat(100);
        server.site().replace("/changing.txt", changed, server.site().modified().minusSeconds(60));
        Response after = Await.present("the new version", () -> {
            Response now = server.given().header("Accept-Encoding", "gzip").get("/changing.txt");
            byte[] body = now.header("Content-Encoding") == null ? now.asByteArray() : decoded(now);
            String text = new String(body, UTF_8);
            assertTrue(text.equals(TEXT) || text.equals(changed));
            return Optional.of(now).filter(answer -> text.equals(changed));
        });
        assertFalse(after.asByteArray().length == 0);
        assertEquals(changed, new String(decoded(coded(server, "/changing.txt", "gzip")), UTF_8));
    }

    @Test
    void get_compressionSwitchedOff_isNeverCodedAndDoesNotVary() {
        TestSite site = TestSite.empty().file("/f.txt", TEXT).file("/f.txt.gz", "a sidecar");
        try (TestServer own = TestServer.start(site, "compression.enabled=false")) {
            for (int time = 0; time < 3; time++) {
                own.given()
                        .header("Accept-Encoding", "br, gzip")
                        .get("/f.txt")
                        .then()
                        .header("Content-Encoding", nullValue())
                        .header("Vary", nullValue());
            }
        }
    }

    @Test
    void get_codingsConfigured_areTheOnlyOnesAndInThatOrder() {
        TestSite site = TestSite.empty().file("/f.txt", TEXT);
        try (TestServer own = TestServer.start(site, "compression.codings=[gzip, br]")) {
            assertNotEquals(0, coded(own, "/f.txt", "gzip").asByteArray().length);
            own.given()
                    .header("Accept-Encoding", "zstd, br, gzip")
                    .get("/f.txt")
                    .then()
                    .header("Content-Encoding", "gzip");
            own.given().header("Accept-Encoding", "zstd").get("/f.txt").then().header("Content-Encoding", nullValue());
        }
    }
}
