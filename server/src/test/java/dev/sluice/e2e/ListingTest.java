package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Directories without an index, listed. */
class ListingTest {
    private static final String HTML = "text/html;charset=utf-8";
    private static final String JSON = "application/json";

    @RegisterExtension
    static final TestServer server = TestServer.of(
            site(), "sites[0].listing=html", "sites[0].rules=[{match: {path: '/dir/**'}, download: true}]");

    private static TestSite site() {
        TestSite site = TestSite.standard()
                .file("/dir/index.html", "the index")
                .file("/dir/files/a:b <i>.txt", "ab")
                .file("/dir/files/page10.txt", "1")
                .file("/dir/files/page9.txt", "1")
                .file("/dir/files/sub/x", "1")
                .file("/dir/files/.hidden", "1")
                .file("/dir/files/README.md", "Read <me>.\r\n")
                .file("/cut/README.txt", "x" + "é".repeat(40_000))
                .file("/plain/x", "1");
        TestSite.write(site.outside().resolve("secret"), "secret".getBytes(StandardCharsets.UTF_8), site.modified());
        return site.link("/dir/files/out", site.outside())
                .link("/dir/files/out.txt", site.outside().resolve("secret"))
                .link("/dir/files/in.txt", Path.of("page9.txt"));
    }

    private static List<String> references(String page) {
        List<String> references = new ArrayList<>();
        Matcher links =
                Pattern.compile("<th scope=\"row\"[^>]*><a href=\"([^\"]*)\"").matcher(page);
        while (links.find()) {
            references.add(links.group(1).replace("&amp;", "&").replace("&#39;", "'"));
        }
        return references;
    }

    @Test
    void get_directoryWithoutIndex_isAPage() {
        Response response = server.given().get("/dir/files/");
        assertEquals(200, response.statusCode());
        assertEquals(HTML, response.header("Content-Type"));
        assertEquals("Accept", response.header("Vary"));
        assertEquals("no-cache", response.header("Cache-Control"));
        assertEquals("nosniff", response.header("X-Content-Type-Options"));
        assertTrue(response.header("Content-Security-Policy").startsWith("default-src 'none'; style-src 'sha256-"));
        assertEquals(null, response.header("ETag"));
        assertEquals(null, response.header("Last-Modified"));
        assertEquals(null, response.header("Content-Disposition"), "a rule for downloads is about files");
        byte[] body = response.asByteArray();
        assertEquals(Integer.toString(body.length), response.header("Content-Length"));
        server.served().by("copy", "listing", body.length);

        String page = new String(body, StandardCharsets.UTF_8);
        assertEquals(
                List.of("./sub/", "./a:b%20%3Ci%3E.txt", "./in.txt", "./page9.txt", "./page10.txt", "./README.md"),
                references(page));
        assertTrue(page.contains("6 entries"));
        assertFalse(page.contains("secret") || page.contains(".hidden") || page.contains("./out"), page);
    }

    @Test
    void get_everyReference_leadsToWhatIsListed() {
        String page = server.given().get("/dir/files/").asString();
        server.served();
        for (String reference : references(page)) {
            URI target = server.uri().resolve("/dir/files/").resolve(reference);
            assertEquals(200, server.given().get(target.getRawPath()).statusCode(), reference);
            server.served();
        }
    }

    @Test
    void get_directoryWithIndex_isTheIndex() {
        assertEquals("the index", server.given().get("/dir/").asString());
        server.served().byMmap(9);
    }

    @Test
    void get_directoryWithoutSlash_isRedirectedWithTheQuery() {
        assertEquals(
                "/dir/files/?sort=size",
                server.given().get("/dir/files?sort=size").header("Location"));
        server.served().withoutBody("redirect");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | application/json",
                "application/json, text/html;q=0.9 | application/json",
                "text/html, application/json;q=0.9 | text/html",
                "*/* | text/html",
                "application/json, */*;q=0.5 | application/json",
                "text/html,application/xhtml+xml,*/*;q=0.8 | text/html",
                "image/png | text/html",
            })
    void get_accept_decidesTheForm(String accept, String type) {
        Response response = server.given().header("Accept", accept).get("/plain/");
        assertTrue(response.header("Content-Type").startsWith(type), response.header("Content-Type"));
        assertEquals("Accept", response.header("Vary"));
        server.served();
    }

    @Test
    void get_json_hasAllFields() {
        Response response = server.given().header("Accept", JSON).get("/plain/");
        String time = server.site().modified().toString();
        assertEquals(
                "{\"path\":\"/plain/\",\"entries\":[{\"name\":\"x\",\"type\":\"file\",\"size\":1,\"modified\":\"" + time
                        + "\"}],\"total\":1,\"page\":1,\"pages\":1}",
                response.asString());
        assertEquals(null, response.header("Content-Security-Policy"));
        server.served().by("copy", "listing", response.asByteArray().length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dir/files/", "/dir/files/?sort=size&order=desc&readme=1"})
    void head_listing_hasTheFieldsOfGet(String target) {
        try (RawClient client = server.connect()) {
            RawResponse get = client.request("GET", target).read();
            RawResponse head = client.request("HEAD", target).read("HEAD");
            for (String field : List.of("Content-Length", "Content-Type", "Vary", "Content-Security-Policy")) {
                assertEquals(get.field(field), head.field(field));
            }
        }
        server.admin().served(2).get(1).withoutBody("listing");
    }

    @Test
    void get_sortedBySize_isInThatOrder() {
        String page = server.given().get("/dir/files/?sort=size&order=desc").asString();
        assertEquals("./README.md", references(page).get(1));
        server.served();
    }

    @Test
    void get_readme_isShownOnRequestAsText() {
        String without = server.given().get("/dir/files/").asString();
        assertTrue(without.contains("Show README.md"));
        assertFalse(without.contains("<pre"));
        String with = server.given().get("/dir/files/?readme=1").asString();
        assertTrue(with.contains("<pre dir=\"auto\">\nRead &lt;me&gt;.\n</pre>"), with);
        server.admin().served(2);
    }

    @Test
    void get_readmeTooLong_isCutBetweenCharacters() {
        String page = server.given().get("/cut/?readme=1").asString();
        assertTrue(page.contains("<pre dir=\"auto\">\nx" + "é".repeat(32_767) + "</pre>"));
        assertTrue(page.contains("The file goes on."));
        server.served();
    }

    @Test
    void get_conditionalAndRange_areIgnored() {
        Response response = server.given()
                .header("Range", "bytes=0-3")
                .header(
                        "If-Modified-Since",
                        HttpDates.of(server.site().modified().plusSeconds(3600)))
                .get("/plain/");
        assertEquals(200, response.statusCode());
        server.served();
    }

    @Test
    void get_deniedAndLocked_areNotListed() {
        TestSite site =
                TestSite.empty().file("/open", "1").file("/denied.txt", "1").file("/locked/x", "1");
        String hash = "$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";
        try (TestServer own = TestServer.start(
                site,
                "sites[0].listing=json",
                "sites[0].rules=[{match: {path: '/denied*'}, deny: true}, {match: {path: '/locked/**'}, auth: {users: {u: '"
                        + hash + "'}}}]")) {
            String json = own.given().get("/").asString();
            assertTrue(json.contains("\"open\"") && json.contains("\"total\":1"), json);
            assertEquals(403, own.given().get("/denied.txt").statusCode());
            assertEquals(401, own.given().get("/locked/x").statusCode());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"add", "remove", "keep"})
    void get_anyPolicyOfSlashes_linksToTheFiles(String policy) {
        TestSite site = TestSite.empty().file("/d/e/f.txt", "the file").file("/d/g.txt", "the other file");
        try (TestServer own = TestServer.start(site, "sites[0].listing=html", "sites[0].trailingSlash=" + policy)) {
            for (String target : List.of("/d/", "/d", "/d/e", "/d/e/")) {
                Response response = own.given().get(target);
                if (response.statusCode() == 308) {
                    continue;
                }
                assertEquals(200, response.statusCode(), target);
                for (String reference : references(response.asString())) {
                    URI found = own.uri().resolve(target).resolve(reference);
                    assertEquals(200, own.given().get(found.getRawPath()).statusCode(), target + " " + reference);
                }
            }
        }
    }

    @Test
    void get_spaSiteWithListing_listsRatherThanFallsBack() {
        TestSite site = TestSite.empty().file("/app.html", "app").file("/d/x", "1");
        try (TestServer own = TestServer.start(site, "sites[0].listing=html", "sites[0].spa=/app.html")) {
            assertTrue(own.given()
                    .header("Accept", "text/html")
                    .get("/d/")
                    .asString()
                    .contains("Index of /d/"));
        }
    }

    @Test
    void get_emptyDirectory_saysSo() {
        try (TestServer own = TestServer.start(TestSite.empty(), "sites[0].listing=html")) {
            assertTrue(own.given().get("/").asString().contains("This directory is empty."));
        }
    }

    @Test
    void get_json_pageIsGivenOnlyWhereAsked() {
        TestSite site = TestSite.empty();
        for (int i = 0; i < 2345; i++) {
            site.file("/f" + i, "");
        }
        try (TestServer own = TestServer.start(site, "sites[0].listing=json")) {
            assertNames(own, "/", 0, 2345, 2345, 1, 1);
            assertNames(own, "/?page=2", 1000, 2000, 2345, 2, 3);
            assertNames(own, "/?page=3", 2000, 2345, 2345, 3, 3);
            assertNames(own, "/?page=4", 0, 0, 2345, 4, 3);
            assertArrayEquals(
                    own.given().get("/").asByteArray(),
                    own.given().get("/?page=bad").asByteArray());
        }
    }

    private static void assertNames(TestServer own, String target, int from, int to, int total, int page, int pages) {
        JsonNode json = JsonMapper.shared().readTree(own.given().get(target).asByteArray());
        List<String> names = new ArrayList<>();
        json.get("entries").forEach(entry -> names.add(entry.get("name").asString()));
        List<String> expected = new ArrayList<>();
        for (int i = from; i < to; i++) {
            expected.add("f" + i);
        }
        assertEquals(expected, names);
        assertEquals(total, json.get("total").asInt());
        assertEquals(page, json.get("page").asInt());
        assertEquals(pages, json.get("pages").asInt());
    }
}
