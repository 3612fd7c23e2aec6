package dev.sluice.e2e;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules: fields, caching, redirects, rewrites, refusals, downloads, security fields, bandwidth. */
class RuleTest {
    private static final String RULES = """
            sites:
              - errorPages: {403: /denied.html}
                rules:
                  - headers: {set: {X-All: "1", X-Gone: soon}, add: {Link: "</a>; rel=preload"}}
                  - match: {path: "/fields/**"}
                    headers: {set: {X-All: "2", X-More: more}, add: {Link: "</b>; rel=preload"}, remove: [X-Gone]}
                  - match: {type: "text/css"}
                    headers: {set: {X-Type: css}}
                  - match: {method: POST}
                    headers: {set: {X-Method: post}}
                  - match: {path: "/cached/hour*"}
                    cache: 1h
                  - match: {path: "/cached/immutable*"}
                    cache: immutable
                  - match: {path: "/cached/none*"}
                    cache: no-store
                  - match: {path: "/cached/own*"}
                    cache: "public, s-maxage=60"
                  - match: {path: "/app.0a1b2c3d.js"}
                    cache: revalidate
                  - match: {path: "/old/**"}
                    redirect: "/new/$1"
                  - match: {path: "/moved/*/to/*"}
                    redirect: {to: "https://example.org/$2/$1", status: 301}
                  - match: {path: "/found"}
                    redirect: {to: "/elsewhere?x=1", status: 302}
                  - match: {path: "/temporary"}
                    redirect: {to: "/elsewhere", status: 307}
                  - match: {path: "/bare/**"}
                    redirect: "/$1"
                  - match: {path: ["/many/*", "/several/*/*"]}
                    redirect: "/all/$1"
                  - match: {path: "/v?/**"}
                    rewrite: "/version-$1/$2"
                  - match: {path: "/version-2/**"}
                    headers: {set: {X-Version: two}}
                  - match: {extension: [bak, sql]}
                    deny: true
                  - match: {path: "/gone/**"}
                    deny: 410
                  - match: {path: "/invisible/**"}
                    deny: 404
                  - match: {path: "/down/**"}
                    download: true
                  - match: {path: "/down/named*"}
                    download: "Rechnung März.pdf"
                  - match: {path: "/shop/**"}
                    maintenance: 10m
                  - match: {path: "/safe/**"}
                    security: true
                  - match: {path: "/safe/own*"}
                    security: {frame: sameorigin, referrer: no-referrer, hsts: off, csp: "default-src 'self'"}
            """;

    @RegisterExtension
    static final TestServer server = TestServer.configured(
            TestSite.standard()
                    .file("/denied.html", "denied page")
                    .file("/fields/f.css", "css")
                    .file("/cached/hour.txt", "h")
                    .file("/cached/immutable.txt", "i")
                    .file("/cached/none.txt", "n")
                    .file("/cached/own.txt", "o")
                    .file("/app.0a1b2c3d.js", "1")
                    .file("/lib.0a1b2c3d.js", "1")
                    .file("/page.0a1b2c3d.html", "1")
                    .file("/version-1/doc.txt", "one")
                    .file("/version-2/doc.txt", "two")
                    .file("/backup.sql", "secret")
                    .file("/dir/backup.BAK", "secret")
                    .file("/invisible/f.txt", "secret")
                    .file("/down/file name.txt", "down")
                    .file("/down/named.txt", "down")
                    .file("/shop/f.txt", "shop")
                    .file("/safe/f.html", "safe")
                    .file("/safe/own.html", "safe"),
            RULES);

    private static void assertTwice(String path, Runnable check) {
        check.run();
        check.run();
        server.admin().forget();
        assertTrue(path.startsWith("/"));
    }

    @Test
    void headers_ofSeveralRules_accumulateAndTheLaterWins() {
        assertTwice("/fields/f.css", () -> {
            Response response = server.given().get("/fields/f.css");
            response.then()
                    .statusCode(200)
                    .header("X-All", "2")
                    .header("X-More", "more")
                    .header("X-Type", "css")
                    .header("X-Method", nullValue())
                    .header("X-Gone", nullValue());
            assertEquals(
                    List.of("</a>; rel=preload", "</b>; rel=preload"),
                    response.headers().getValues("Link"));
        });
    }

    @Test
    void headers_onEveryKindOfAnswer_areThere() {
        String etag = server.etag("/small.txt");
        server.given()
                .header("If-None-Match", etag)
                .get("/small.txt")
                .then()
                .statusCode(304)
                .header("X-All", "1");
        server.given()
                .header("Range", "bytes=0-1")
                .get("/small.txt")
                .then()
                .statusCode(206)
                .header("X-All", "1");
        server.given()
                .header("Range", "bytes=0-1")
                .get("/large.bin")
                .then()
                .statusCode(206)
                .header("X-All", "1");
        server.given()
                .header("Range", "bytes=99-")
                .get("/small.txt")
                .then()
                .statusCode(416)
                .header("X-All", "1");
        server.given().get("/nothing").then().statusCode(404).header("X-All", "1");
        server.given().get("/dir").then().statusCode(308).header("X-All", "1");
        server.given().options("/").then().statusCode(204).header("X-All", "1");
        server.given().head("/large.bin").then().statusCode(200).header("X-All", "1");
        server.given().get("/backup.sql").then().statusCode(403).header("X-All", "1");
        server.given()
                .post("/small.txt")
                .then()
                .statusCode(405)
                .header("X-All", "1")
                .header("X-Method", "post");
        server.admin().served(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/cached/hour.txt      | public, max-age=3600",
                "/cached/immutable.txt | public, max-age=31536000, immutable",
                "/cached/none.txt      | no-store",
                "/cached/own.txt       | public, s-maxage=60",
                "/app.0a1b2c3d.js      | max-age=0, must-revalidate",
                "/lib.0a1b2c3d.js      | public, max-age=31536000, immutable",
                "/page.0a1b2c3d.html   | no-cache",
                "/small.txt            | max-age=0, must-revalidate",
                "/large.bin            | max-age=0, must-revalidate",
                "/index.html           | no-cache",
            })
    void cache_presetOrDefault_isCacheControl(String path, String value) {
        assertTwice(path, () -> {
            Response whole = server.given().get(path);
            whole.then().statusCode(200).header("Cache-Control", value);
            server.given()
                    .header("If-None-Match", whole.header("ETag"))
                    .get(path)
                    .then()
                    .statusCode(304)
                    .header("Cache-Control", value);
            server.given().header("Range", "bytes=9999999-").get(path).then().header("Cache-Control", "no-store");
        });
    }

    @Test
    void cache_presetOnAnError_isNotUsed() {
        server.given().get("/cached/hour-nothing").then().statusCode(404).header("Cache-Control", "no-store");
        server.given().get("/nothing.0a1b2c3d.js").then().statusCode(404).header("Cache-Control", "no-store");
        server.admin().served(2);
    }

    @ParameterizedTest
    @CsvSource({
        "/old/a/b, 308, /new/a/b",
        "/old/a/b?q=1&r, 308, /new/a/b?q=1&r",
        "/old/, 308, /new/",
        "/old/a%20b%3Fc, 308, /new/a%20b%3Fc",
        "/old/%23x%25, 308, /new/%23x%25",
        "/old/%C3%A4, 308, /new/%C3%A4",
        "/moved/x/to/y, 301, https://example.org/y/x",
        "/moved/evil.example/to/%40evil.example, 301, https://example.org/@evil.example/evil.example",
        "/found, 302, /elsewhere?x=1",
        "/found?y=2, 302, /elsewhere?x=1",
        "/temporary?y=2, 307, /elsewhere?y=2",
        "/many/x, 308, /all/x",
        "/several/x/y, 308, /all/x",
    })
    void redirect_rule_sendsThere(String target, int status, String location) {
        try (RawClient client = server.connect()) {
            for (String method : new String[] {"GET", "HEAD", "POST"}) {
                RawResponse response = client.request(method, target).read(method);
                assertEquals(status, response.status(), method);
                assertEquals(location.equals("-") ? null : location, response.field("Location"));
            }
        }
        server.admin().served(3).stream()
                .filter(served -> status < 400)
                .forEach(served -> served.withoutBody("rule-redirect"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/bare//evil.example",
                "/bare/%2Fevil.example",
                "/bare/%5Cevil.example",
                "/bare/%5C%5Cevil.example",
                "/bare/%2F%2Fevil.example/%2e%2e",
                "/bare/%09/evil.example",
                "/bare/https:%2F%2Fevil.example",
            })
    void redirect_capture_neverReachesAnotherHost(String target) {
        try (RawClient client = server.connect()) {
            RawResponse response = client.request("GET", target).read();
            String location = response.field("Location");
            if (location != null) {
                URI there = URI.create("http://localhost/bare/x").resolve(location);
                assertEquals("localhost", there.getHost(), location);
                assertTrue(
                        location.startsWith("/") && !location.startsWith("//") && !location.startsWith("/\\"),
                        location);
            } else {
                assertEquals(4, response.status() / 100);
            }
        }
        server.admin().forget();
    }

    @ParameterizedTest
    @CsvSource({"/v1/doc.txt, one, -", "/v2/doc.txt, two, two", "/version-2/doc.txt, two, two"})
    void rewrite_rule_servesTheOtherFileAndLaterRulesSeeItsPath(String path, String content, String version) {
        assertTwice(
                path,
                () -> server.given()
                        .get(path)
                        .then()
                        .statusCode(200)
                        .header("X-Version", version.equals("-") ? nullValue() : equalTo(version))
                        .body(equalTo(content)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/v1/../../outside", "/v1/%2e%2e/%2e%2e/etc/passwd", "/v1/..%2f..%2fetc%2fpasswd", "/v%2e/x"})
    void rewrite_captureWithDots_staysInTheSite(String target) {
        try (RawClient client = server.connect()) {
            assertEquals(404, client.request("GET", target).read().status());
        }
        server.served();
    }

    @ParameterizedTest
    @CsvSource({
        "/backup.sql, 403, denied page",
        "/dir/backup.BAK, 403, denied page",
        "/none.bak, 403, denied page",
        "/gone/x, 410, 410 Gone: what was at this path will not come back",
        "/invisible/f.txt, 404, 404 Not Found: nothing is served at this path",
    })
    void deny_rule_refusesByItsStatus(String path, int status, String text) {
        assertTwice(
                path,
                () -> assertEquals(
                        text,
                        server.given()
                                .get(path)
                                .then()
                                .statusCode(status)
                                .header("Cache-Control", "no-store")
                                .header("X-All", "1")
                                .extract()
                                .asString()
                                .strip()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/down/file%20name.txt | attachment; filename=\"file name.txt\"",
                "/down/named.txt | attachment; filename=\"Rechnung M_rz.pdf\"; filename*=UTF-8''Rechnung%20M%C3%A4rz.pdf",
            })
    void download_rule_isAnAttachment(String path, String disposition) {
        assertTwice(path, () -> {
            server.given().get(path).then().statusCode(200).header("Content-Disposition", disposition);
            server.given()
                    .header("Range", "bytes=0-1")
                    .get(path)
                    .then()
                    .statusCode(206)
                    .header("Content-Disposition", disposition);
        });
        server.given().get("/down/nothing").then().statusCode(404).header("Content-Disposition", nullValue());
        server.served();
    }

    @Test
    void maintenance_rule_is503WithRetryAfter() {
        for (String path : new String[] {"/shop/f.txt", "/shop/nothing", "/shop/"}) {
            server.given()
                    .get(path)
                    .then()
                    .statusCode(503)
                    .header("Retry-After", "600")
                    .header("Cache-Control", "no-store");
            assertEquals("maintenance", server.served().reason());
        }
    }

    @Test
    void security_preset_setsTheFieldsAndHstsOverTlsAlone() {
        boolean tls = E2eTransport.current() != E2eTransport.CLEAR;
        assertTwice(
                "/safe/f.html",
                () -> server.given()
                        .get("/safe/f.html")
                        .then()
                        .header("X-Frame-Options", "DENY")
                        .header("Referrer-Policy", "strict-origin-when-cross-origin")
                        .header("X-Content-Type-Options", "nosniff")
                        .header("Content-Security-Policy", nullValue())
                        .header("Strict-Transport-Security", tls ? equalTo("max-age=31536000") : nullValue()));
    }

    @Test
    void security_ownValues_winOverThePreset() {
        assertTwice(
                "/safe/own.html",
                () -> server.given()
                        .get("/safe/own.html")
                        .then()
                        .header("X-Frame-Options", "SAMEORIGIN")
                        .header("Referrer-Policy", "no-referrer")
                        .header("Content-Security-Policy", "default-src 'self'"));
    }

    @Test
    void rules_onAHotFile_leaveItInTheHotSet() {
        server.warm("/fields/f.css");
        server.given().get("/fields/f.css");
        server.served().byMmap(3);
    }

    @Test
    void get_withoutRules_hasNoneOfTheirFields() {
        try (TestServer own = TestServer.start(TestSite.standard())) {
            Response response = own.given().get(TestSite.SMALL);
            assertNull(response.header("X-All"));
            response.then().header("Server", not(containsString("Undertow")));
        }
    }
}
