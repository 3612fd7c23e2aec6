package dev.sluice.e2e;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.restassured.response.Response;
import java.util.Arrays;
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

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-9,20-29", "bytes=-5,0-4", "bytes=0-1,4-5,8-9"})
    void range_several_isTheWholeForNow(String range) {
        for (String path : new String[] {HOT, TestSite.LARGE}) {
            Response response = server.given().header("Range", range).get(path);
            assertEquals(200, response.statusCode());
            byte[] content = server.site().content(path);
            assertArrayEquals(content, response.asByteArray());
            String ioPath = path.equals(HOT) ? "mmap" : "sendfile";
            server.served().by(ioPath, "several-ranges", content.length);
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
