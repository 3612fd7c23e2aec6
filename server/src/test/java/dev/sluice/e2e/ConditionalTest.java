package dev.sluice.e2e;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Preconditions, in the order of RFC 9110 §13.2.2, on a file of the hot set and on one sent by sendfile. */
class ConditionalTest {
    @RegisterExtension
    static final TestServer server = TestServer.of(
            TestSite.standard().file("/twin-a.txt", "the same content").file("/twin-b.txt", "the same content"));

    /**
     * One row a case; {@code TAG} stands for the current entity tag, {@code OTHER} for another, {@code NOW} for the date
     * of the last modification, {@code OLD} and {@code NEW} for a day before and after it. {@code -} is no field.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // If-None-Match, weakly compared
                "- | - | TAG              | -   | 304",
                "- | - | W/TAG            | -   | 304",
                "- | - | OTHER            | -   | 200",
                "- | - | OTHER, TAG       | -   | 304",
                "- | - | *                | -   | 304",
                "- | - | unquoted         | -   | 200",
                // If-Modified-Since, ignored beside If-None-Match
                "- | - | -                | NOW | 304",
                "- | - | -                | NEW | 304",
                "- | - | -                | OLD | 200",
                "- | - | -                | today, or tomorrow | 200",
                "- | - | OTHER            | NOW | 200",
                "- | - | TAG              | OLD | 304",
                // If-Match, strongly compared
                "TAG        | - | -       | -   | 200",
                "W/TAG      | - | -       | -   | 412",
                "OTHER      | - | -       | -   | 412",
                "OTHER, TAG | - | -       | -   | 200",
                "*          | - | -       | -   | 200",
                // If-Unmodified-Since, ignored beside If-Match
                "-          | OLD | -     | -   | 412",
                "-          | NOW | -     | -   | 200",
                "-          | NEW | -     | -   | 200",
                "-          | yesterday | - | - | 200",
                "TAG        | OLD | -     | -   | 200",
                "OTHER      | NEW | -     | -   | 412",
                // the first failure decides
                "OTHER      | -   | TAG   | -   | 412",
                "TAG        | -   | TAG   | -   | 304",
                "-          | OLD | TAG   | -   | 412",
                "-          | NOW | -     | NOW | 304",
            })
    void get_preconditions_areEvaluatedInOrder(
            String ifMatch, String ifUnmodifiedSince, String ifNoneMatch, String ifModifiedSince, int status) {
        for (String path : new String[] {TestSite.SMALL, TestSite.LARGE}) {
            String etag = server.etag(path);
            RequestSpecification request = server.given();
            add(request, "If-Match", ifMatch, etag);
            add(request, "If-Unmodified-Since", ifUnmodifiedSince, etag);
            add(request, "If-None-Match", ifNoneMatch, etag);
            add(request, "If-Modified-Since", ifModifiedSince, etag);

            Response response = request.get(path);

            assertEquals(status, response.statusCode(), path);
            assertRecord(path, status, response);
        }
    }

    private static void add(RequestSpecification request, String name, String value, String etag) {
        if (!value.equals("-")) {
            Instant modified = server.site().modified();
            request.header(
                    name,
                    value.replace("OTHER", "\"another\"")
                            .replace("TAG", etag)
                            .replace("NOW", HttpDates.of(modified))
                            .replace("OLD", HttpDates.of(modified.minusSeconds(86_400)))
                            .replace("NEW", HttpDates.of(modified.plusSeconds(86_400))));
        }
    }

    private static void assertRecord(String path, int status, Response response) {
        Served served = server.served();
        int length = response.asByteArray().length;
        switch (status) {
            case 304 -> served.withoutBody("not-modified");
            case 412 -> served.by("copy", "precondition", length);
            default -> {
                assertEquals(server.site().content(path).length, length);
                served.by(path.equals(TestSite.LARGE) ? "sendfile" : "mmap", served.reason(), length);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/small.txt", "/large.bin", "/dir/page.html"})
    void notModified_anyFile_hasWhatACacheNeedsAndNoMore(String path) {
        Response whole = server.given().get(path);
        server.served();
        server.given()
                .header("If-None-Match", whole.header("ETag"))
                .get(path)
                .then()
                .statusCode(304)
                .header("ETag", whole.header("ETag"))
                .header("Last-Modified", whole.header("Last-Modified"))
                .header("Cache-Control", whole.header("Cache-Control"))
                .header("Date", notNullValue())
                .header("Content-Type", nullValue())
                .header("Content-Length", nullValue())
                .body(equalTo(""));
        server.served().withoutBody("not-modified");
    }

    @Test
    void ifModifiedSince_allThreeDateForms_areRead() {
        Instant modified = server.site().modified();
        for (String date :
                new String[] {HttpDates.of(modified), HttpDates.rfc850(modified), HttpDates.asctime(modified)}) {
            server.given()
                    .header("If-Modified-Since", date)
                    .get(TestSite.SMALL)
                    .then()
                    .statusCode(304);
            server.served().withoutBody("not-modified");
        }
    }

    @Test
    void ifNoneMatch_severalLines_areOneList() {
        String etag = server.etag(TestSite.SMALL);
        try (RawClient client = server.connect()) {
            client.request("GET", TestSite.SMALL, "If-None-Match: \"another\"", "If-None-Match: " + etag);
            assertEquals(304, client.read().status());
        }
        server.served().withoutBody("not-modified");
    }

    @Test
    void etag_sameContent_isTheSame() {
        assertEquals(server.etag("/twin-a.txt"), server.etag("/twin-b.txt"));
        assertNotEquals(server.etag("/twin-a.txt"), server.etag("/small.txt"));
    }

    @Test
    void preconditions_where404_areNotEvaluated() {
        server.given()
                .header("If-Match", "\"another\"")
                .header("If-None-Match", "*")
                .get("/nothing")
                .then()
                .statusCode(404);
        server.served();
    }
}
