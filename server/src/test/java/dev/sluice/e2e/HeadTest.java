package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HEAD: what GET would say, and not a byte more (RFC 9110 §9.3.2). */
class HeadTest {
    @RegisterExtension
    static final TestServer server = TestServer.of(TestSite.standard());

    @ParameterizedTest
    @CsvSource({
        "/small.txt, 200, head",
        "/large.bin, 200, head",
        "/empty.txt, 200, head",
        "/dir/, 200, head",
        "/dir, 308, redirect",
        "/nothing, 404, missing",
    })
    void head_anyPath_hasTheFieldsOfGetAndNoBody(String path, int status, String reason) {
        try (RawClient client = server.connect()) {
            RawResponse get = client.request("GET", path).read();
            RawResponse head = client.request("HEAD", path).read("HEAD");
            // If a body had followed, the next answer would not begin where it must.
            RawResponse next = client.request("GET", path).read();

            assertEquals(status, head.status());
            assertEquals(withoutDate(get), withoutDate(head));
            assertEquals(get.text(), next.text());
        }
        server.admin().served(3).get(1).withoutBody(reason);
    }

    @Test
    void head_range_isIgnored() {
        server.given()
                .header("Range", "bytes=0-9")
                .head(TestSite.LARGE)
                .then()
                .statusCode(200)
                .header("Content-Length", Integer.toString(TestSite.LARGE_SIZE));
        server.served().withoutBody("head");
    }

    @Test
    void head_heldTag_is304() {
        String etag = server.etag(TestSite.LARGE);
        server.given().header("If-None-Match", etag).head(TestSite.LARGE).then().statusCode(304);
        server.served().withoutBody("not-modified");
    }

    private static Map<String, List<String>> withoutDate(RawResponse response) {
        Map<String, List<String>> fields = new HashMap<>(response.fields());
        fields.remove("date");
        return fields;
    }
}
