package dev.sluice.e2e;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.archive.ZipBytes;
import dev.sluice.archive.ZipBytes.Part;
import dev.sluice.fault.Await;
import dev.sluice.io.LogLines;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A site whose root is a zip archive: everything as from a directory, and each body by the path that the record tells. */
class ArchiveRootTest {
    private static final byte[] NOISE = TestSite.noise((1 << 20) + 4321);
    private static final byte[] TEXT = text(3 << 20);
    private static final String NOT_FOUND = "<!doctype html><title>no such page</title>";

    private static byte[] text(int length) {
        StringBuilder text = new StringBuilder(length + 20);
        for (int i = 0; text.length() < length; i++) {
            text.append("line ").append(i * 7919 % 10_007).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static ZipBytes zip() {
        return new ZipBytes()
                .deflated("index.html", "<!doctype html><title>home</title>")
                .deflated("404.html", NOT_FOUND)
                .stored("small.txt", "stored\n")
                .deflated("deflated.txt", "deflated ".repeat(1_000))
                .stored("empty.txt", "")
                .stored("large.bin", NOISE)
                .deflated("packed.bin", TEXT)
                .deflated("large.txt", TEXT)
                .stored("dir/page.html", "<!doctype html><title>page</title>")
                .stored("dir/.hidden", "not to be seen")
                .stored("with/index.html", "<!doctype html><title>with</title>")
                .stored("beside.css", "p {}")
                .stored("beside.css.br", "not really br");
    }

    @RegisterExtension
    static final TestServer server =
            TestServer.of(TestSite.archive(zip()), "sites[0].listing=json", "sites[0].cleanUrls=true");

    @ParameterizedTest
    @CsvSource({"/small.txt, 7", "/deflated.txt, 9000", "/, 34", "/index.html, 34", "/dir/page, 34", "/with/, 34"})
    void get_smallEntry_isHeldAndMapped(String path, int length) {
        for (int time = 0; time < 2; time++) {
            Response response = server.given().get(path);

            assertEquals(200, response.statusCode());
            assertEquals(length, response.asByteArray().length);
            assertEquals("Mon, 06 May 2024 07:08:10 GMT", response.header("Last-Modified"));
            server.served().byMmap(length);
            server.given()
                    .header("If-None-Match", response.header("ETag"))
                    .get(path)
                    .then()
                    .statusCode(304);
            server.served().withoutBody("not-modified");
        }
    }

    @Test
    void get_emptyEntry_isEmptyAtOnce() {
        server.given().get("/empty.txt").then().statusCode(200).header("Content-Length", "0");
        server.served().withoutBody("empty-body");
    }

    @Test
    void get_largeStoredEntry_goesBySendfileOutOfTheArchive() {
        assertArrayEquals(NOISE, server.given().get("/large.bin").asByteArray());
        server.served().bySendfile(NOISE.length);
        for (int[] range : new int[][] {{0, 99}, {1_000_000, 1_000_999}, {NOISE.length - 10, NOISE.length - 1}}) {
            assertRange("/large.bin", NOISE, range);
            server.served().bySendfile(range[1] - range[0] + 1);
        }
    }

    private static void assertRange(String path, byte[] whole, int[] range) {
        Response part = server.given()
                .header("Range", "bytes=" + range[0] + '-' + range[1])
                .get(path);

        assertEquals(206, part.statusCode());
        assertEquals("bytes " + range[0] + '-' + range[1] + '/' + whole.length, part.header("Content-Range"));
        assertArrayEquals(Arrays.copyOfRange(whole, range[0], range[1] + 1), part.asByteArray());
    }

    @Test
    void get_largeDeflatedEntry_isInflatedWhileItIsSent() {
        assertArrayEquals(TEXT, server.given().get("/packed.bin").asByteArray());
        server.served().by("copy", "inflated", TEXT.length);
        int[][] ranges = {{0, 0}, {2_000_000, 2_100_000}, {5, 9}, {TEXT.length - 1, TEXT.length - 1}};
        for (int[] range : ranges) {
            assertRange("/packed.bin", TEXT, range);
            server.served().by("copy", "inflated", range[1] - range[0] + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/large.bin", "/packed.bin"})
    void get_severalRanges_areTheParts(String path) {
        byte[] whole = path.equals("/large.bin") ? NOISE : TEXT;
        String body = new String(
                server.given()
                        .header("Range", "bytes=500000-500009,7-16,30-39")
                        .get(path)
                        .then()
                        .statusCode(206)
                        .extract()
                        .asByteArray(),
                StandardCharsets.ISO_8859_1);

        for (int from : new int[] {500_000, 7}) {
            String part = new String(whole, from, 10, StandardCharsets.ISO_8859_1);
            assertTrue(body.contains("\r\n\r\n" + part + "\r\n--"), path + " from " + from);
        }
        String planned = path.equals("/large.bin") ? "sendfile" : "copy";
        assertEquals(
                E2eTransport.current().reason(planned, "several-ranges"),
                server.served().reason());
    }

    /** It lies in the archive compressed as gzip compresses: what is sent are those bytes. */
    @Test
    void get_largeTextByGzip_goesOutAsItLiesInTheArchive() throws IOException {
        Response whole = server.given().header("Accept-Encoding", "gzip").get("/large.txt");

        assertEquals("gzip", whole.header("Content-Encoding"));
        byte[] gzip = whole.asByteArray();
        assertArrayEquals(TEXT, gunzip(gzip));
        server.served().bySendfile(gzip.length);
        byte[] part = server.given()
                .header("Accept-Encoding", "gzip")
                .header("Range", "bytes=4-" + (gzip.length - 2))
                .get("/large.txt")
                .asByteArray();
        assertArrayEquals(Arrays.copyOfRange(gzip, 4, gzip.length - 1), part);
        server.served().bySendfile(part.length);
        String identity = server.etag("/large.txt");
        assertNotEquals(identity, whole.header("ETag"));
        server.given()
                .header("If-None-Match", identity)
                .get("/large.txt")
                .then()
                .statusCode(304)
                .header("Vary", "Accept-Encoding");
        server.served().withoutBody("not-modified");
    }

    private static byte[] gunzip(byte[] gzip) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return in.readAllBytes();
        }
    }

    @Test
    void get_smallTextByGzip_isHeldAsItLiesInTheArchive() throws IOException {
        byte[] gzip = server.given()
                .header("Accept-Encoding", "gzip")
                .get("/deflated.txt")
                .then()
                .header("Content-Encoding", "gzip")
                .extract()
                .asByteArray();

        assertEquals("deflated ".repeat(1_000), new String(gunzip(gzip), StandardCharsets.US_ASCII));
        server.served().byMmap(gzip.length);
    }

    @Test
    void get_sidecarInTheArchive_wins() {
        server.given()
                .header("Accept-Encoding", "br")
                .get("/beside.css")
                .then()
                .header("Content-Encoding", "br")
                .body(equalTo("not really br"));
        server.served().byMmap(13);
    }

    @Test
    void get_digestOfLargeEntry_isThatOfItsContent() throws Exception {
        for (String path : List.of("/packed.bin", "/large.bin")) {
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(path.equals("/packed.bin") ? TEXT : NOISE);
            server.given()
                    .header("Want-Repr-Digest", "sha-256=5")
                    .head(path)
                    .then()
                    .header("Repr-Digest", "sha-256=:" + Base64.getEncoder().encodeToString(sha) + ":");
        }
        server.admin().forget();
    }

    @Test
    void get_directory_redirectsAndLists() {
        server.given().get("/dir").then().statusCode(308).header("Location", "/dir/");
        server.given()
                .header("Accept", "application/json")
                .get("/dir/")
                .then()
                .statusCode(200)
                .body(containsString("page.html"))
                .body(not(containsString(".hidden")));
        server.given()
                .header("Accept", "application/json")
                .get("/")
                .then()
                .statusCode(200)
                .body(containsString("home"));
        server.admin().forget();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/dir/.hidden", "/dir/none/", "/small.txt/", "/small.txt/x", "/dir%2fpage.html"})
    void get_whatIsNotThere_isTheErrorPage(String path) {
        server.given().get(path).then().statusCode(404).body(equalTo(NOT_FOUND));
        server.admin().forget();
    }

    /** By size and checksum: neither inode nor time of the archive counts. */
    @Test
    void etag_copiesOfTheArchive_agree() {
        try (TestServer replica = TestServer.start(TestSite.archive(new ZipBytes()
                .stored("first", "elsewhere in the archive")
                .deflated("packed.bin", TEXT)
                .stored("large.bin", NOISE)
                .stored("small.txt", "stored\n")))) {
            for (String path : List.of("/packed.bin", "/large.bin", "/small.txt")) {
                assertEquals(server.etag(path), replica.etag(path), path);
            }
        }
    }

    @Test
    void get_withoutHotSet_goesBySendfileOrIsInflated() {
        try (TestServer bare = TestServer.start(TestSite.archive(zip()), "cache.memory=0")) {
            bare.given().get("/small.txt").then().body(equalTo("stored\n"));
            bare.served().bySendfile(7);
            bare.given().get("/deflated.txt").then().body(equalTo("deflated ".repeat(1_000)));
            bare.served().by("copy", "inflated", 9_000);
        }
    }

    /** A part of a file cannot be read by blocks. */
    @Test
    void get_hugeEntry_isNotReadPastThePageCache() {
        try (TestServer direct = TestServer.start(TestSite.archive(zip()), "io.directMinSize=1MiB")) {
            assertArrayEquals(NOISE, direct.given().get("/large.bin").asByteArray());
            direct.served().bySendfile(NOISE.length);
        }
    }

    @Test
    void get_archiveReplaced_showsTheNewOneAndFinishesTheOld() throws Exception {
        byte[] old = TestSite.noise(16 << 20);
        TestSite site = TestSite.archive(new ZipBytes()
                .stored("page.txt", "old")
                .stored("large.bin", old)
                .deflated("packed.bin", old));
        try (TestServer replaced = TestServer.start(site);
                RawClient sendfile = RawClient.to(replaced.uri(), 8 << 10);
                RawClient inflated = RawClient.to(replaced.uri(), 8 << 10)) {
            replaced.given().get("/page.txt").then().body(equalTo("old"));
            int length = sendfile.request("GET", "/large.bin").readHead().bodyLength("GET");
            inflated.request("GET", "/packed.bin").readHead();
            new ZipBytes()
                    .stored("page.txt", "new")
                    .stored("large.bin", "small now")
                    .replace(site.root());

            Await.equal("new", () -> replaced.given().get("/page.txt").asString());
            replaced.given().get("/large.bin").then().body(equalTo("small now"));
            replaced.given().get("/packed.bin").then().statusCode(404);
            assertArrayEquals(old, sendfile.readNBytes(length));
            assertArrayEquals(old, inflated.readNBytes(length));
        }
    }

    @Test
    void get_damagedArchiveInItsPlace_staysAsItWas_inOneLine() throws Exception {
        TestSite site =
                TestSite.archive(new ZipBytes().stored("page.txt", "old").stored("cold.txt", "cold"));
        try (LogLines log = new LogLines();
                TestServer replaced = TestServer.start(site)) {
            replaced.given().get("/page.txt").then().body(equalTo("old"));
            Path next = site.root().resolveSibling("next");
            ZipBytes.write("no archive".getBytes(StandardCharsets.US_ASCII), next, site.modified());
            Files.move(next, site.root(), StandardCopyOption.REPLACE_EXISTING);

            Await.until(() -> {
                replaced.given().get("/page.txt").then().body(equalTo("old"));
                return said(log, "cannot be read") == 1;
            });
            replaced.given().get("/page.txt").then().body(equalTo("old"));
            replaced.given().get("/cold.txt").then().body(equalTo("cold"));
            Files.delete(site.root());
            replaced.given().get("/cold.txt?again").then().body(equalTo("cold"));
            assertEquals(1, said(log, "cannot be read"), log.lines()::toString);
            new ZipBytes().stored("page.txt", "new").to(site.root());
            Await.equal("new", () -> replaced.given().get("/page.txt").asString());
            assertEquals(1, said(log, "is another one now"), log.lines()::toString);
        }
    }

    private static long said(LogLines log, String text) {
        return log.lines().stream().filter(line -> line.contains(text)).count();
    }

    /** What was opened before has other bytes now, so nothing of it can be sent any more. */
    @Test
    void get_archiveOverwritten_is503AndNeverAWrongBody() throws Exception {
        TestSite site = TestSite.archive(new ZipBytes().stored("large.bin", NOISE));
        try (TestServer overwritten = TestServer.start(site)) {
            overwritten.given().get("/large.bin").then().statusCode(200);
            byte[] bytes = Files.readAllBytes(site.root());
            Files.write(site.root(), new byte[bytes.length], StandardOpenOption.WRITE);
            Files.setLastModifiedTime(site.root(), FileTime.from(Instant.now().minusSeconds(30)));

            Await.equal(503, () -> overwritten.given().get("/large.bin").statusCode());
            overwritten.given().get("/other").then().statusCode(503);
            Files.write(site.root(), bytes, StandardOpenOption.WRITE);
            Await.equal(200, () -> overwritten.given().get("/large.bin").statusCode());
        }
    }

    @Test
    void get_entryThatIsNotWhatTheArchiveSays_isNeverCompleteAndWrong() {
        TestSite site = TestSite.archive(new ZipBytes()
                .add(Part.of("stored.txt").stored(new byte[100]).crc(1))
                .add(Part.of("bomb.txt").deflated(new byte[1_000_000]).size(100))
                .add(Part.of("large.bin").deflated(NOISE).crc(1))
                .add(Part.of("short.bin").deflated(NOISE).size(NOISE.length + 1)));
        try (LogLines log = new LogLines();
                TestServer lying = TestServer.start(site)) {
            lying.given().get("/stored.txt").then().statusCode(500);
            lying.given().get("/bomb.txt").then().statusCode(500);
            assumeTrue(
                    E2eTransport.current() != E2eTransport.H2, "a stream of HTTP/2 is reset and has no length to miss");
            for (String path : List.of("/large.bin", "/short.bin")) {
                try (RawClient client = lying.connect()) {
                    int length = client.request("GET", path).readHead().bodyLength("GET");
                    assertTrue(client.readToEnd().length < length, path);
                }
            }
            assertTrue(said(log, "DamagedArchiveException: an entry") > 0, log.lines()::toString);
        }
    }

    @Test
    void start_entriesThatAreNotServed_areToldInOneLine() {
        try (LogLines log = new LogLines();
                TestServer some = TestServer.start(TestSite.archive(
                        new ZipBytes().stored("a", "a").stored("../b", "b").stored("/c", "c")))) {
            some.given().get("/a").then().statusCode(200);
            List<String> told = log.lines().stream()
                    .filter(line -> line.contains("is not served"))
                    .toList();
            assertEquals(1, told.size(), told::toString);
            assertTrue(told.get(0).endsWith("\"../b\" (a dot segment in its name) and 1 more"), told.get(0));
        }
    }

    @Test
    void explain_entries_tellsThePath() {
        server.admin().forget();
        assertEquals(
                "sendfile",
                server.admin()
                        .get("/api/explain?path=/large.bin")
                        .get("planned")
                        .asString());
        assertEquals(
                "copy",
                server.admin()
                        .get("/api/explain?path=/packed.bin")
                        .get("planned")
                        .asString());
        assertEquals(
                "mmap",
                server.admin()
                        .get("/api/explain?path=/small.txt")
                        .get("planned")
                        .asString());
    }

    /** A jar of the class path, by its own name: the WebJar from which the media types come. */
    @Test
    void get_classPath_servesFromTheJar() {
        try (TestServer webjar = TestServer.start(
                TestSite.empty(),
                "sites[0].root=classpath:/META-INF/resources/webjars",
                "sites[0].listing=json",
                "cache.maxFileSize=64KiB")) {
            webjar.given().header("Accept", "application/json").get("/").then().body(containsString("mime-db"));
            String listing = webjar.given()
                    .header("Accept", "application/json")
                    .get("/mime-db/")
                    .asString();
            String version = listing.replaceAll("(?s).*\"name\":\\s*\"([0-9.]+)/?\".*", "$1");
            webjar.admin().forget();
            String text = webjar.given().get("/mime-db/" + version + "/db.json").asString();
            assertTrue(text.contains("\"application/json\""), listing);
            webjar.served().by("copy", "inflated", text.length());
            webjar.given().get("/META-INF/MANIFEST.MF").then().statusCode(404);
            webjar.given().get("/../MANIFEST.MF").then().statusCode(404).header("X-None", nullValue());
        }
    }
}
