package dev.sluice.e2e;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.response.Response;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The site's pages for errors of one status, and for the rest of a class. */
class ErrorPageStatusTest {
    private static final String CODED_PAGE = "<p>a page that is worth coding</p>\n".repeat(100);

    private static final String SITES = """
            sites:
              - errorPages: {404: /404.html, 410: /gone.html, 405: /missing-page.html, 4xx: /client.html, 503: /later.html}
                rules:
                  - match: {path: "/gone/**"}
                    deny: 410
                  - match: {path: "/no/**"}
                    deny: 403
                  - match: {path: "/shop/**"}
                    maintenance: 30s
                  - match: {path: "/errors/**"}
                    headers: {set: {X-Rule: errors}}
              - hosts: [coded.example]
                root: site/coded
                errorPages: {4xx: /page.html}
            """;

    @RegisterExtension
    static final TestServer server = TestServer.configured(
            TestSite.standard()
                    .file("/404.html", "lost")
                    .file("/gone.html", "gone")
                    .file("/client.html", "your fault")
                    .file("/later.html", "later")
                    .file("/coded/page.html", CODED_PAGE),
            SITES);

    @ParameterizedTest
    @CsvSource({
        "GET, /nothing, 404, lost",
        "GET, /gone/x, 410, gone",
        "GET, /no/x, 403, your fault",
        "GET, /shop/x, 503, later",
        "DELETE, /small.txt, 405, 405 Method Not Allowed: use GET or HEAD",
        "BREW, /small.txt, 501, '501 Not Implemented: this method is not known, use GET or HEAD'",
    })
    void anyRefusal_ofAStatusOrClassWithAPage_isThePageWithThatStatus(
            String method, String path, int status, String text) {
        for (int time = 0; time < 2; time++) {
            String body = server.given()
                    .request(method, path)
                    .then()
                    .statusCode(status)
                    .header("Cache-Control", "no-store")
                    .header("ETag", nullValue())
                    .extract()
                    .asString();
            assertEquals(text, body.strip());
            assertEquals(status, server.served().status());
        }
    }

    @Test
    void get_rangeBeyondTheEnd_keepsItsContentRangeBesideThePage() {
        server.given()
                .header("Range", "bytes=9999-")
                .get(TestSite.SMALL)
                .then()
                .statusCode(416)
                .header("Content-Range", "bytes */33")
                .header("Content-Type", startsWith("text/html"))
                .body(equalTo("your fault"));
        server.given()
                .header("If-Match", "\"other\"")
                .get(TestSite.LARGE)
                .then()
                .statusCode(412)
                .body(equalTo("your fault"));
        server.admin().served(2).get(1).by("mmap", "precondition", 10);
    }

    @Test
    void get_maintenance_keepsRetryAfterBesideThePage() {
        server.given()
                .get("/shop/")
                .then()
                .statusCode(503)
                .header("Retry-After", "30")
                .body(equalTo("later"));
        server.served();
    }

    @Test
    void head_refused_hasTheFieldsOfThePage() {
        server.given()
                .head("/gone/x")
                .then()
                .statusCode(410)
                .header("Content-Length", "4")
                .header("Content-Type", startsWith("text/html"))
                .body(equalTo(""));
        server.served().withoutBody("denied");
    }

    /** Rules go by what is asked for, not by the page that answers it. */
    @Test
    void get_missing_isDressedByTheRulesOfItsOwnPath() {
        server.given().get("/errors/x").then().statusCode(404).header("X-Rule", "errors");
        server.given().get("/nothing").then().statusCode(404).header("X-Rule", nullValue());
        server.admin().served(2);
    }

    @Test
    void get_missingByAClientThatTakesCodings_isThePageCoded() {
        try (RawClient client = server.connect()) {
            Await.present("the page by gzip", () -> {
                client.request("GET", "/nothing", "Host: coded.example", "Accept-Encoding: gzip");
                RawResponse response = client.read();
                assertEquals(404, response.status());
                assertEquals("Accept-Encoding", response.field("Vary"));
                return Optional.of(response).filter(answer -> "gzip".equals(answer.field("Content-Encoding")));
            });
            client.request("GET", "/nothing", "Host: coded.example", "Accept-Encoding: identity;q=0, deflate");
            assertEquals(
                    "404 Not Found: nothing is served at this path\n",
                    client.read().text());
        }
        server.admin().forget();
    }

    @Test
    void get_page_isNoErrorByItsOwnPath() {
        Response response = server.given().get("/gone.html");
        response.then().statusCode(200).header("Cache-Control", "no-cache").body(equalTo("gone"));
        server.served().byMmap(4);
    }
}
