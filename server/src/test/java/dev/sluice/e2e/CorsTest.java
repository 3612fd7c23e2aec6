package dev.sluice.e2e;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages of other origins may read (the Fetch standard's CORS protocol). */
class CorsTest {
    private static final String SITES = """
            sites:
              - rules:
                  - match: {path: "/open/**"}
                    cors: true
                  - match: {path: "/some/**"}
                    cors:
                      origins: [https://a.example, https://b.example]
                      methods: [GET]
                      headers: [X-Asked]
                      expose: [ETag, X-Told]
                      credentials: true
                      maxAge: 5m
                  - match: {path: "/some/private/**"}
                    auth: {users: {anna: "$2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW"}}
            """;

    @RegisterExtension
    static final TestServer server = TestServer.configured(
            TestSite.standard()
                    .file("/open/data.json", "{}")
                    .file("/open/large.bin", TestSite.noise(TestSite.LARGE_SIZE))
                    .file("/some/data.json", "{}")
                    .file("/some/text.txt", "some text, worth coding. ".repeat(100))
                    .file("/some/private/data.json", "{}"),
            SITES);

    @ParameterizedTest
    @ValueSource(strings = {"/open/data.json", "/open/large.bin", "/open/nothing", "/open"})
    void get_openToAll_saysSoWithOriginOrWithout(String path) {
        boolean below = path.startsWith("/open/");
        for (int time = 0; time < 2; time++) {
            server.given()
                    .get(path)
                    .then()
                    .header("Access-Control-Allow-Origin", below ? equalTo("*") : nullValue())
                    .header("Access-Control-Allow-Credentials", nullValue());
            server.given()
                    .header("Origin", "https://any.example")
                    .get(path)
                    .then()
                    .header("Access-Control-Allow-Origin", below ? equalTo("*") : nullValue())
                    .header("Vary", nullValue());
        }
        server.admin().served(4);
    }

    @Test
    void get_openToAll_isStillHot() {
        server.warm("/open/data.json");
        server.given().header("Origin", "https://any.example").get("/open/data.json");
        server.served().byMmap(2);
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example, true",
        "https://b.example, true",
        "https://c.example, false",
        "https://a.example.evil, false",
        "http://a.example, false",
        "null, false",
        "-, false",
    })
    void get_openToSome_answersTheOriginItself(String origin, boolean welcome) {
        for (int time = 0; time < 2; time++) {
            Response response = origin.equals("-")
                    ? server.given().get("/some/data.json")
                    : server.given().header("Origin", origin).get("/some/data.json");
            response.then()
                    .statusCode(200)
                    .header("Vary", "Origin")
                    .header("Access-Control-Allow-Origin", welcome ? equalTo(origin) : nullValue())
                    .header("Access-Control-Allow-Credentials", welcome ? equalTo("true") : nullValue())
                    .header("Access-Control-Expose-Headers", welcome ? equalTo("ETag, X-Told") : nullValue());
            server.served().byMmap(2);
        }
    }

    @Test
    void get_openToSomeAndCoded_variesByBoth() {
        Response response = server.given().header("Origin", "https://a.example").get("/some/text.txt");
        assertEquals(List.of("Accept-Encoding", "Origin"), response.headers().getValues("Vary"));
        server.given()
                .header("Origin", "https://b.example")
                .header("If-None-Match", response.header("ETag"))
                .get("/some/text.txt")
                .then()
                .statusCode(304)
                .header("Access-Control-Allow-Origin", "https://b.example");
        server.admin().served(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/some/data.json", "/some/nothing", "/some/private/data.json"})
    void preflight_welcomeOrigin_getsLeave(String path) {
        server.given()
                .header("Origin", "https://a.example")
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "x-asked")
                .options(path)
                .then()
                .statusCode(204)
                .header("Access-Control-Allow-Origin", "https://a.example")
                .header("Access-Control-Allow-Methods", "GET")
                .header("Access-Control-Allow-Headers", "X-Asked")
                .header("Access-Control-Allow-Credentials", "true")
                .header("Access-Control-Max-Age", "300")
                .body(equalTo(""));
        server.served().withoutBody("preflight");
    }

    @Test
    void preflight_openToAll_hasTheDefaults() {
        server.given()
                .header("Origin", "https://x.example")
                .header("Access-Control-Request-Method", "HEAD")
                .options("/open/data.json")
                .then()
                .statusCode(204)
                .header("Access-Control-Allow-Origin", "*")
                .header("Access-Control-Allow-Methods", "GET, HEAD")
                .header("Access-Control-Max-Age", "600");
        server.served().withoutBody("preflight");
    }

    @Test
    void preflight_strangeOrigin_getsNoLeave() {
        server.given()
                .header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "GET")
                .options("/some/data.json")
                .then()
                .statusCode(204)
                .header("Vary", "Origin")
                .header("Access-Control-Allow-Origin", nullValue())
                .header("Access-Control-Allow-Methods", nullValue());
        server.served();
    }

    @Test
    void options_noPreflight_isAllow() {
        server.given().options("/some/data.json").then().statusCode(204).header("Allow", "GET, HEAD, OPTIONS");
        server.served().withoutBody("options");
    }

    /** A page that may not read the answer would be told only that something went wrong. */
    @Test
    void get_withoutPassword_is401ThatTheOriginMayRead() {
        server.given()
                .header("Origin", "https://a.example")
                .get("/some/private/data.json")
                .then()
                .statusCode(401)
                .header("Access-Control-Allow-Origin", "https://a.example");
        server.served();
    }
}
