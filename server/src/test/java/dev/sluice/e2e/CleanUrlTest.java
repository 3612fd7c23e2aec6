package dev.sluice.e2e;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths that are not those of the files: clean URLs, last slashes, {@code tryFiles}. */
class CleanUrlTest {
    private static TestSite site() {
        return TestSite.empty()
                .file("/index.html", "home")
                .file("/about.html", "about")
                .file("/docs/index.html", "docs")
                .file("/docs/start.html", "start")
                .file("/both.html", "the page")
                .file("/both/index.html", "the directory")
                .file("/plain", "plain")
                .file("/plain.html", "plain page")
                .file("/empty/file.txt", "file")
                .file("/app.html", "app")
                .file("/@/x.html", "expanded");
    }

    @RegisterExtension
    static final TestServer server = TestServer.of(site(), "sites[0].cleanUrls=true");

    private static void assertAnswer(TestServer from, String path, int status, String content) {
        for (int time = 0; time < 2; time++) {
            from.given()
                    .get(path)
                    .then()
                    .statusCode(status)
                    .header("Location", status == 308 ? equalTo(content) : nullValue())
                    .body(
                            status == 308
                                    ? equalTo("")
                                    : content.equals("-") ? equalTo(refusal(status)) : equalTo(content));
        }
        from.admin().forget();
    }

    private static String refusal(int status) {
        return status == 404 ? "404 Not Found: nothing is served at this path\n" : status + "\n";
    }

    @ParameterizedTest
    @CsvSource({
        "/about, 200, about",
        "/about.html, 200, about",
        "/docs/start, 200, start",
        "/docs/, 200, docs",
        "/docs, 308, /docs/",
        "/docs?q=1, 308, /docs/?q=1",
        "/both, 200, the page",
        "/both/, 200, the directory",
        "/plain, 200, plain",
        "/about/, 308, /about",
        "/about/?q=1, 308, /about?q=1",
        "/docs/start/, 308, /docs/start",
        "/, 200, home",
        "/empty, 308, /empty/",
        "/empty/, 404, -",
        "/none, 404, -",
        "/about/more, 404, -",
        "/about.html.html, 404, -",
        "/.html, 404, -",
    })
    void get_cleanUrls_findsThePageOfThatName(String path, int status, String content) {
        assertAnswer(server, path, status, content);
    }

    @Test
    void get_cleanUrl_hasTheFieldsOfThePage() {
        String etag = server.etag("/about.html");
        server.given()
                .get("/about")
                .then()
                .header("Content-Type", "text/html;charset=utf-8")
                .header("Cache-Control", "no-cache")
                .header("ETag", etag);
        server.served().byMmap(5);
    }

    @ParameterizedTest
    @CsvSource({
        "add, /docs, 308, /docs/",
        "add, /docs/, 200, docs",
        "add, /about.html/, 404, -",
        "remove, /docs, 200, docs",
        "remove, /docs/, 308, /docs",
        "remove, /docs/?a=b, 308, /docs?a=b",
        "remove, /, 200, home",
        "remove, /empty, 404, -",
        "remove, /empty/, 404, -",
        "remove, /about.html/, 404, -",
        "keep, /docs, 200, docs",
        "keep, /docs/, 200, docs",
        "keep, /, 200, home",
        "keep, /empty, 404, -",
        "keep, /about.html/, 404, -",
    })
    void get_trailingSlash_followsThePolicy(String policy, String path, int status, String content) {
        try (TestServer own = TestServer.start(site(), "sites[0].trailingSlash=" + policy)) {
            assertAnswer(own, path, status, content);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "remove, /about, 200, about",
        "remove, /about/, 308, /about",
        "remove, /docs/start/, 308, /docs/start",
        "keep, /about, 200, about",
        "keep, /about/, 200, about",
    })
    void get_cleanUrlsWithTrailingSlash_followThePolicy(String policy, String path, int status, String content) {
        try (TestServer own = TestServer.start(site(), "sites[0].cleanUrls=true", "sites[0].trailingSlash=" + policy)) {
            assertAnswer(own, path, status, content);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/about, 200, about",
        "/plain, 200, plain",
        "/x, 200, expanded",
        "/no/such/thing, 200, app",
        "/docs/, 200, docs",
        "/, 200, home",
    })
    void get_tryFiles_takesTheFirstThatIsThere(String path, int status, String content) {
        try (TestServer own =
                TestServer.start(site(), "sites[0].tryFiles=['{path}', '{path}.html', '/@{path}.html', '/app.html']")) {
            assertAnswer(own, path, status, content);
        }
    }

    @ParameterizedTest
    @CsvSource({"404", "410", "403", "503", "451"})
    void get_tryFilesThatEndInAStatus_answerByIt(int status) {
        try (TestServer own = TestServer.start(site(), "sites[0].tryFiles=['{path}.html', '=" + status + "']")) {
            assertAnswer(own, "/about", 200, "about");
            assertAnswer(own, "/none", status, "-");
            assertAnswer(own, "/plain", 200, "plain page");
        }
    }
}
