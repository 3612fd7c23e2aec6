package dev.sluice.e2e;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods other than GET and HEAD. */
class MethodTest {
    private static final String ALLOWED = "GET, HEAD, OPTIONS";

    @RegisterExtension
    static final TestServer server = TestServer.of(TestSite.standard());

    @ParameterizedTest
    @ValueSource(strings = {"/small.txt", "/large.bin", "/nothing", "/dir"})
    void options_anyPath_is204WithAllow(String path) {
        server.given()
                .options(path)
                .then()
                .statusCode(204)
                .header("Allow", ALLOWED)
                .header("Content-Length", nullValue())
                .body(equalTo(""));
        server.served().withoutBody("options");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "MKCOL", "LOCK"})
    void knownMethod_anyPath_is405WithAllow(String method) {
        String body = server.given()
                .request(method, TestSite.SMALL)
                .then()
                .statusCode(405)
                .header("Allow", ALLOWED)
                .header("Cache-Control", "no-store")
                .extract()
                .asString();
        server.served().by("copy", "method", body.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "BREW", "GETT", "X", "A-TOKEN_with.marks!"})
    void unknownMethod_anyPath_is501(String method) {
        try (RawClient client = server.connect()) {
            RawResponse response = client.request(method, TestSite.SMALL).read();
            assertEquals(501, response.status());
            Served served = server.served().by("copy", "method", response.body().length);
            assertEquals(method, served.method());
        }
    }

    @Test
    void post_bodyOnKeptConnection_isNotTakenForTheNextRequest() {
        String smuggled = "GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try (RawClient client = server.connect()) {
            client.send("POST /small.txt HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + smuggled.length()
                    + "\r\n\r\n" + smuggled);
            assertEquals(405, client.read().status());
            assertEquals(
                    "The small file, for the hot set.\n",
                    client.request("GET", TestSite.SMALL).read().text());
        }
        assertEquals(200, server.admin().served(2).get(1).status());
    }

    @Test
    void get_body_isIgnored() {
        try (RawClient client = server.connect()) {
            client.send("GET /small.txt HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello");
            assertEquals(200, client.read().status());
            assertEquals(200, client.request("GET", "/small.txt").read().status());
        }
        server.admin().served(2);
    }

    /** RFC 9112 §9.3: where a chunked body ends is not for us to find out, so the connection goes no further. */
    @Test
    void get_chunkedBody_isAnsweredAndTheConnectionCloses() {
        try (RawClient client = server.connect()) {
            client.request("GET", TestSite.LARGE, "Transfer-Encoding: chunked").send("5\r\nhello\r\n0\r\n\r\n");
            RawResponse response = client.read();
            assertEquals(200, response.status());
            assertEquals("close", response.field("Connection"));
            client.readToEnd();
        }
        server.served().bySendfile(TestSite.LARGE_SIZE);
    }
}
