package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.RestAssured;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /api/cache} and {@code /api/cache/purge}. */
final class CacheApiTest {
    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(TestSite.empty()
                .file("/a.txt", "a")
                .file("/dir/b.txt", "bb")
                .file("/dir/c d.txt", "ccc")
                .file("/director.txt", "dddd"));
        for (String path : List.of("/a.txt", "/a.txt", "/a.txt", "/dir/b.txt", "/dir/c%20d.txt", "/director.txt")) {
            assertEquals(200, server.given().get(path).statusCode());
        }
        server.admin().forget();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void cache_fewFiles_areListedTheMostUsedFirst() {
        JsonNode cache = cache("");

        assertEquals(4, cache.get("files").asInt());
        assertEquals(4, cache.get("entries").size());
        JsonNode most = cache.at("/entries/0");
        assertEquals("/a.txt", most.get("path").asString());
        assertEquals(1, most.get("bytes").asInt());
        assertEquals(2, most.get("uses").asInt());
        assertEquals(0, most.get("region").asInt());
        assertTrue(most.get("ageMillis").asLong() < 60_000);
    }

    @Test
    void cache_limit_boundsTheListAndNotTheCount() {
        JsonNode cache = cache("?limit=1");

        assertEquals(4, cache.get("files").asInt());
        assertEquals(1, cache.get("entries").size());
        assertEquals("/a.txt", cache.at("/entries/0/path").asString());
    }

    @Test
    void cache_oneRegion_accountsForItsBytes() {
        JsonNode cache = cache("");
        JsonNode region = cache.at("/regions/0");

        assertEquals(1, cache.get("regions").size());
        assertEquals("active", region.get("state").asString());
        assertEquals(4, region.get("entries").asInt());
        assertEquals(0, region.get("leases").asInt());
        assertEquals(2, region.get("heat").asInt());
        // Even a byte is charged a kibibyte.
        assertEquals(4 * 1024, region.get("liveBytes").asInt());
        assertEquals(4 * 1024, cache.get("filledBytes").asInt());
        assertEquals(0, cache.get("wastedBytes").asInt());
    }

    @Test
    void purge_onePath_isTakenOutAndReadAnew() {
        assertEquals(1, purge("/a.txt"));

        assertEquals(3, cache("").get("files").asInt());
        assertEquals(1024, cache("").get("wastedBytes").asInt());
        assertEquals("a", server.given().get("/a.txt").asString());
        assertEquals(4, cache("").get("files").asInt());
    }

    @Test
    void purge_unknownPath_isNone() {
        assertEquals(0, purge("/nothing"));
        assertEquals(0, purge("/dir/"));
    }

    @Test
    void purge_prefix_isEveryPathThatBeginsSo() {
        assertEquals(2, purge("/dir/*"));
        assertEquals(1, purge("/dir*"));
    }

    @Test
    void purge_anySpelling_isTheSamePath() {
        assertEquals(1, purge("/dir/c d.txt"));
        server.given().get("/dir/c%20d.txt");
        assertEquals(1, purge("/dir/c%20d.txt"));
    }

    @Test
    void purge_all_isEverything() {
        assertEquals(4, purge("/*"));

        assertEquals(0, cache("").get("files").asInt());
        assertEquals(0, cache("").get("liveBytes").asInt());
    }

    private JsonNode cache(String query) {
        return server.admin().get("/api/cache" + query);
    }

    private int purge(String path) {
        return RestAssured.given()
                .baseUri(server.adminUri().toString())
                .queryParam("path", path)
                .post("/api/cache/purge")
                .then()
                .statusCode(200)
                .extract()
                .path("purged");
    }
}
