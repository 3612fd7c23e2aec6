package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A directory of 100,000 entries: all of it, and nobody else held up. */
class LargeListingTest {
    /** HTTP/2 frames every body, so it has no such field (RFC 9113 §8.2.2). */
    private static final String CHUNKED = E2eTransport.current() == E2eTransport.H2 ? null : "chunked";

    private static final int MANY = 100_000;
    private static final int SMALL_BUFFER = 4096;

    @RegisterExtension
    static final TestServer server = TestServer.of(site(), "sites[0].listing=html");

    private static TestSite site() {
        TestSite site = TestSite.standard();
        try {
            Files.createDirectory(site.at("/many"));
            for (int i = 0; i < MANY; i++) {
                Files.createFile(site.at("/many/file-" + i + ".txt"));
            }
            Files.delete(site.at("/many/file-7.txt"));
            Files.createDirectory(site.at("/many/file-7.txt"));
            Files.delete(site.at("/many/file-8.txt"));
            Files.createSymbolicLink(site.at("/many/file-8.txt"), site.outside());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return site;
    }

    /** By HTTP/1.0, whose body ends with the connection. */
    private static void ask(RawClient client) {
        client.send("GET /many/ HTTP/1.0\r\nHost: localhost\r\nAccept: application/json\r\n\r\n");
    }

    @Test
    void get_json_isCompleteAndInOrderWhileOthersAreServed() {
        server.warm(TestSite.SMALL);
        try (RawClient slow = RawClient.to(server.uri(), SMALL_BUFFER);
                RawClient other = server.connect()) {
            ask(slow);
            RawResponse head = slow.readHead();
            assertEquals(200, head.status());
            assertEquals("application/json", head.field("Content-Type"));
            // The listing is under way, and stays so: nobody reads it.
            for (int i = 0; i < 50; i++) {
                assertEquals(200, other.request("GET", TestSite.SMALL).read().status());
                assertEquals(200, other.request("GET", "/dir/page.html").read().status());
                assertEquals(404, other.request("GET", "/none-" + i).read().status());
            }
            server.admin().served(150);
            byte[] body = slow.readToEnd();
            server.served().by("copy", "listing", body.length);
            assertInOrder(body);
        }
    }

    private static void assertInOrder(byte[] body) {
        JsonNode json = JsonMapper.shared().readTree(body);
        assertEquals(MANY - 1, json.get("total").asInt());
        int expected = 0;
        for (JsonNode entry : json.get("entries")) {
            // The link that leads outside.
            expected += expected == 8 ? 1 : 0;
            assertEquals("file-" + expected + ".txt", entry.get("name").asString());
            assertEquals(expected == 7 ? "directory" : "file", entry.get("type").asString());
            expected++;
        }
        assertEquals(MANY, expected);
    }

    @Test
    void head_json_hasTheFieldsOfGetAndLeavesTheConnectionInOrder() {
        try (RawClient client = server.connect()) {
            RawResponse head =
                    client.request("HEAD", "/many/", "Accept: application/json").read("HEAD");
            assertEquals(200, head.status());
            assertEquals(null, head.field("Content-Length"));
            assertEquals(CHUNKED, head.field("Transfer-Encoding"));
            assertEquals(200, client.request("GET", "/dir/page.html").read().status());
            RawResponse get =
                    client.request("GET", "/many/", "Accept: application/json").readHead();
            assertEquals(CHUNKED, get.field("Transfer-Encoding"));
        }
        server.admin().served(3).get(0).withoutBody("listing");
    }

    @Test
    void get_page_hasItsThousand() {
        String page = server.given().get("/many/?page=100").asString();
        server.served();
        assertTrue(page.contains("100,000 entries, page 100 of 100"), page.substring(0, 2000));
        assertTrue(page.contains("./file-99000.txt") && page.contains("./file-99999.txt"));
        assertFalse(page.contains("./file-98999.txt"));
        assertFalse(page.contains("rel=\"next\""));
        assertTrue(server.given().get("/many/?page=5000").asString().contains("page 100 of 100"));
        server.served();
    }

    @Test
    void get_sortedByTime_hasDirectoriesFirstAndAnExactTotal() {
        String page = server.given().get("/many/?sort=modified&order=desc").asString();
        server.served();
        assertTrue(page.contains("99,999 entries, page 1 of 100"), page.substring(0, 2000));
        assertTrue(page.indexOf("<th scope=\"row\"") == page.indexOf("<th scope=\"row\" class=\"directory\""));
    }

    @Test
    void get_moreAtOnceThanMemoryIsSetAsideFor_is503UntilTheyAreDone() {
        List<RawClient> clients = new ArrayList<>();
        int refused = 0;
        try {
            while (refused == 0 && clients.size() < 12) {
                RawClient client = RawClient.to(server.uri(), SMALL_BUFFER);
                clients.add(client);
                ask(client);
                RawResponse head = client.readHead();
                if (head.status() == 503) {
                    assertEquals("1", head.field("Retry-After"));
                    refused++;
                }
            }
            assertEquals(1, refused);
            assertEquals(200, server.given().get("/dir/page.html").statusCode());
        } finally {
            clients.forEach(RawClient::close);
        }
        String all = Await.present(
                        "room for a listing",
                        () -> Optional.of(server.given().get("/many/"))
                                .filter(response -> response.statusCode() == 200))
                .asString();
        assertTrue(all.getBytes(StandardCharsets.UTF_8).length > 100_000);
        server.admin().forget();
    }
}
