package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.e2e.Program;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The program of {@code server/examples}, compiled and run on a class path. */
final class EmbeddedExample {
    static final Path SOURCE =
            Path.of("examples", "Embedded.java").toAbsolutePath().normalize();

    private EmbeddedExample() {}

    /** Compiles it, starts it, and asks it for everything that it says it serves. */
    static void run(List<Path> classPath, Path folder) throws Exception {
        Path site = Files.createDirectory(folder.resolve("site"));
        Files.writeString(site.resolve("index.html"), "<p>home");
        Path classes = Files.createDirectory(folder.resolve("classes"));
        LibraryClassPath.compile(SOURCE, classPath, classes);
        List<Path> all = new ArrayList<>(classPath);
        all.add(classes);
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                LibraryClassPath.text(all),
                "Embedded");
        try (Program program = Program.start(folder, java, site.toString(), "0")) {
            URI address = program.announced("serving at ");
            assertEquals("<p>home", get(address.resolve("/")));
            assertEquals("<p>home", get(address.resolve("/orders/7")));
            Instant.parse(get(address.resolve("/api/time")));
            program.terminate();
            program.exitCode();
            String errors = program.errors();
            assertFalse(errors.contains("Exception") || errors.contains("Error"), errors);
            assertFalse(errors.contains("left out"), errors);
        }
    }

    private static String get(URI uri) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Accept", "text/html")
                .header("Accept-Encoding", "br, zstd")
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, response.statusCode());
        assertTrue(response.headers().firstValue("Content-Encoding").isEmpty());
        return response.body();
    }
}
