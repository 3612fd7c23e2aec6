package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.tls.TestCertificate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged jar does all it can do, and writes nothing to its standard error: no JDK warns of reflection, of access to what it
 * keeps to itself, of native libraries, or of what it will take away.
 */
final class QuietIT {
    private static final Path SCRIPT = Path.of("bin", "sluice").toAbsolutePath();
    private static final String PAGE = "<!doctype html>\n" + "<p>ballast</p>\n".repeat(1000)
            + "<script nonce=\"__CSP_NONCE_128_BITS__\">a</script>\n";
    private static final String TEXT = "A text that is compressed while it is sent.\n".repeat(20_000);
    private static final int HUGE = 8 << 20;
    private static final String CONFIGURATION = """
            listeners:
              - {port: 0}
              - {port: 0, tls: {certificate: fullchain.pem, key: privkey.pem}}
            admin: {listen: "127.0.0.1:0"}
            sites:
              - listing: html
                rules:
                  - match: {path: "/page.html"}
                    template: {nonce: __CSP_NONCE_128_BITS__}
                  - match: {path: "/private/**"}
                    auth: {realm: private, users: {anna: "$2y$04$Tg3rfGH0wOqSYnvDy9uEVuhTIS0L1sUXX9Zp2ppRcAxxqQ4hDZBme"}}
            cache: {directory: regions}
            io: {directMinSize: 8MiB}
            compression: {streaming: true}
            accessLog: {file: access.log, format: json}
            """;

    @TempDir
    private Path directory;

    private final TestCertificate certificate = TestCertificate.ec();
    private final HttpClient http =
            HttpClient.newBuilder().sslContext(certificate.trusting()).build();

    @Test
    void jar_everyIoPath_writesNothingToStandardError() throws Exception {
        run(Program.plainJar(Path.of(System.getProperty("sluice.jar"))));
    }

    /** With the options of the launcher, and an archive of classes that an earlier start made. */
    @Test
    void launcher_everyIoPath_writesNothingToStandardError() throws Exception {
        List<String> launcher = List.of(
                "env",
                "JAVA_HOME=" + System.getProperty("java.home"),
                "SLUICE_JAR=" + System.getProperty("sluice.jar"),
                "XDG_CACHE_HOME=" + directory.resolve("cache"),
                SCRIPT.toString());
        try (Program first = Program.start(directory, launcher, "--version")) {
            assertEquals(0, first.exitCode());
        }
        run(launcher);
    }

    private void run(List<String> launcher) throws Exception {
        try (TestSite site = TestSite.standard()
                .file("/page.html", PAGE)
                .file("/text.txt", TEXT)
                .file("/huge.bin", TestSite.noise(HUGE))
                .file("/private/secret.txt", "secret")
                .file("/listed/a.txt", "a")) {
            Path folder = site.root().getParent();
            certificate.writeTo(folder);
            Files.createDirectory(folder.resolve("regions"));
            Path file = Files.writeString(folder.resolve("sluice.yaml"), CONFIGURATION);
            String root = site.root().toString();
            try (Program program = Program.start(directory, launcher, "--config", file.toString(), root)) {
                URI clear = program.announced("sluice: serving " + root + " at ");
                URI secure = program.announced("sluice: serving " + root + " at ");
                AdminClient admin = new AdminClient(program.announced("sluice: admin at "));
                for (URI uri : List.of(clear, secure)) {
                    askForEverything(uri);
                }
                for (String path : List.of("mmap", "sendfile", "direct", "cow", "copy", "none")) {
                    Await.present(
                            "by " + path,
                            () -> Optional.of(admin.get("/api/stats"))
                                    .filter(stats -> stats.get("ioPaths")
                                                    .get(path)
                                                    .get("requests")
                                                    .asLong()
                                            > 0));
                }
                askAdmin(admin);
                program.terminate();
                assertEquals(0, program.exitCode());
                // The reload is told of in the log, which is there.
                assertEquals(
                        List.of(),
                        program.errors()
                                .lines()
                                .filter(line -> !line.contains(" INFO "))
                                .toList());
            }
        }
    }

    private void askForEverything(URI uri) throws IOException, InterruptedException {
        for (int time = 0; time < 3; time++) {
            assertEquals(200, status(uri, TestSite.SMALL));
            assertEquals(200, status(uri, "/page.html"));
        }
        assertEquals(200, status(uri, TestSite.LARGE));
        assertEquals(200, status(uri, "/huge.bin"));
        assertEquals(206, status(uri, TestSite.LARGE, "Range", "bytes=5-9"));
        assertEquals(206, status(uri, TestSite.LARGE, "Range", "bytes=0-1,5-9"));
        assertEquals(200, status(uri, TestSite.SMALL, "Want-Repr-Digest", "sha-256=1"));
        assertEquals(304, status(uri, TestSite.SMALL, "If-None-Match", "*"));
        assertEquals(404, status(uri, "/nothing"));
        assertEquals(200, status(uri, "/listed/"));
        assertEquals(401, status(uri, "/private/secret.txt"));
        String credentials =
                Base64.getEncoder().encodeToString("anna:wrong".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertEquals(401, status(uri, "/private/secret.txt", "Authorization", "Basic " + credentials));
        for (String coding : List.of("br", "zstd", "gzip")) {
            HttpResponse<byte[]> response = get(uri, "/text.txt", "Accept-Encoding", coding);
            assertEquals(
                    coding, response.headers().firstValue("Content-Encoding").orElse("none"));
        }
    }

    private void askAdmin(AdminClient admin) {
        for (String path : List.of(
                "/",
                "/api/stats",
                "/api/requests",
                "/api/cache",
                "/api/config",
                "/metrics",
                "/healthz",
                "/readyz",
                "/api/explain?path=/small.txt")) {
            assertEquals(200, admin.status(path), path);
        }
        assertTrue(admin.post("/api/config/reload").has("generation"));
    }

    private int status(URI uri, String path, String... fields) throws IOException, InterruptedException {
        return get(uri, path, fields).statusCode();
    }

    private HttpResponse<byte[]> get(URI uri, String path, String... fields) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri.resolve(path));
        if (fields.length > 0) {
            request.headers(fields);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
