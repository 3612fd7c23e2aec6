package dev.sluice.e2e;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.access.PasswordHash;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Basic authentication (RFC 7617), and that what a rule guards cannot be had on another way. */
class AuthTest {
    private static final String SITES =
            """
            sites:
              - cleanUrls: true
                tryFiles: ["{path}", "{path}.html", "/fallback{path}.html"]
                errorPages: {401: /login.html}
                rules:
                  - match: {path: "/private/**"}
                    auth: {realm: the inner circle, users: {anna: "HASH", "bo b": "HASH"}}
                  - match: {path: "/private/admin/**"}
                    auth: {realm: admin, users: {root: "HASH"}}
                  - match: {path: ["/page.html", "/sub/index.html", "/fallback/x.html", "/target.txt"]}
                    auth: {users: {anna: "HASH"}}
                  - match: {path: ["/sub2/index.html", "/denied.html", "/target2.txt"]}
                    deny: true
                  - match: {path: "/way/**"}
                    rewrite: "/$1"
                  - match: {path: "/late/**"}
                    rewrite: "/guarded-late/$1"
                  - match: {path: "/guarded-late/**"}
                    auth: {users: {anna: "HASH"}}
            """.replace("HASH", "$2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW");

    @RegisterExtension
    static final TestServer server = TestServer.configured(
            TestSite.empty()
                    .file("/index.html", "home")
                    .file("/login.html", "who are you?")
                    .file("/private/f.txt", "secret")
                    .file("/private/large.bin", TestSite.noise(TestSite.LARGE_SIZE))
                    .file("/private/admin/f.txt", "admin")
                    .file("/page.html", "page")
                    .file("/sub/index.html", "index")
                    .file("/sub2/index.html", "index")
                    .file("/fallback/x.html", "fallback")
                    .file("/denied.html", "denied")
                    .file("/target.txt", "target")
                    .file("/target2.txt", "target")
                    .file("/guarded-late/f.txt", "late"),
            SITES);

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/private/f.txt", "/private/large.bin", "/private/nothing", "/private/"})
    void get_withoutPassword_is401WithTheRealmAndThePage(String path) {
        for (int time = 0; time < 2; time++) {
            server.given()
                    .get(path)
                    .then()
                    .statusCode(401)
                    .header("WWW-Authenticate", "Basic realm=\"the inner circle\", charset=\"UTF-8\"")
                    .header("Cache-Control", "no-store")
                    .header("ETag", nullValue())
                    .body(equalTo("who are you?"));
            Served served = server.served();
            assertEquals(E2eTransport.current().reason(served.planned(), "unauthorized"), served.reason());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"anna:secret", "bo b:secret"})
    void get_rightPassword_isTheFileFromTheHotSetToo(String credentials) {
        for (int time = 0; time < 3; time++) {
            server.given()
                    .header("Authorization", basic(credentials))
                    .get("/private/f.txt")
                    .then()
                    .statusCode(200)
                    .body(equalTo("secret"));
            server.served().byMmap(6);
        }
    }

    @Test
    void get_rightPasswordForALargeFile_goesBySendfile() {
        server.given().header("Authorization", basic("anna:secret")).get("/private/large.bin");
        server.served().bySendfile(TestSite.LARGE_SIZE);
    }

    /** After somebody came in, the file lies in the hot set; who knows no password must not get it from there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "anna:wrong",
                "nobody:secret",
                "ANNA:secret",
                ":secret",
                "anna:",
                "anna",
                "root:secret",
                "anna:secret ",
                "anna:secret\u0000"
            })
    void get_wrongPassword_is401EvenIfHot(String credentials) {
        server.given()
                .header("Authorization", basic("anna:secret"))
                .get("/private/f.txt")
                .then()
                .statusCode(200);
        server.given()
                .header("Authorization", basic(credentials))
                .get("/private/f.txt")
                .then()
                .statusCode(401);
        server.given().header("If-None-Match", "*").get("/private/f.txt").then().statusCode(401);
        server.given().header("Range", "bytes=0-1").get("/private/f.txt").then().statusCode(401);
        server.given().head("/private/f.txt").then().statusCode(401);
        server.admin().forget();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Basic !!!", "Bearer c2VjcmV0", "c2VjcmV0", "Digest username=\"anna\""})
    void get_otherAuthorization_is401(String authorization) {
        server.given()
                .header("Authorization", authorization)
                .get("/private/f.txt")
                .then()
                .statusCode(401);
        server.served();
    }

    @Test
    void get_behindTwoDoors_needsBothPasswords() {
        for (String credentials : new String[] {"anna:secret", "root:secret"}) {
            server.given()
                    .header("Authorization", basic(credentials))
                    .get("/private/admin/f.txt")
                    .then()
                    .statusCode(401);
        }
        server.admin().served(2);
    }

    /** By the page's clean URL, the directory of an index, a candidate, a rewrite; spelt oddly, too. */
    @ParameterizedTest
    @CsvSource({
        "/page, 404",
        "/page.html, 401",
        "/p%61ge.html, 401",
        "/./page.html, 401",
        "//page.html, 401",
        "/sub/, 404",
        "/sub/index.html, 401",
        "/sub2/, 404",
        "/sub2/index.html, 403",
        "/x, 404",
        "/denied, 404",
        "/way/target.txt, 404",
        "/way/target2.txt, 404",
        "/way/private/f.txt, 404",
        "/way/private/large.bin, 404",
        "/late/f.txt, 401",
        "/private/../private/f.txt, 401",
        "/private%2Ff.txt, 401",
    })
    void get_guardedFileOnAnotherWay_isNotServed(String path, int status) {
        try (RawClient client = server.connect()) {
            for (int time = 0; time < 2; time++) {
                assertEquals(status, client.request("GET", path).read().status(), path);
                client.request("GET", "/private/f.txt", "Authorization: " + basic("anna:secret"));
                assertEquals(200, client.read().status());
            }
        }
        server.admin().served(4);
    }

    @Test
    void get_guardedFileOnItsOwnWay_isServedWithThePassword() {
        for (String path : new String[] {"/page.html", "/sub/index.html", "/target.txt", "/late/f.txt"}) {
            server.given()
                    .header("Authorization", basic("anna:secret"))
                    .get(path)
                    .then()
                    .statusCode(200);
        }
        server.admin().served(4);
    }

    /** Bcrypt at this cost takes about a second, so fifty such requests would take fifty times as long as the first. */
    @Test
    void get_samePasswordAgain_costsNoBcrypt() {
        String sites = """
                sites:
                  - rules:
                      - auth: {users: {anna: "%s"}}
                """.formatted(PasswordHash.of("dear", 14).text());
        try (TestServer own = TestServer.startConfigured(TestSite.standard(), sites)) {
            long first = took(own);
            long begun = System.nanoTime();
            for (int time = 0; time < 50; time++) {
                took(own);
            }
            long others = System.nanoTime() - begun;
            assertTrue(others < 10 * first, () -> "first " + first + " ns, fifty more " + others + " ns");
        }
    }

    private static long took(TestServer own) {
        long begun = System.nanoTime();
        Response response =
                own.given().header("Authorization", basic("anna:dear")).get(TestSite.SMALL);
        assertEquals(200, response.statusCode());
        return System.nanoTime() - begun;
    }
}
