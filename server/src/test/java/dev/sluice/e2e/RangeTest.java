package dev.sluice.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.restassured.response.Response;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges (RFC 9110 §14) of a file in the hot set and of one sent by sendfile, with their bytes compared. */
class RangeTest {
    private static final String HOT = "/hot.bin";
    private static final int HOT_SIZE = 10_000;

    @RegisterExtension
    static final TestServer server = TestServer.of(TestSite.standard().file(HOT, TestSite.noise(HOT_SIZE)));

    /** {@code N} is the file's length; the expected bounds are inclusive. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-0        | 0     | 0",
                "bytes=0-99       | 0     | 99",
                "bytes=100-8999   | 100   | 8999",
                "bytes=5000-      | 5000  | -1",
                "bytes=0-         | 0     | -1",
                "bytes=-1         | -1    | -1",
                "bytes=-700       | -700  | -1",
                "bytes=-999999999 | 0     | -1",
                "bytes=9-99999999 | 9     | -1",
                "bytes=9-99999999999999999999999 | 9 | -1",
                "BYTES=1-2        | 1     | 2",
                "bytes= 1-2       | 1     | 2",
                "bytes=,1-2,      | 1     | 2",
            })
    void range_single_is206WithJustTheseBytes(String range, int from, int to) {
        for (String path : new String[] {HOT, TestSite.LARGE}) {
            byte[] content = server.site().content(path);
            int first = from < 0 ? content.length + from : from;
            int last = to < 0 ? content.length + to : to;

            Response response = server.given().header("Range", range).get(path);

            response.then()
                    .statusCode(206)
                    .header("Content-Range", "bytes " + first + "-" + last + "/" + content.length)
                    .header("Content-Length", Integer.toString(last - first + 1))
                    .header("Accept-Ranges", "bytes");
            assertArrayEquals(Arrays.copyOfRange(content, first, last + 1), response.asByteArray());
            assertCarried(path, last - first + 1);
        }
    }

    private static void assertCarried(String path, long length) {
        Served served = server.served();
        if (path.equals(HOT)) {
            served.byMmap(length);
        } else {
            served.bySendfile(length);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=9999999-", "bytes=9999999-99999999", "bytes=-0", "bytes=1048576000-1048576001"})
    void range_beyondTheEnd_is416WithTheLength(String range) {
        for (String path : new String[] {HOT, TestSite.LARGE}) {
            String body = server.given()
                    .header("Range", range)
                    .get(path)
                    .then()
                    .statusCode(416)
                    .header("Content-Range", "bytes */" + server.site().content(path).length)
                    .header("Cache-Control", "no-store")
                    .extract()
                    .asString();
            server.served().by("copy", "unsatisfiable-range", body.length());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"items=0-9", "bytes", "bytes=", "bytes=9-1", "bytes=a-b", "bytes=1-2x", "bytes:0-9", "bytes=--1"
            })
    void range_unknownUnitOrMalformed_isIgnored(String range) {
        for (String path : new String[] {HOT, TestSite.LARGE}) {
            Response response = server.given().header("Range", range).get(path);
            response.then().statusCode(200).header("Content-Range", nullValue());
            byte[] content = server.site().content(path);
            assertArrayEquals(content, response.asByteArray());
            assertCarried(path, content.length);
        }
    }

    /** RFC 9110 §14.6, §15.3.7.2: each part with its own Content-Range, in the order asked, and none in the head. */
    @ParameterizedTest
    @ValueSource(strings = {"0-9,20-29", "200-204,0-4", "0-1,4-5,8-9"})
    void range_several_arePartsInTheOrderAsked(String ranges) {
        for (String path : new String[] {HOT, TestSite.LARGE}) {
            Response response =
                    server.given().header("Range", "bytes=" + ranges).get(path);
            response.then().statusCode(206).header("Content-Range", nullValue());
            String boundary = response.contentType().substring("multipart/byteranges; boundary=".length());
            byte[] content = server.site().content(path);
            String type = server.given().head(path).contentType();
            StringBuilder expected = new StringBuilder();
            for (String range : ranges.split(",", -1)) {
                int first = Integer.parseInt(range.substring(0, range.indexOf('-')));
                int last = Integer.parseInt(range.substring(range.indexOf('-') + 1));
                expected.append("\r\n--" + boundary + "\r\nContent-Type: " + type + "\r\nContent-Range: bytes " + range
                        + "/" + content.length + "\r\n\r\n");
                expected.append(new String(content, first, last - first + 1, ISO_8859_1));
            }
            expected.append("\r\n--" + boundary + "--\r\n");
            assertEquals(expected.substring(2), new String(response.asByteArray(), ISO_8859_1));
        }
    }

    /** The bytes of the parts go as those of a single range do; only the text between them is copied. */
    @Test
    void range_several_areCarriedAsOneIs() {
        for (String path : new String[] {HOT, TestSite.LARGE}) {
            byte[] body = server.given()
                    .header("Range", "bytes=0-499,600-1099")
                    .get(path)
                    .asByteArray();
            Served served = server.served();
            boolean copies = E2eTransport.current().copies();
            assertEquals(E2eTransport.current().carried(path.equals(HOT) ? "mmap" : "sendfile"), served.ioPath());
            assertEquals(body.length, served.bytes());
            assertEquals(copies ? body.length : body.length - 1_000, served.userCopiedBytes());
        }
    }

    /** Behind the last part there is no byte that could have to be waited for. */
    @Test
    void range_severalUpToTheEndOfALargeFile_waitForNothing() {
        server.given()
                .header("Range", "bytes=0-499,-500")
                .get(TestSite.LARGE)
                .then()
                .statusCode(206);

        assertEquals(
                E2eTransport.current().reason("sendfile", "several-ranges"),
                server.served().reason());
    }

    /** RFC 9110 §14.2: what overlaps or touches is one range, and one range is no multipart. */
    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-9,10-19", "bytes=5-19,0-9", "bytes=0-19,3-4"})
    void range_severalThatMelt_areOne(String ranges) {
        server.given()
                .header("Range", ranges)
                .get(TestSite.LARGE)
                .then()
                .statusCode(206)
                .header("Content-Range", "bytes 0-19/" + server.site().content(TestSite.LARGE).length);
        server.served();
    }

    /** RFC 9110 §17.15: so many ranges, or more than there is, are an attack or a mistake. */
    @Test
    void range_moreThanAHundredOrMoreThanThereIs_isTheWhole() {
        String many = IntStream.range(0, 101).mapToObj(i -> i * 3 + "-" + i * 3).collect(Collectors.joining(","));
        for (String ranges : new String[] {many, "0-,1-", "0-,0-,0-"}) {
            server.given()
                    .header("Range", "bytes=" + ranges)
                    .get(TestSite.LARGE)
                    .then()
                    .statusCode(200)
                    .header("Content-Length", Integer.toString(server.site().content(TestSite.LARGE).length));
            server.served();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TAG       | 206",
                "W/TAG     | 200",
                "\"other\" | 200",
                "garbage   | 200",
                "*         | 200",
                "DATE      | 206",
                "EARLIER   | 200",
                "LATER     | 200",
            })
    void ifRange_anyForm_appliesOnlyIfStrongAndEqual(String ifRange, int status) {
        for (String path : new String[] {HOT, TestSite.LARGE}) {
            String etag = server.etag(path);
            Response response = server.given()
                    .header("Range", "bytes=10-19")
                    .header("If-Range", ifRangeValue(ifRange, etag))
                    .get(path);
            assertEquals(status, response.statusCode(), path);
            byte[] content = server.site().content(path);
            byte[] expected = status == 206 ? Arrays.copyOfRange(content, 10, 20) : content;
            assertArrayEquals(expected, response.asByteArray());
            assertCarried(path, expected.length);
        }
    }

    private static String ifRangeValue(String template, String etag) {
        return template.replace("TAG", etag)
                .replace("DATE", HttpDates.of(server.site().modified()))
                .replace("EARLIER", HttpDates.of(server.site().modified().minusSeconds(1)))
                .replace("LATER", HttpDates.of(server.site().modified().plusSeconds(1)));
    }

    @Test
    void range_notModified_isDecidedFirst() {
        server.given()
                .header("Range", "bytes=0-9")
                .header("If-None-Match", server.etag(HOT))
                .get(HOT)
                .then()
                .statusCode(304);
        server.served().withoutBody("not-modified");
    }

    @Test
    void range_ofEmptyFile_suffixIsTheWholeAndFirstIsUnsatisfiable() {
        server.given()
                .header("Range", "bytes=-5")
                .get("/empty.txt")
                .then()
                .statusCode(200)
                .body(equalTo(""));
        server.served().withoutBody("empty-body");
        server.given()
                .header("Range", "bytes=0-")
                .get("/empty.txt")
                .then()
                .statusCode(416)
                .header("Content-Range", "bytes */0");
        server.served();
    }

    /** Undertow's own transfer would send the first ranges of a connection from the wrong place. */
    @Test
    void range_manyOnOneConnection_eachHasItsOwnBytes() {
        byte[] content = server.site().content(TestSite.LARGE);
        try (RawClient client = server.connect()) {
            for (int first = 500_000; first > 0; first -= 99_991) {
                client.request("GET", TestSite.LARGE, "Range: bytes=" + first + "-" + (first + 99));
                RawResponse response = client.read();
                assertEquals(206, response.status());
                assertArrayEquals(Arrays.copyOfRange(content, first, first + 100), response.body());
            }
        }
        server.admin().served(6).forEach(served -> served.bySendfile(100));
    }

    @Test
    void range_of404_isIgnored() {
        Response response = server.given().header("Range", "bytes=0-1").get("/nothing");
        assertEquals(404, response.statusCode());
        assertNull(response.header("Content-Range"));
        server.served();
    }
}
