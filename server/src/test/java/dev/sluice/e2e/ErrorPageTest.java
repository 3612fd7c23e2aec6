package dev.sluice.e2e;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The site's own 404 page. */
class ErrorPageTest {
    private static final String PAGE = "<!doctype html><title>lost</title>";

    @RegisterExtension
    static final TestServer server =
            TestServer.of(TestSite.standard().file("/404.html", PAGE).file("/.hidden", "secret"));

    @Test
    void get_missing_isThePageWithStatus404() {
        for (String path : new String[] {"/nothing", "/a/b/c", "/dir/nothing", "/.hidden"}) {
            server.given()
                    .get(path)
                    .then()
                    .statusCode(404)
                    .header("Content-Type", "text/html;charset=utf-8")
                    .body(equalTo(PAGE));
            Served served = server.served();
            served.by("mmap", path.equals("/.hidden") ? "hidden" : "missing", PAGE.length());
        }
    }

    @Test
    void get_missing_hasNoValidatorsAndIsNotStored() {
        server.given()
                .get("/nothing")
                .then()
                .header("ETag", nullValue())
                .header("Last-Modified", nullValue())
                .header("Accept-Ranges", nullValue())
                .header("Cache-Control", "no-store");
        server.served();
    }

    @Test
    void get_missingConditionalOrRange_isStillTheWholePage() {
        String etag = server.etag("/404.html");
        server.given()
                .header("If-None-Match", etag)
                .header("Range", "bytes=0-1")
                .get("/nothing")
                .then()
                .statusCode(404)
                .body(equalTo(PAGE));
        server.served().by("mmap", "missing", PAGE.length());
    }

    @Test
    void head_missing_hasTheFieldsAndNoBody() {
        server.given()
                .head("/nothing")
                .then()
                .statusCode(404)
                .header("Content-Length", Integer.toString(PAGE.length()))
                .body(equalTo(""));
        server.served().withoutBody("missing");
    }

    @Test
    void get_thePageItself_is200() {
        server.given().get("/404.html").then().statusCode(200).body(equalTo(PAGE));
        server.served().byMmap(PAGE.length());
    }

    @Test
    void get_missingWhereThePageIsMissingToo_isPlainText() {
        try (TestServer own = TestServer.start(TestSite.standard())) {
            for (String path : new String[] {"/nothing", "/404.html"}) {
                own.given().get(path).then().statusCode(404).header("Content-Type", "text/plain;charset=utf-8");
                own.served();
            }
        }
    }

    @Test
    void get_missingWhereThePageIsAnotherOne_isThatOne() {
        TestSite site = TestSite.standard().file("/errors/gone.html", "gone");
        try (TestServer own = TestServer.start(site, "sites[0].errorPages={404: /errors/gone.html}")) {
            own.given().get("/nothing").then().statusCode(404).body(equalTo("gone"));
            own.served().by("mmap", "missing", 4);
        }
    }

    @Test
    void get_missingWhereThePageIsLarge_isThePageBySendfile() {
        TestSite site = TestSite.standard().file("/404.html", TestSite.noise(TestSite.LARGE_SIZE));
        try (TestServer own = TestServer.start(site)) {
            byte[] body =
                    own.given().get("/nothing").then().statusCode(404).extract().asByteArray();
            assertArrayEquals(TestSite.noise(TestSite.LARGE_SIZE), body);
            own.served().by("sendfile", "missing", TestSite.LARGE_SIZE);
        }
    }

    @Test
    void get_missingWithoutAHotSet_isThePageAllTheSame() {
        try (TestServer own = TestServer.start(TestSite.standard().file("/404.html", PAGE), "cache.memory=0")) {
            own.given().get("/nothing").then().statusCode(404).body(equalTo(PAGE));
            own.served().by("sendfile", "missing", PAGE.length());
        }
    }
}
