package dev.sluice;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.archive.ZipBytes;
import dev.sluice.fault.Await;
import dev.sluice.fault.RawConnection;
import dev.sluice.ledger.IoPath;
import dev.sluice.ledger.Served;
import dev.sluice.site.SymlinkPolicy;
import dev.sluice.tls.TestCertificate;
import io.undertow.Handlers;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.handlers.PathHandler;
import io.undertow.server.handlers.encoding.ContentEncodingRepository;
import io.undertow.server.handlers.encoding.EncodingHandler;
import io.undertow.server.handlers.encoding.GzipEncodingProvider;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The handler in Undertow applications of several kinds: the right bytes, and a true account of how they went. */
final class StaticFilesTest {
    private static final int LARGE = 3 << 20;

    @TempDir
    Path root;

    private final byte[] large = new byte[LARGE];
    private final Queue<Served> served = new ConcurrentLinkedQueue<>();
    private StaticFiles files;
    private Application application;

    @BeforeEach
    void makeTheSite() throws IOException {
        new Random(7).nextBytes(large);
        write("index.html", "<p>home".getBytes(UTF_8));
        write("small.txt", "small".getBytes(UTF_8));
        write("large.bin", large);
        write("large.css", "a{}\n".repeat(100_000).getBytes(UTF_8));
        write("dir/index.html", "<p>dir".getBytes(UTF_8));
        write("bare/a b.txt", "spaced".getBytes(UTF_8));
        write("100%.txt", "percent".getBytes(UTF_8));
        write(".secret", "hidden".getBytes(UTF_8));
    }

    @AfterEach
    void stop() {
        if (application != null) {
            application.close();
        }
        if (files != null) {
            files.close();
        }
    }

    /** Long settled, so that it is held at its first request. */
    private void write(String name, byte[] content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
    }

    private StaticFiles files(UnaryOperator<StaticFiles.Builder> options) {
        files = options.apply(StaticFiles.builder(root).onServed(served::add)).build();
        return files;
    }

    private StaticFiles files() {
        return files(builder -> builder);
    }

    private RawConnection start(HttpHandler handler) throws IOException {
        application = Application.of(handler);
        return new RawConnection(application.port());
    }

    private Served record(String path) throws Exception {
        Await.until(() -> served.stream().anyMatch(one -> one.path().equals(path)));
        return served.stream()
                .filter(one -> one.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static void assertCarried(Served record, IoPath path, String reason, long bytes, long copied) {
        assertEquals(
                List.of(path, reason, bytes, copied),
                List.of(record.observed(), record.reason(), record.bytes(), record.userCopiedBytes()));
        assertTrue(record.complete());
    }

    @Test
    void of_directory_servesIt() throws Exception {
        files = StaticFiles.of(root);
        try (RawConnection client = start(files)) {
            assertEquals("<p>home", new String(client.get("/").body(), UTF_8));
            RawConnection.Response small = client.get("/small.txt");
            assertEquals("small", new String(small.body(), UTF_8));
            assertEquals("text/plain;charset=utf-8", small.head().field("content-type"));
            assertEquals(404, client.get("/none").status());
            assertEquals(404, client.get("/.secret").status());
            assertEquals(
                    304,
                    client.get("/small.txt", "If-None-Match: " + small.head().field("etag"))
                            .status());
        }
    }

    @Test
    void get_small_goesFromTheRegion() throws Exception {
        try (RawConnection client = start(files())) {
            client.get("/small.txt");
            client.get("/small.txt");
        }

        Await.equal(2, served::size);
        for (Served record : served) {
            assertCarried(record, IoPath.MMAP, "small-body", 5, 0);
        }
    }

    @Test
    void get_large_goesBySendfile() throws Exception {
        try (RawConnection client = start(files())) {
            assertArrayEquals(large, client.get("/large.bin").body());
        }

        // The last byte is copied: it seals a body whose file did not change under way.
        assertCarried(record("/large.bin"), IoPath.SENDFILE, "large-body", LARGE, 1);
    }

    @Test
    void get_rangesOfALargeFile_areThoseBytes() throws Exception {
        try (RawConnection client = start(files())) {
            RawConnection.Response range = client.get("/large.bin", "Range: bytes=500000-500099");
            assertEquals(206, range.status());
            assertArrayEquals(Arrays.copyOfRange(large, 500_000, 500_100), range.body());
            // The connection is in step still.
            assertEquals("small", new String(client.get("/small.txt").body(), UTF_8));
            byte[] several =
                    client.get("/large.bin", "Range: bytes=0-9,1000000-1000009").body();
            String text = new String(several, ISO_8859_1);
            assertTrue(text.contains(new String(large, 1_000_000, 10, ISO_8859_1)), text);
        }

        assertCarried(record("/large.bin"), IoPath.SENDFILE, "large-body", 100, 1);
    }

    @Test
    void head_anyFile_isNoBody() throws Exception {
        try (RawConnection client = start(files())) {
            client.send("HEAD", "/large.bin");
            assertEquals(LARGE, client.readHead().length());
            assertEquals("small", new String(client.get("/small.txt").body(), UTF_8));
        }

        assertCarried(record("/large.bin"), IoPath.NONE, "head", 0, 0);
    }

    @Test
    void get_withoutMemory_goesBySendfile() throws Exception {
        try (RawConnection client = start(files(builder -> builder.cacheMemory(0)))) {
            assertEquals("small", new String(client.get("/small.txt").body(), UTF_8));
        }

        assertCarried(record("/small.txt"), IoPath.SENDFILE, "large-body", 5, 1);
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpClient.Version.class,
            names = {"HTTP_1_1", "HTTP_2"})
    void get_overForeignTls_isCopied(HttpClient.Version version) throws Exception {
        TestCertificate certificate = TestCertificate.rsa();
        application = Application.secure(files(), certificate.server().context());
        HttpClient client = HttpClient.newBuilder()
                .sslContext(certificate.trusting())
                .version(version)
                .build();

        for (String path : List.of("/small.txt", "/large.bin", "/none", "/dir")) {
            HttpResponse<byte[]> response = client.send(
                    HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + application.port() + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertEquals(version, response.version());
            byte[] expected =
                    path.equals("/large.bin") ? large : path.equals("/small.txt") ? "small".getBytes(UTF_8) : null;
            if (expected != null) {
                assertArrayEquals(expected, response.body());
            }
        }

        String why = version == HttpClient.Version.HTTP_2 ? "http2" : "tls";
        assertCarried(record("/small.txt"), IoPath.COPY, why, 5, 5);
        assertEquals(IoPath.MMAP, record("/small.txt").planned());
        assertCarried(record("/large.bin"), IoPath.COPY, why, LARGE, LARGE);
        assertEquals(404, record("/none").status());
        assertCarried(record("/dir"), IoPath.NONE, "redirect", 0, 0);
    }

    @Test
    void handle_belowAPrefix_servesWhatIsBehindIt() throws Exception {
        PathHandler paths = Handlers.path().addPrefixPath("/static/v1", files(builder -> builder.listing(true)));
        try (RawConnection client = start(paths)) {
            assertEquals("small", new String(client.get("/static/v1/small.txt").body(), UTF_8));
            assertEquals("<p>home", new String(client.get("/static/v1/").body(), UTF_8));
            assertEquals(
                    "spaced", new String(client.get("/static/v1/bare/a%20b.txt").body(), UTF_8));
            assertEquals(
                    "percent", new String(client.get("/static/v1/100%25.txt").body(), UTF_8));
            assertEquals(404, client.get("/static/v1/100%2525.txt").status());
            assertEquals(
                    "small",
                    new String(client.get("/static/v1/dir/../small.txt").body(), UTF_8));
            assertEquals(
                    "small",
                    new String(client.get("/static/v1/../../../small.txt").body(), UTF_8));
            assertEquals(
                    "small", new String(client.get("/st%61tic/v1/small.txt").body(), UTF_8));
            assertEquals(
                    "small", new String(client.get("/static;a=b/v1/small.txt").body(), UTF_8));
            assertEquals(404, client.get("/small.txt").status());
            assertTrue(new String(client.get("/static/v1/bare/").body(), UTF_8).contains("a%20b.txt\""));
        }

        assertEquals("/static/v1/small.txt", served.element().path());
    }

    @ParameterizedTest
    @CsvSource({
        "/static/dir, /static/dir/",
        "/static/dir?a=b, /static/dir/?a=b",
        "/static, /static/",
        "/static?a=b, /static/?a=b",
        "/st%61tic/dir, /st%61tic/dir/"
    })
    void handle_belowAPrefix_redirectsInsideOfIt(String path, String location) throws Exception {
        try (RawConnection client = start(Handlers.path().addPrefixPath("/static", files()))) {
            RawConnection.Response redirect = client.get(path);

            assertEquals(
                    List.of(308, location),
                    List.of(redirect.status(), redirect.head().field("location")));
        }
    }

    @Test
    void handle_relativePathSetByAHandler_servesThat() throws Exception {
        StaticFiles target = files();
        HttpHandler rewriting = exchange -> {
            exchange.setRelativePath("/bare/a b.txt");
            target.handleRequest(exchange);
        };
        try (RawConnection client = start(rewriting)) {
            assertEquals("spaced", new String(client.get("/anything").body(), UTF_8));
        }
    }

    @ParameterizedTest
    @CsvSource({"/small.txt, MMAP", "/large.bin, SENDFILE", "/none, COPY", "/dir, NONE", "/dir/, MMAP"})
    void handle_afterABlockingHandler_answersAsBefore(String path, IoPath carried) throws Exception {
        try (RawConnection client = start(new BlockingHandler(files()))) {
            for (int i = 0; i < 20; i++) {
                client.get(path);
            }
            client.send("HEAD", path);
            client.readHead();
            assertEquals("small", new String(client.get("/small.txt").body(), UTF_8));
        }

        Await.equal(22, served::size);
        Served first = served.element();
        assertEquals(List.of(carried, true), List.of(first.observed(), first.complete()));
    }

    @Test
    void get_throughAnotherHandlersCoding_isToldAsCopied() throws Exception {
        EncodingHandler coding = new EncodingHandler(
                files(builder -> builder.compression(false)),
                new ContentEncodingRepository().addEncodingHandler("gzip", new GzipEncodingProvider(), 50));
        application = Application.of(coding);
        HttpClient client = HttpClient.newHttpClient();
        for (String path : List.of("/large.css", "/large.bin", "/small.txt")) {
            byte[] body = client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + application.port() + path))
                                    .header("Accept-Encoding", "gzip")
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray())
                    .body();
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
                assertArrayEquals(Files.readAllBytes(root.resolve(path.substring(1))), in.readAllBytes());
            }
            long length = Files.size(root.resolve(path.substring(1)));
            assertCarried(record(path), IoPath.COPY, "wrapped", length, length);
        }
    }

    @Test
    void get_afterPipelinedRequests_isToldAsCopiedWhereUndertowBuffers() throws Exception {
        application = Application.of(files(), builder -> builder);
        try (RawConnection client = new RawConnection(application.port())) {
            client.get("/large.bin");
            String request = "GET /small.txt HTTP/1.1\r\nHost: a\r\n\r\n";
            client.send(request + request + request);
            for (int i = 0; i < 3; i++) {
                assertEquals(
                        "small", new String(client.readResponse("/small.txt").body(), UTF_8));
            }
            assertArrayEquals(large, client.get("/large.bin?again").body());
        }

        Await.equal(5, served::size);
        List<Served> records = List.copyOf(served);
        assertCarried(records.get(0), IoPath.SENDFILE, "large-body", LARGE, 1);
        assertCarried(records.get(4), IoPath.COPY, "wrapped", LARGE, LARGE);
    }

    @Test
    void get_missing_goesToTheNextHandler() throws Exception {
        HttpHandler next = exchange -> exchange.getResponseSender()
                .send(exchange.getRequestMethod() + " " + exchange.getRelativePath() + " " + exchange.isInIoThread());
        StaticFiles target = files(builder -> builder.next(next));
        try (RawConnection client = start(Handlers.path().addPrefixPath("/app", target))) {
            assertEquals(
                    "GET /api/users true",
                    new String(client.get("/app/api/users").body(), UTF_8));
            assertEquals("small", new String(client.get("/app/small.txt").body(), UTF_8));
            client.send("POST", "/app/small.txt", "Content-Length: 2");
            client.send("hi");
            assertEquals(
                    "POST /small.txt true",
                    new String(client.readResponse("/app/small.txt").body(), UTF_8));
        }

        assertEquals("/app/small.txt", record("/app/small.txt").path());
        assertEquals(1, served.size());
    }

    @Test
    void get_missingAfterABlockingHandler_goesToTheNextWithItsStreams() throws Exception {
        HttpHandler next =
                exchange -> exchange.getOutputStream().write(("worker " + !exchange.isInIoThread()).getBytes(UTF_8));
        try (RawConnection client = start(new BlockingHandler(files(builder -> builder.next(next))))) {
            assertEquals("worker true", new String(client.get("/none").body(), UTF_8));
            assertEquals("small", new String(client.get("/small.txt").body(), UTF_8));
            assertEquals("worker true", new String(client.get("/none").body(), UTF_8));
        }
    }

    @Test
    void post_withoutNext_isRefused() throws Exception {
        try (RawConnection client = start(files())) {
            client.send("POST", "/small.txt", "Content-Length: 2");
            client.send("hi");
            RawConnection.Response response = client.readResponse("/small.txt");

            assertEquals(
                    List.of(405, "GET, HEAD, OPTIONS"),
                    List.of(response.status(), response.head().field("allow")));
        }
    }

    @Test
    void get_fieldsOfTheApplication_stayAndAreNotDoubled() throws Exception {
        HttpHandler handler = Handlers.header(Handlers.header(files(), "Cache-Control", "max-age=60"), "X-App", "1");
        try (RawConnection client = start(handler)) {
            client.send("GET", "/small.txt");
            RawConnection.Head head = client.readHead();

            assertEquals(List.of("max-age=60", "1"), List.of(head.field("cache-control"), head.field("x-app")));
        }
    }

    @Test
    void get_fieldsOfTheApplicationInSeveralValues_allStay() throws Exception {
        StaticFiles target = files();
        HttpHandler handler = exchange -> {
            HttpString policy = HttpString.tryFromString("Content-Security-Policy");
            HttpString options = HttpString.tryFromString("X-Content-Type-Options");
            exchange.getResponseHeaders().add(policy, "img-src a").add(policy, "img-src b");
            exchange.getResponseHeaders().add(options, "nosniff").add(Headers.CACHE_CONTROL, "private");
            exchange.getResponseHeaders().add(Headers.CACHE_CONTROL, "max-age=60");
            target.handleRequest(exchange);
        };
        application = Application.of(handler);
        HttpClient client = HttpClient.newHttpClient();
        for (String path : List.of("/small.txt", "/none", "/large.bin")) {
            HttpHeaders fields = client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + application.port() + path))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .headers();

            assertEquals(List.of("img-src a", "img-src b"), fields.allValues("content-security-policy"), path);
            assertEquals(List.of("private", "max-age=60"), fields.allValues("cache-control"), path);
            assertEquals(List.of("nosniff"), fields.allValues("x-content-type-options"), path);
        }
    }

    @Test
    void options_each_isHeeded() throws Exception {
        write("home.txt", "by another name".getBytes(UTF_8));
        write("about.html", "<p>about".getBytes(UTF_8));
        write("lost.html", "<p>lost".getBytes(UTF_8));
        Files.createSymbolicLink(root.resolve("link.txt"), root.resolve("small.txt"));
        try (RawConnection client = start(files(builder -> builder.index("home.txt")
                .cleanUrls(true)
                .hideDotFiles(false)
                .symlinks(SymlinkPolicy.NEVER)
                .spa("/about.html")
                .errorPage(404, "/lost.html")
                .watch(false)
                .revalidate(Duration.ZERO)))) {
            assertEquals("by another name", new String(client.get("/").body(), UTF_8));
            assertEquals("<p>about", new String(client.get("/about").body(), UTF_8));
            assertEquals("hidden", new String(client.get("/.secret").body(), UTF_8));
            assertEquals("<p>lost", new String(client.get("/link.txt").body(), UTF_8));
            assertEquals(
                    "<p>about",
                    new String(client.get("/orders/7", "Accept: text/html").body(), UTF_8));
            Files.writeString(root.resolve("small.txt"), "later");
            Files.setLastModifiedTime(
                    root.resolve("small.txt"), FileTime.from(Instant.now().minusSeconds(30)));
            assertEquals("later", new String(client.get("/small.txt").body(), UTF_8));
        }
    }

    @Test
    void get_compressible_isCodedOnceItIsHeld() throws Exception {
        write("style.css", "a { color: red }\n".repeat(1_000).getBytes(UTF_8));
        try (RawConnection client = start(files())) {
            Await.equal(
                    "gzip",
                    () -> client.get("/style.css", "Accept-Encoding: gzip")
                            .head()
                            .field("content-encoding"));
            assertNull(client.get("/style.css").head().field("content-encoding"));
        }
    }

    @Test
    void onServed_thatThrows_doesNotHarmTheResponse() throws Exception {
        files = StaticFiles.builder(root)
                .onServed(record -> {
                    throw new IllegalStateException("on purpose");
                })
                .build();
        try (RawConnection client = start(files)) {
            assertEquals("small", new String(client.get("/small.txt").body(), UTF_8));
            assertEquals("small", new String(client.get("/small.txt").body(), UTF_8));
        }
    }

    @Test
    void twoOfThem_sideBySide_shareNothing() throws Exception {
        Path other = Files.createDirectory(root.resolve("other"));
        Files.writeString(other.resolve("small.txt"), "other");
        Files.setLastModifiedTime(
                other.resolve("small.txt"), FileTime.from(Instant.now().minusSeconds(60)));
        Semaphore recorded = new Semaphore(0);
        StaticFiles second = StaticFiles.builder(other)
                .onServed(record -> recorded.release())
                .build();
        PathHandler paths = Handlers.path().addPrefixPath("/a", files()).addPrefixPath("/b", second);
        try (RawConnection client = start(paths)) {
            assertEquals("small", new String(client.get("/a/small.txt").body(), UTF_8));
            assertEquals("other", new String(client.get("/b/small.txt").body(), UTF_8));
            assertTrue(recorded.tryAcquire(20, TimeUnit.SECONDS));
            second.close();
            assertEquals(503, client.get("/b/small.txt").status());
            assertEquals("small", new String(client.get("/a/small.txt").body(), UTF_8));
            assertArrayEquals(large, client.get("/a/large.bin").body());
        }

        assertEquals(0, recorded.availablePermits());
        Await.equal(3, served::size);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cacheMemory: -1 (expected: >= 0)",
                "cacheMaxFileSize: -1 (expected: >= 0)",
                "revalidate: PT-1S (expected: >= 0)",
                "index: a/b (expected: the name of a file)",
                "spa: index.html (expected: a path that begins with /)",
                "errorPage: 200 (expected: a status from 400 to 599)",
                "errorPage: lost (expected: a path that begins with /)",
            })
    void builder_badInput_isOneLine(String message) {
        StaticFiles.Builder builder = StaticFiles.builder(root);
        String[] words = message.split(" ", 3);
        IllegalArgumentException fault = assertThrows(IllegalArgumentException.class, () -> {
            switch (words[0] + words[1]) {
                case "cacheMemory:-1" -> builder.cacheMemory(-1);
                case "cacheMaxFileSize:-1" -> builder.cacheMaxFileSize(-1);
                case "revalidate:PT-1S" -> builder.revalidate(Duration.ofSeconds(-1));
                case "index:a/b" -> builder.index("index.html", "a/b");
                case "spa:index.html" -> builder.spa("index.html");
                case "errorPage:200" -> builder.errorPage(200, "/a");
                default -> builder.errorPage(404, "lost");
            }
        });

        assertEquals(message, fault.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"small.txt", "none"})
    void build_rootThatIsNeitherDirectoryNorArchive_isOneLine(String name) {
        Path file = root.resolve(name);

        IllegalArgumentException fault = assertThrows(IllegalArgumentException.class, () -> StaticFiles.of(file));

        assertOneLine("root: " + file + " (expected: a directory, or a zip or jar archive", fault);
    }

    private static void assertOneLine(String start, IllegalArgumentException fault) {
        String message = String.valueOf(fault.getMessage());
        assertTrue(message.startsWith(start), message);
        assertEquals(1, message.lines().count(), message);
    }

    @Test
    void of_archive_servesWhatIsInIt() throws Exception {
        Path zip = new ZipBytes()
                .deflated("small.txt", "small")
                .stored("large.bin", large)
                .deflated("packed.bin", large)
                .to(root.resolve("site.zip"));
        files = StaticFiles.builder(zip).onServed(served::add).build();
        try (RawConnection client = start(files)) {
            assertEquals("small", new String(client.get("/small.txt").body(), UTF_8));
            assertArrayEquals(large, client.get("/large.bin").body());
            assertArrayEquals(large, client.get("/packed.bin").body());
            assertEquals(404, client.get("/index.html").status());
        }

        assertCarried(record("/small.txt"), IoPath.MMAP, "small-body", 5, 0);
        assertCarried(record("/large.bin"), IoPath.SENDFILE, "large-body", LARGE, 1);
        assertCarried(record("/packed.bin"), IoPath.COPY, "inflated", LARGE, LARGE);
    }

    /** In a jar, as an application with all that it needs in it has it. */
    @Test
    void ofClassPath_directoryInAJar_servesWhatIsInIt() throws Exception {
        Path jar = new ZipBytes()
                .stored("static/", "")
                .deflated("static/small.txt", "small")
                .stored("static/large.bin", large)
                .stored("other.txt", "not to be seen")
                .to(root.resolve("app.jar"));
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            files = StaticFiles.classPathBuilder(loader, "static")
                    .onServed(served::add)
                    .build();
        }
        try (RawConnection client = start(files)) {
            assertEquals("small", new String(client.get("/small.txt").body(), UTF_8));
            assertArrayEquals(large, client.get("/large.bin").body());
            assertEquals(404, client.get("/other.txt").status());
            assertEquals(404, client.get("/../other.txt").status());
        }

        assertCarried(record("/large.bin"), IoPath.SENDFILE, "large-body", LARGE, 1);
    }

    @Test
    void ofClassPath_directoryOfItsOwn_servesIt() throws Exception {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {root.toUri().toURL()}, null)) {
            files = StaticFiles.ofClassPath(loader, "dir");
            IllegalArgumentException fault =
                    assertThrows(IllegalArgumentException.class, () -> StaticFiles.ofClassPath(loader, "none"));
            assertOneLine("root: classpath:none (expected: ", fault);
        }
        try (RawConnection client = start(files)) {
            assertEquals("<p>dir", new String(client.get("/").body(), UTF_8));
        }
    }
}
