package dev.sluice.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is killed at any moment while it admits, compresses, evicts and copies forward: the next one finds what is
 * whole and answers with the bytes of the files.
 */
final class KilledServerIT {
    private static final int FILES = 300;
    private static final int KILLS = 6;
    private static final Pattern ADDRESS = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+)/");

    @TempDir
    Path directory;

    private final SplittableRandom random = new SplittableRandom();
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicBoolean loading = new AtomicBoolean();
    private Path site;
    private Path cache;

    @BeforeEach
    void plant() throws IOException {
        site = Files.createDirectory(directory.resolve("site"));
        cache = Files.createDirectory(directory.resolve("cache"));
        for (int file = 0; file < FILES; file++) {
            replace(file);
        }
    }

    @Test
    @Timeout(300)
    void get_afterKillsUnderLoad_isByteForByteTheFile() throws Exception {
        long claimed = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            try (Server server = start()) {
                Await.until(() -> server.warmStart().getBoolean("complete"));
                for (int file = 0; file < FILES; file++) {
                    assertServed(server, file, "identity");
                    assertServed(server, file, "gzip");
                }
                assertEquals(0, server.warmStart().getInt("damaged"));
                claimed += server.warmStart().getInt("claimed");
                killUnderLoad(server);
            }
        }
        assertTrue(claimed > 0, "nothing ever survived");
    }

    /** Small regions, so that they are evicted all the time; the files are twice what they hold. */
    private Server start() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        System.getProperty("sluice.jar"),
                        "--port=0",
                        "--admin=127.0.0.1:0",
                        "--set=cache.directory=" + cache,
                        "--set=cache.memory=6MiB",
                        site.toString())
                .redirectErrorStream(true)
                .start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return new Server(process, address(lines), address(lines));
    }

    private static URI address(BufferedReader lines) throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                return URI.create(address.group(1));
            }
        }
        throw new AssertionError("the server ended before it said where it listens: " + said);
    }

    private void killUnderLoad(Server server) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        loading.set(true);
        try {
            List<Future<?>> running = new ArrayList<>();
            running.add(threads.submit(() -> load(server)));
            running.add(threads.submit(() -> load(server)));
            running.add(threads.submit(this::replaceSome));
            // Not to wait for anything: the moment is to be any.
            TimeUnit.MILLISECONDS.sleep(random.nextInt(100, 1_500));
            server.process().destroyForcibly();
            assertTrue(server.process().waitFor(10, TimeUnit.SECONDS));
            loading.set(false);
            for (Future<?> thread : running) {
                thread.get(10, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private Void load(Server server) throws InterruptedException {
        SplittableRandom own = new SplittableRandom();
        while (loading.get()) {
            try {
                // Some are asked for more often, so that they are copied forward.
                int file = own.nextBoolean() ? own.nextInt(FILES) : own.nextInt(FILES / 10);
                get(server, file, own.nextBoolean() ? "identity" : "gzip, br");
            } catch (IOException killed) {
                return null;
            }
        }
        return null;
    }

    private Void replaceSome() throws IOException {
        SplittableRandom own = new SplittableRandom();
        while (loading.get()) {
            replace(own.nextInt(FILES));
        }
        return null;
    }

    /** Puts a new version there, at once and with a stamp that lets it be taken at once. */
    private void replace(int file) throws IOException {
        SplittableRandom own = new SplittableRandom();
        StringBuilder text = new StringBuilder();
        int words = own.nextInt(2_000, 12_000);
        for (int word = 0; word < words; word++) {
            text.append(own.nextInt(100)).append(' ');
        }
        Path next = Files.writeString(directory.resolve("next"), text);
        Files.setLastModifiedTime(next, FileTime.from(Instant.now().minusSeconds(own.nextInt(10, 100_000))));
        Files.move(next, path(file), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path path(int file) {
        return site.resolve(file + ".txt");
    }

    private void assertServed(Server server, int file, String coding) throws Exception {
        HttpResponse<byte[]> response = get(server, file, coding);
        assertEquals(200, response.statusCode());
        byte[] body = response.headers().firstValue("Content-Encoding").isPresent()
                ? new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes()
                : response.body();
        assertArrayEquals(Files.readAllBytes(path(file)), body, "file " + file + " as " + coding);
    }

    private HttpResponse<byte[]> get(Server server, int file, String coding) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.address().resolve("/" + file + ".txt"))
                .header("Accept-Encoding", coding)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private record Server(Process process, URI address, URI admin) implements AutoCloseable {
        JsonPath warmStart() {
            JsonPath cache = RestAssured.given()
                    .baseUri(admin.toString())
                    .get("/api/cache?limit=1")
                    .jsonPath();
            cache.setRootPath("warmStart");
            return cache;
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
