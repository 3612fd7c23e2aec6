package dev.sluice.e2e;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A single-page application: its page answers navigations, and nothing else. */
class SpaTest {
    private static final String APP = "<!doctype html><title>app</title>";
    private static final String NAVIGATION = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    @RegisterExtension
    static final TestServer server = TestServer.of(
            TestSite.standard()
                    .file("/index.html", APP)
                    .file("/files/one.txt", "one")
                    .file("/.secret", "hidden"),
            "sites[0].spa=/index.html");

    private static RequestSpecification accepting(String accept) {
        return server.given().header("Accept", accept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/settings",
                "/users/7",
                "/users/7/",
                "/v1.2/notes",
                "/john.doe",
                "/old/page.html",
                "/.secret",
                "/files/",
                "/a%20b"
            })
    void get_navigationToAPathWithoutFile_isThePage(String path) {
        for (int time = 0; time < 2; time++) {
            accepting(NAVIGATION)
                    .get(path)
                    .then()
                    .statusCode(200)
                    .header("Content-Type", "text/html;charset=utf-8")
                    .header("Cache-Control", "no-cache")
                    .header("Vary", "Accept")
                    .body(equalTo(APP));
            server.served().byMmap(APP.length());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/app.3f2a91c8.js", "/img/logo.png", "/style.css", "/data.json", "/x/font.woff2", "/a.wasm"})
    void get_missingAsset_is404EvenForANavigation(String path) {
        accepting(NAVIGATION)
                .get(path)
                .then()
                .statusCode(404)
                .header("Content-Type", "text/plain;charset=utf-8")
                .header("Vary", nullValue());
        server.served();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json", "text/*", "image/avif,*/*;q=0.8", "text/html;q=0"})
    void get_noNavigation_is404AndSaysThatAcceptDecided(String accept) {
        accepting(accept).get("/settings").then().statusCode(404).header("Vary", "Accept");
        server.served();
    }

    @Test
    void get_withoutAccept_is404() {
        try (RawClient client = server.connect()) {
            RawResponse response = client.request("GET", "/settings").read();
            org.junit.jupiter.api.Assertions.assertEquals(404, response.status());
        }
        server.served();
    }

    @ParameterizedTest
    @CsvSource({"/files/one.txt, one", "/dir/page.html, <!doctype html><title>page</title>"})
    void get_fileThatIsThere_isTheFile(String path, String content) {
        accepting(NAVIGATION)
                .get(path)
                .then()
                .statusCode(200)
                .header("Vary", nullValue())
                .body(equalTo(content));
        server.served().byMmap(content.length());
    }

    @Test
    void get_directoryWithoutSlash_isStillRedirected() {
        accepting(NAVIGATION).get("/dir").then().statusCode(308).header("Location", "/dir/");
        server.served();
    }

    @Test
    void head_navigation_hasTheFieldsOfThePage() {
        accepting(NAVIGATION)
                .head("/settings")
                .then()
                .statusCode(200)
                .header("Content-Length", Integer.toString(APP.length()))
                .header("Vary", "Accept");
        server.served().withoutBody("head");
    }

    @Test
    void get_navigationConditional_is304() {
        String etag = server.etag("/index.html");
        accepting(NAVIGATION)
                .header("If-None-Match", etag)
                .get("/settings")
                .then()
                .statusCode(304)
                .header("Vary", "Accept");
        server.served().withoutBody("not-modified");
    }

    @Test
    void post_pathWithoutFile_is405() {
        accepting(NAVIGATION).post("/settings").then().statusCode(405);
        server.served();
    }

    @Test
    void get_pageOfTheApplicationMissing_is404() {
        try (TestServer own = TestServer.start(TestSite.empty().file("/f.txt", "f"), "sites[0].spa=/app.html")) {
            for (String path : new String[] {"/settings", "/app.html"}) {
                own.given().header("Accept", NAVIGATION).get(path).then().statusCode(404);
            }
        }
    }

    @Test
    void get_pageBehindAPassword_isNotGivenToWhoHasNone() {
        String sites = """
                sites:
                  - spa: /private/app.html
                    rules:
                      - match: {path: "/private/**"}
                        auth: {realm: private, users: {anna: "$2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW"}}
                """;
        TestSite site = TestSite.empty().file("/private/app.html", APP);
        try (TestServer own = TestServer.startConfigured(site, sites)) {
            own.given().header("Accept", NAVIGATION).get("/private/x").then().statusCode(401);
            own.given().header("Accept", NAVIGATION).get("/settings").then().statusCode(404);
        }
    }

    @Test
    void get_largePageOfTheApplication_goesBySendfile() {
        byte[] page = TestSite.noise(TestSite.LARGE_SIZE);
        TestSite site = TestSite.empty().file("/index.html", page);
        try (TestServer own = TestServer.start(site, "sites[0].spa=/index.html")) {
            byte[] body =
                    own.given().header("Accept", NAVIGATION).get("/settings").asByteArray();
            org.junit.jupiter.api.Assertions.assertArrayEquals(page, body);
            own.served().bySendfile(page.length);
        }
    }
}
