package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code cache.directory}: what the hot set held is there again after a restart, where its files are still the same. */
final class WarmStartTest {
    private static final String TEXT = "A text that can be compressed. ".repeat(200);

    private final TestSite site = TestSite.empty().file("/a.txt", "aaa").file("/b.txt", "bbb");
    private Path directory;
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        directory = Files.createDirectories(site.outside().resolve("cache"));
        server = open();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void get_afterRestart_comesFromTheRegionsAsBefore() {
        Response before = server.given().get("/a.txt");
        restart();
        Response after = server.given().get("/a.txt");

        assertEquals("aaa", after.asString());
        assertEquals(before.header("ETag"), after.header("ETag"));
        assertEquals(1, claimed());
        assertEquals(0, misplaced());
    }

    @Test
    void get_afterRestart_isTheHotPathFromTheSecondRequest() {
        E2eTransport.assumeClear("elsewhere everything is copied");
        server.given().get("/a.txt");
        restart();
        server.given().get("/a.txt");
        server.given().get("/a.txt");

        server.admin().served(2).forEach(served -> {
            assertEquals("mmap", served.ioPath());
            assertEquals("small-body", served.reason());
        });
    }

    @Test
    void get_fileReplacedMeanwhile_isTheNewOne() {
        server.given().get("/a.txt");
        server.stop();
        site.replace("/a.txt", "new", site.modified());
        server = open();

        assertEquals("new", server.given().get("/a.txt").asString());
        assertEquals(0, claimed());
    }

    @Test
    void get_fileRewrittenInPlaceMeanwhile_isTheNewOne() throws IOException {
        server.given().get("/a.txt");
        server.stop();
        Files.writeString(site.at("/a.txt"), "new");
        server = open();

        assertEquals("new", server.given().get("/a.txt").asString());
        assertEquals(0, claimed());
    }

    @Test
    void get_fileDeletedMeanwhile_isGone() throws IOException {
        server.given().get("/a.txt");
        server.stop();
        Files.delete(site.at("/a.txt"));
        server = open();

        assertEquals(404, server.given().get("/a.txt").statusCode());
    }

    @Test
    void get_fileUnderAnotherPath_comesFromTheRegionsAndIsDressedForThatPath() throws IOException {
        server.given().get("/a.txt");
        server.stop();
        Files.move(site.at("/a.txt"), site.at("/a.css"));
        server = open();
        Response moved = server.given().get("/a.css");

        assertEquals("aaa", moved.asString());
        assertTrue(moved.contentType().startsWith("text/css"), moved.contentType());
        assertEquals(1, claimed());
    }

    @Test
    void get_configurationChangedMeanwhile_isDressedByTheNewOne() {
        server.given().get("/a.txt");
        server.stop();
        server = TestServer.startConfigured(
                site, "sites: [{rules: [{headers: {set: {X-New: yes}}}]}]\n", "cache.directory=" + directory);
        awaitComplete();

        assertEquals("yes", server.given().get("/a.txt").header("X-New"));
        assertEquals(1, claimed());
    }

    @Test
    void get_codedForm_survives() {
        site.file("/text.txt", TEXT);
        String etag = awaitBrotli();
        restart();
        Response coded = server.given().header("Accept-Encoding", "br").get("/text.txt");

        assertEquals("br", coded.header("Content-Encoding"));
        assertEquals(etag, coded.header("ETag"));
        assertEquals(TEXT, server.given().get("/text.txt").asString());
    }

    @Test
    void get_codedFormWhereCompressionIsNowOff_isNotUsed() {
        site.file("/text.txt", TEXT);
        awaitBrotli();
        server.stop();
        server = TestServer.start(site, "cache.directory=" + directory, "compression.enabled=false");
        awaitComplete();
        Response plain = server.given().header("Accept-Encoding", "br").get("/text.txt");

        assertEquals(null, plain.header("Content-Encoding"));
        assertEquals(TEXT, plain.asString());
    }

    @Test
    void get_sidecar_survivesWithItsFile() {
        site.file("/text.txt", TEXT).file("/text.txt.br", "not really brotli");
        sidecar();
        restart();

        assertEquals("not really brotli", sidecar());
        assertEquals(2, claimed());
    }

    @Test
    void get_sidecarReplacedMeanwhile_isTheNewOne() {
        site.file("/text.txt", TEXT).file("/text.txt.br", "not really brotli");
        sidecar();
        server.stop();
        site.replace("/text.txt.br", "another sidecar", site.modified());
        server = open();

        assertEquals("another sidecar", sidecar());
    }

    @Test
    void get_purgedBeforeRestart_isReadAnew() {
        server.given().get("/a.txt");
        RestAssured.given()
                .baseUri(server.adminUri().toString())
                .queryParam("path", "/*")
                .post("/api/cache/purge");
        restart();

        assertEquals("aaa", server.given().get("/a.txt").asString());
        assertEquals(0, warmStart().get("found").asInt());
    }

    @Test
    void get_bodyDamagedOnDisk_isReadFromItsFile() throws IOException {
        server.given().get("/a.txt");
        server.given().get("/b.txt");
        server.stop();
        Path region = directory.resolve("region-0");
        byte[] bytes = Files.readAllBytes(region);
        bytes[1] ^= 1;
        Files.write(region, bytes);
        server = open();

        assertEquals("aaa", server.given().get("/a.txt").asString());
        assertEquals("bbb", server.given().get("/b.txt").asString());
        assertEquals(1, warmStart().get("damaged").asInt());
        assertEquals(1, claimed());
    }

    @Test
    void start_directoryInUse_servesWithoutItAndSaysSo() throws IOException {
        server.given().get("/a.txt");
        try (Heard heard = new Heard();
                TestServer second = TestServer.start(TestSite.standard(), "cache.directory=" + directory)) {
            assertEquals(200, second.given().get(TestSite.SMALL).statusCode());
            second.given().get(TestSite.SMALL);

            assertEquals(
                    "cache.directory " + directory + " is in use by another server: this one's cache is not kept\n",
                    heard.text());
            assertEquals(1, second.admin().get("/api/cache").get("files").asInt());
        }
        restart();
        server.given().get("/a.txt");
        assertEquals(1, claimed());
    }

    @Test
    void start_directoryBelowTheRoot_warnsAndServes() throws IOException {
        Path below = Files.createDirectory(site.root().resolve("cache"));
        server.stop();
        try (Heard heard = new Heard()) {
            server = TestServer.start(site, "cache.directory=" + below);

            assertEquals(
                    "cache.directory " + below + " lies in the root " + site.root()
                            + ": whoever may ask for files there can read what is cached\n",
                    heard.text());
        }
        assertEquals("aaa", server.given().get("/a.txt").asString());
    }

    @Test
    void start_directoryCannotBeWrittenTo_servesWithoutAndSaysSo() throws IOException {
        server.stop();
        // Even root can't make a file of that name there.
        Files.createDirectory(
                Files.createDirectory(directory.resolve("elsewhere")).resolve("lock"));
        try (Heard heard = new Heard()) {
            server = TestServer.start(site, "cache.directory=" + directory.resolve("elsewhere"));

            assertEquals(1, heard.text().lines().count(), heard.text());
            assertTrue(
                    heard.text()
                            .startsWith("no cache of small files, since no region can be made in "
                                    + directory.resolve("elsewhere")),
                    heard.text());
        }
        assertEquals("aaa", server.given().get("/a.txt").asString());
        assertEquals(0, server.admin().get("/api/cache").get("files").asInt());
    }

    @Test
    void start_foreignFilesInTheDirectory_servesAndLeavesThem() throws IOException {
        server.stop();
        byte[] foreign = "a foreign file".getBytes(StandardCharsets.UTF_8);
        Files.write(directory.resolve("notes.txt"), foreign);
        Files.write(directory.resolve("index"), foreign);
        Files.write(directory.resolve("region-0"), foreign);
        server = open();

        assertEquals("aaa", server.given().get("/a.txt").asString());
        assertArrayEquals(foreign, Files.readAllBytes(directory.resolve("notes.txt")));
        assertNotEquals(foreign.length, Files.size(directory.resolve("index")));
    }

    private TestServer open() {
        TestServer opened = TestServer.start(site, "cache.directory=" + directory);
        server = opened;
        awaitComplete();
        return opened;
    }

    private void restart() {
        server.stop();
        open();
    }

    private void awaitComplete() {
        Await.present(
                "the end of the recall",
                () -> Optional.of(warmStart())
                        .filter(warm -> warm.get("complete").asBoolean()));
    }

    private String awaitBrotli() {
        return Await.present("a coded form", () -> {
            Response response = server.given().header("Accept-Encoding", "br").get("/text.txt");
            return Optional.ofNullable(response.header("Content-Encoding")).map(coding -> response.header("ETag"));
        });
    }

    private String sidecar() {
        return server.given().header("Accept-Encoding", "br").get("/text.txt").asString();
    }

    private JsonNode warmStart() {
        return server.admin().get("/api/cache").get("warmStart");
    }

    private int claimed() {
        return warmStart().get("claimed").asInt();
    }

    private int misplaced() {
        return warmStart().get("damaged").asInt();
    }

    /** What the server logs meanwhile. */
    private static final class Heard extends Handler implements AutoCloseable {
        private static final Logger LOG = Logger.getLogger("sluice");

        private final StringBuilder text = new StringBuilder();

        Heard() {
            LOG.addHandler(this);
        }

        @Override
        public synchronized void publish(LogRecord entry) {
            text.append(entry.getMessage()).append('\n');
        }

        synchronized String text() {
            return text.toString();
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            LOG.removeHandler(this);
        }
    }
}
