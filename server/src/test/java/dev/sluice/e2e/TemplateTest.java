package dev.sluice.e2e;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pages with a nonce of their own in each response, and files with values of the environment in them. */
class TemplateTest {
    private static final String PLACEHOLDER = "__CSP_NONCE_128_BITS__";
    private static final Pattern NONCE = Pattern.compile("nonce=\"([^\"]*)\"");
    private static final String PAGE =
            "<!doctype html>\n" + "<p>ballast, so that the page has several pages</p>\n".repeat(300)
                    + "<script nonce=\"" + PLACEHOLDER + "\">a</script>\n" + "<p>more of it</p>\n".repeat(300)
                    + "<script nonce=\"" + PLACEHOLDER + "\">b</script>\n";
    private static final String SITES = """
            sites:
              - errorPages: {404: /lost.html}
                rules:
                  - match: {extension: html}
                    template: {nonce: __CSP_NONCE_128_BITS__}
                  - security: {csp: "script-src 'nonce-__CSP_NONCE_128_BITS__' 'strict-dynamic'"}
                  - match: {path: "/env/**"}
                    template: {env: [API_URL, GREETING]}
            """;

    @RegisterExtension
    static final TestServer server = TestServer.configured(
            TestSite.standard()
                    .file("/page.html", PAGE)
                    .file("/plain.html", "<p>no place for a nonce</p>")
                    .file("/lost.html", "<script nonce=\"" + PLACEHOLDER + "\">lost</script>")
                    .file("/huge.html", TestSite.noise(TestSite.LARGE_SIZE))
                    .file("/env/config.js", "const api = '${API_URL}', other = '${OTHER}', $API_URL;\n".repeat(20))
                    .file("/env/config.js.gz", "a sidecar that knows no value")
                    .file("/env/hello.txt", "${GREETING}")
                    .file("/env-not/config.js", "${API_URL}"),
            SITES);

    private static Set<String> nonces(String page) {
        Set<String> nonces = ConcurrentHashMap.newKeySet();
        Matcher matcher = NONCE.matcher(page);
        while (matcher.find()) {
            nonces.add(matcher.group(1));
        }
        return nonces;
    }

    /** Checks one response, and gives its nonce. */
    private static String nonceOf(String page, String csp) {
        Set<String> nonces = nonces(page);
        assertEquals(1, nonces.size(), nonces::toString);
        String nonce = nonces.iterator().next();
        assertEquals("script-src 'nonce-" + nonce + "' 'strict-dynamic'", csp);
        assertTrue(nonce.matches("[A-Za-z0-9+/]{22}"), nonce);
        assertEquals(PAGE, page.replace(nonce, PLACEHOLDER));
        return nonce;
    }

    @Test
    void get_page_hasAFreshNonceThatTheFieldCarriesToo() {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        for (int time = 0; time < 20; time++) {
            Response response = server.given().get("/page.html");
            response.then()
                    .statusCode(200)
                    .header("Content-Length", Integer.toString(PAGE.length()))
                    .header("Content-Type", "text/html;charset=utf-8")
                    .header("Cache-Control", "no-store")
                    .header("ETag", nullValue())
                    .header("Last-Modified", nullValue())
                    .header("Accept-Ranges", nullValue())
                    .header("Content-Encoding", nullValue())
                    .header("Vary", nullValue());
            assertTrue(seen.add(nonceOf(response.asString(), response.header("Content-Security-Policy"))));
            assertPatched(server.served());
        }
    }

    /** Only what is patched is copied by us. */
    private static void assertPatched(Served served) {
        boolean copies = E2eTransport.current().copies();
        assertEquals(copies ? "copy" : "cow", served.ioPath());
        assertEquals("cow", served.planned());
        assertEquals(E2eTransport.current().reason("cow", "template"), served.reason());
        assertEquals(PAGE.length(), served.bytes());
        assertEquals(copies ? PAGE.length() : 2 * PLACEHOLDER.length(), served.userCopiedBytes());
        assertTrue(served.complete());
    }

    @Test
    void get_pageConditionalOrInPart_isStillTheWholePage() {
        for (String field : new String[] {"If-None-Match", "If-Match"}) {
            server.given().header(field, "*").get("/page.html").then().statusCode(200);
        }
        server.given()
                .header("Range", "bytes=0-9")
                .header("If-Modified-Since", HttpDates.of(server.site().modified()))
                .get("/page.html")
                .then()
                .statusCode(200)
                .header("Content-Length", Integer.toString(PAGE.length()))
                .header("Content-Range", nullValue());
        server.admin().served(3);
    }

    @Test
    void get_pageByAClientThatTakesCodings_isNotCoded() {
        for (int time = 0; time < 3; time++) {
            Response response =
                    server.given().header("Accept-Encoding", "br, gzip").get("/page.html");
            response.then().header("Content-Encoding", nullValue());
            nonceOf(response.asString(), response.header("Content-Security-Policy"));
        }
        server.admin().served(3);
    }

    @Test
    void head_page_hasTheFieldsOfGet() {
        server.given()
                .head("/page.html")
                .then()
                .statusCode(200)
                .header("Content-Length", Integer.toString(PAGE.length()))
                .header("Cache-Control", "no-store")
                .header("ETag", nullValue())
                .body(equalTo(""));
        server.served();
    }

    /** A policy that names a nonce nobody can know lets nothing in; one that named the placeholder would let everybody in. */
    @Test
    void get_whatHasNoNonce_doesNotNameThePlaceholder() {
        for (String path : new String[] {TestSite.SMALL, TestSite.LARGE, "/dir", "/env/config.js"}) {
            Response response = server.given().get(path);
            String csp = response.header("Content-Security-Policy");
            assertFalse(csp.contains(PLACEHOLDER), csp);
        }
        server.admin().forget();
    }

    @Test
    void get_pageWithoutThePlaceholder_isServedAsItIs() {
        server.given()
                .get("/plain.html")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body(equalTo("<p>no place for a nonce</p>"));
        server.served();
    }

    @Test
    void get_missing_isTheErrorPageWithItsNonce() {
        for (int time = 0; time < 2; time++) {
            Response response = server.given().get("/nothing.html");
            assertEquals(404, response.statusCode());
            String nonce = nonces(response.asString()).iterator().next();
            assertNotEquals(PLACEHOLDER, nonce);
            assertEquals(
                    "script-src 'nonce-" + nonce + "' 'strict-dynamic'", response.header("Content-Security-Policy"));
        }
        server.admin().forget();
    }

    /** The page is of the site, not of the path that is missing, whatever rules hold for that. */
    @Test
    void get_missingWhereNoTemplateHolds_isTheErrorPageWithItsNonceAllTheSame() {
        Response response = server.given().get("/nothing.txt");
        assertEquals(404, response.statusCode());
        String nonce = nonces(response.asString()).iterator().next();
        assertNotEquals(PLACEHOLDER, nonce);
        assertEquals("script-src 'nonce-" + nonce + "' 'strict-dynamic'", response.header("Content-Security-Policy"));
        server.admin().forget();
    }

    @Test
    void get_pageTooLargeForTheHotSet_isRefusedRatherThanSentUnfilled() {
        server.given().get("/huge.html").then().statusCode(500);
        assertEquals("template-too-large", server.served().reason());
    }

    @Test
    void get_withoutAHotSet_isRefusedRatherThanSentUnfilled() {
        try (TestServer own =
                TestServer.startConfigured(TestSite.empty().file("/page.html", PAGE), SITES, "cache.memory=0")) {
            own.given().get("/page.html").then().statusCode(500);
        }
    }

    @Test
    void get_manyAtOnce_eachHasItsOwnNonceAlone() throws Exception {
        int clients = 16;
        int requests = 200;
        Set<String> seen = ConcurrentHashMap.newKeySet();
        ExecutorService pool = Executors.newFixedThreadPool(clients);
        try {
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                all.add(pool.submit(client(requests, seen)));
            }
            for (Future<Integer> one : all) {
                assertEquals(requests, one.get());
            }
        } finally {
            pool.shutdownNow();
        }
        assertEquals(clients * requests, seen.size());
        server.admin().forget();
        Response after = server.given().get("/page.html");
        assertTrue(seen.add(nonceOf(after.asString(), after.header("Content-Security-Policy"))));
        assertPatched(server.served());
    }

    private static Callable<Integer> client(int requests, Set<String> seen) {
        return () -> {
            int fresh = 0;
            try (RawClient client = server.connect()) {
                for (int time = 0; time < requests; time++) {
                    RawResponse response = client.request("GET", "/page.html").read();
                    String nonce = nonceOf(response.text(), response.field("content-security-policy"));
                    fresh += seen.add(nonce) ? 1 : 0;
                }
            }
            return fresh;
        };
    }

    @Test
    void get_environment_isFilledInOnceAndThenHot() {
        String filled = "const api = 'https://api.example/v1?a=b&c=$1', other = '${OTHER}', $API_URL;\n".repeat(20);
        for (int time = 0; time < 2; time++) {
            Response response = server.given().header("Accept-Encoding", "gzip").get("/env/config.js");
            response.then()
                    .statusCode(200)
                    .header("Content-Length", Integer.toString(filled.length()))
                    .header("Content-Encoding", nullValue());
            assertEquals(filled, response.asString());
            server.served().byMmap(filled.length());
        }
    }

    @Test
    void get_environment_hasAValidatorOfWhatIsSent() {
        String etag = server.etag("/env/config.js");
        server.given()
                .header("If-None-Match", etag)
                .get("/env/config.js")
                .then()
                .statusCode(304);
        server.given()
                .header("Range", "bytes=0-8")
                .get("/env/config.js")
                .then()
                .statusCode(206)
                .body(equalTo("const api"));
        server.admin().served(2);
        assertNotEquals(etag, server.etag("/env-not/config.js"));
    }

    @Test
    void get_environmentBeyondAscii_isUtf8() {
        server.given().get("/env/hello.txt").then().body(equalTo("gr\u00fc\u00df dich"));
        server.served();
        server.given().get("/env-not/config.js").then().body(equalTo("${API_URL}"));
        server.served();
    }
}
