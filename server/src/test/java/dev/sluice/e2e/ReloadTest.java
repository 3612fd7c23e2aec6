package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.app.Sluice;
import dev.sluice.config.Configuration;
import dev.sluice.config.ConfigurationLoader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code POST /api/config/reload}: what takes effect, and what stays as it was. */
final class ReloadTest {
    /** So often a request is made that the way it is answered has been learnt. */
    private static final int WARM = 4;

    private static final String BLOG = "Host: blog.example";

    private TestServer server;

    private void start(String yaml, String... sets) {
        TestSite site = TestSite.standard()
                .file("/oops.html", "<!doctype html><title>oops</title>")
                .file("/text.txt", "compressible ".repeat(500))
                .file("/a/name.txt", "a")
                .file("/b/name.txt", "b")
                .file("/a/large.bin", TestSite.noise(TestSite.LARGE_SIZE))
                .file("/b/large.bin", TestSite.noise(TestSite.LARGE_SIZE + 1));
        server = TestServer.startConfigured(site, yaml, sets);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** The first site, by its rules. */
    private static String rules(String... rules) {
        return "sites:\n  - hosts: [localhost]\n    rules:\n      - " + String.join("\n      - ", rules) + "\n";
    }

    private static String edition(int number) {
        return rules("headers: {set: {X-Edition: \"" + number + "\"}}");
    }

    private static String blog(String more) {
        return "  - hosts: [blog.example]\n" + more.indent(4);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asString()));
        return texts;
    }

    private void assertReloaded(int generation, List<String> changed, JsonNode answer) {
        assertTrue(answer.path("reloaded").asBoolean(), answer::toString);
        assertEquals(generation, answer.get("generation").asInt());
        assertEquals(changed, texts(answer.get("changed")));
    }

    private static RawResponse get(RawClient client, String path, String... fields) {
        return client.request("GET", path, fields).read();
    }

    private static void warm(RawClient client, String path, int status, String... fields) {
        for (int time = 0; time < WARM; time++) {
            assertEquals(status, get(client, path, fields).status());
        }
    }

    @Test
    void reload_headerRuleChanged_isSeenByTheNextRequestOfEachConnection() {
        start(edition(1));
        try (RawClient client = server.connect();
                RawClient other = server.connect()) {
            warm(client, TestSite.SMALL, 200);
            warm(other, TestSite.SMALL, 200);

            assertReloaded(2, List.of("sites[0]"), server.reload(edition(2)));

            for (int time = 0; time < WARM; time++) {
                assertEquals("2", get(client, TestSite.SMALL).field("X-Edition"));
                assertEquals("2", get(other, TestSite.SMALL).field("X-Edition"));
            }
            assertReloaded(3, List.of("sites[0]"), server.reload(edition(3)));
            assertEquals("3", get(client, TestSite.SMALL).field("X-Edition"));
        }
    }

    @Test
    void reload_authAdded_hotFilesAskForIt() {
        start(edition(1));
        try (RawClient client = server.connect()) {
            warm(client, TestSite.SMALL, 200);
            warm(client, TestSite.LARGE, 200);

            String hash = "$2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW";
            JsonNode answer = server.reload(rules("auth: {users: {anna: \"" + hash + "\"}}"));

            assertReloaded(2, List.of("sites[0]"), answer);
            assertEquals(401, get(client, TestSite.SMALL).status());
            assertEquals(401, get(client, TestSite.LARGE).status());
            String credentials = Base64.getEncoder().encodeToString("anna:secret".getBytes(StandardCharsets.UTF_8));
            assertEquals(
                    200,
                    get(client, TestSite.SMALL, "Authorization: Basic " + credentials)
                            .status());
            String shown = server.admin().get("/api/config").toString();
            assertTrue(shown.contains("anna") && !shown.contains(hash), shown);
        }
    }

    @Test
    void reload_rootChanged_servesTheOtherAndFinishesWhatItBegan() {
        String first = edition(1);
        start(first + blog("root: site/a"));
        try (RawClient client = server.connect();
                RawClient slow = RawClient.to(server.uri(), 8 << 10)) {
            warm(client, "/name.txt", 200, BLOG);
            byte[] large = server.site().content("/a/large.bin");
            slow.request("GET", TestSite.LARGE, BLOG);
            assertEquals(String.valueOf(large.length), slow.readHead().field("Content-Length"));

            assertReloaded(2, List.of("sites[1]"), server.reload(first + blog("root: site/b")));

            assertEquals("b", get(client, "/name.txt", BLOG).text());
            assertEquals(
                    TestSite.LARGE_SIZE + 1, get(client, TestSite.LARGE, BLOG).body().length);
            assertArrayEquals(large, slow.readNBytes(large.length));
        }
    }

    @Test
    void reload_hostMoved_goesToTheOtherSiteAndBothStayHot() {
        String moved = "sites:\n  - hosts: [localhost%s]\n  - hosts: [blog.example%s]\n    root: site/a\n";
        start(String.format(moved, ", moved.example", ""));
        try (RawClient client = server.connect()) {
            warm(client, "/b/name.txt", 200, "Host: moved.example");
            warm(client, "/name.txt", 200, BLOG);
            int admissions = admissions();

            assertReloaded(
                    2, List.of("sites[0]", "sites[1]"), server.reload(String.format(moved, "", ", moved.example")));

            assertEquals("a", get(client, "/name.txt", "Host: moved.example").text());
            assertEquals(404, get(client, "/b/name.txt", "Host: moved.example").status());
            assertEquals("b", get(client, "/b/name.txt").text());
            assertEquals("a", get(client, "/name.txt", BLOG).text());
            assertEquals(admissions, admissions());
        }
    }

    @Test
    void reload_siteAddedAndTakenAway_isThereAndIs421() {
        start(edition(1));
        try (RawClient client = server.connect()) {
            assertEquals(421, get(client, "/name.txt", BLOG).status());

            assertReloaded(2, List.of("sites[1]"), server.reload(edition(1) + blog("root: site/a")));
            warm(client, "/name.txt", 200, BLOG);

            assertReloaded(3, List.of("sites"), server.reload(edition(1)));
            assertEquals(421, get(client, "/name.txt", BLOG).status());
        }
    }

    @Test
    void reload_errorPageAndSpaChanged_answerErrors() {
        start(edition(1));
        try (RawClient client = server.connect()) {
            assertEquals(404, get(client, "/nothing", "Accept: text/html").status());

            server.reload("sites:\n  - hosts: [localhost]\n    errorPages: {404: /oops.html}\n");
            assertEquals(
                    "<!doctype html><title>oops</title>",
                    get(client, "/nothing").text());

            server.reload("sites:\n  - hosts: [localhost]\n    spa: /index.html\n");
            RawResponse page = get(client, "/nothing", "Accept: text/html");
            assertEquals(200, page.status());
            assertEquals("<!doctype html><title>home</title>", page.text());
        }
    }

    @Test
    void reload_anotherSiteChanged_keepsWhatASiteHolds() {
        String first = rules("{match: {path: /index.html}, rateLimit: {requests: 1, per: 1h, burst: 2}}");
        start(first + blog("root: site/a"));
        try (RawClient client = server.connect()) {
            warm(client, TestSite.SMALL, 200);
            assertEquals(200, get(client, "/index.html").status());
            assertEquals(200, get(client, "/index.html").status());
            assertEquals(429, get(client, "/index.html").status());
            int admissions = admissions();

            assertReloaded(2, List.of("sites[1]"), server.reload(first + blog("root: site/b\nlisting: html")));

            warm(client, TestSite.SMALL, 200);
            assertEquals(429, get(client, "/index.html").status());
            assertEquals(admissions, admissions());
        }
    }

    private int admissions() {
        return server.admin().get("/api/stats").at("/cache/admissions").asInt();
    }

    @Test
    void reload_serverTimingSwitched_isToldOrNot() {
        start(edition(1));
        try (RawClient client = server.connect()) {
            warm(client, TestSite.SMALL, 200);

            assertReloaded(2, List.of("serverTiming"), server.reload(edition(1) + "serverTiming: true\n"));
            for (int time = 0; time < WARM; time++) {
                assertEquals("sluice; hit", get(client, TestSite.SMALL).field("Cache-Status"));
            }

            assertReloaded(3, List.of("serverTiming"), server.reload(edition(1)));
            for (int time = 0; time < WARM; time++) {
                assertNull(get(client, TestSite.SMALL).field("Server-Timing"));
            }
        }
    }

    @Test
    void reload_compressionSwitchedOff_codesNothing() {
        start(edition(1));
        try (RawClient client = server.connect()) {
            Await.present(
                    "a coded form",
                    () -> Optional.ofNullable(
                            get(client, "/text.txt", "Accept-Encoding: gzip").field("Content-Encoding")));

            assertReloaded(2, List.of("compression"), server.reload(edition(1) + "compression: {enabled: false}\n"));

            for (int time = 0; time < WARM; time++) {
                RawResponse plain = get(client, "/text.txt", "Accept-Encoding: gzip");
                assertNull(plain.field("Content-Encoding"));
                assertEquals("1", plain.field("X-Edition"));
            }
        }
    }

    @Test
    void reload_done_isWhatConfigAndExplainTell() {
        start(edition(1));
        String explained = "/api/explain?path=/small.txt&header=Host:%20localhost";
        assertEquals("1", server.admin().get(explained).at("/headers/X-Edition").asString());

        server.reload(edition(2));

        assertEquals("2", server.admin().get(explained).at("/headers/X-Edition").asString());
        assertEquals(
                "2",
                server.admin()
                        .get("/api/config")
                        .at("/sites/0/rules/0/headers/set/X-Edition")
                        .asString());
    }

    @Test
    void reload_nothingDiffers_nothingHappens() {
        start(edition(1) + blog("root: site/a"));

        JsonNode answer = server.reload("# a comment\n" + edition(1) + blog("root: site/a"));

        assertReloaded(1, List.of(), answer);
        assertEquals(
                List.of("sites[0]", "sites[1]", "listeners", "compression", "serverTiming"),
                texts(answer.get("unchanged")));
    }

    @Test
    void reload_brokenFile_isRefusedLineByLineAndTheOldStays() {
        start(edition(1));
        try (RawClient client = server.connect()) {
            warm(client, TestSite.SMALL, 200);

            JsonNode answer = server.reload(edition(2) + "cache: {maxFileSize: much}\nnonsense: 1\n");

            assertEquals(422, answer.get("status").asInt());
            List<String> problems = texts(answer.get("problems"));
            assertEquals(2, problems.size());
            String file = server.file().toString();
            assertTrue(problems.get(1).startsWith(file + ":6:1: nonsense: "), problems::toString);
            assertEquals("1", get(client, TestSite.SMALL).field("X-Edition"));
            assertReloaded(1, List.of(), server.reload(edition(1)));
        }
    }

    @Test
    void reload_noYaml_isRefused() {
        start(edition(1));

        JsonNode answer = server.reload("sites: [");

        assertEquals(422, answer.get("status").asInt());
        assertTrue(texts(answer.get("problems")).get(0).contains("not YAML"), answer::toString);
    }

    @Test
    void reload_fileOrRootVanished_isRefusedAndTheOldStays() throws IOException {
        start(edition(1));
        try (RawClient client = server.connect()) {
            JsonNode rootless = server.reload(edition(2) + blog("root: site/nowhere"));
            assertEquals(422, rootless.get("status").asInt());
            assertTrue(rootless.toString().contains("a directory that exists"), rootless::toString);

            Files.delete(server.file());
            JsonNode answer = server.admin().post("/api/config/reload");
            assertEquals(422, answer.get("status").asInt());
            assertTrue(texts(answer.get("problems")).get(0).contains("no such file"), answer::toString);
            assertEquals("1", get(client, TestSite.SMALL).field("X-Edition"));
        }
    }

    @Test
    void reload_passwordHashMisplaced_isNotRepeated() {
        start(edition(1));
        String hash = "$2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW";

        JsonNode answer = server.reload(rules("auth: {users: \"" + hash + "\"}"));

        assertEquals(422, answer.get("status").asInt());
        assertTrue(!answer.toString().contains(hash.substring(7)), answer::toString);
    }

    @Test
    void reload_whatTakesARestart_isNamedAndNothingChanges() {
        start(edition(1));
        try (RawClient client = server.connect()) {
            JsonNode answer = server.reload(edition(2) + "io: {workers: 3}\nlimits: {idleTimeout: 59s}\n");

            assertEquals(409, answer.get("status").asInt());
            assertEquals(List.of("io", "limits"), texts(answer.get("needsRestart")));
            assertEquals("1", get(client, TestSite.SMALL).field("X-Edition"));
            assertReloaded(1, List.of(), server.reload(edition(1)));
        }
    }

    @Test
    void reload_embedded_isRefused() throws Exception {
        start(edition(1));
        Configuration configuration = new ConfigurationLoader(server.site().root(), Map.of())
                .load(null, List.of(), List.of("listeners[0].port=0", "admin.listen=127.0.0.1:0", "cache.memory=0"));
        try (Sluice embedded = Sluice.start(configuration)) {
            String line = embedded.announcement().get(1);
            AdminClient admin = new AdminClient(URI.create(line.substring(line.lastIndexOf(' ') + 1)));

            JsonNode answer = admin.post("/api/config/reload");

            assertEquals(409, answer.get("status").asInt());
            assertTrue(answer.get("detail").asString().contains("nothing to reload from"), answer::toString);
        }
    }

    @Test
    void reload_manyAtOnce_takeTurns() throws Exception {
        start(edition(1));
        Files.writeString(server.file(), edition(2));
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            Callable<JsonNode> reload = () -> server.admin().post("/api/config/reload");
            int changing = 0;
            for (Future<JsonNode> answer : threads.invokeAll(List.of(reload, reload, reload, reload, reload, reload))) {
                assertEquals(2, answer.get().get("generation").asInt());
                changing += answer.get().get("changed").size();
            }
            assertEquals(1, changing);
        } finally {
            threads.shutdownNow();
        }
    }
}
