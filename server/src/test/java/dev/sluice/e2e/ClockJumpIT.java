package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.InstalledTool;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The time of day is put forward and back by hours, days and years while requests run: of all that only Date tells. */
final class ClockJumpIT {
    private static final int CLIENTS = 4;
    private static final byte[] LARGE = TestSite.noise(3 << 20);
    private static final List<String> PATHS = List.of(TestSite.SMALL, "/large.bin", "/news.txt");

    /** Longer than a busy machine needs for an answer, and shorter than the smallest jump. */
    private static final Duration TOLERANCE = Duration.ofMinutes(10);

    @TempDir
    private Path directory;

    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    private final TestSite site =
            TestSite.standard().file("/large.bin", LARGE).file("/news.txt", "0".getBytes(StandardCharsets.US_ASCII));
    private volatile boolean stop;

    @AfterEach
    void end() {
        stop = true;
        clients.shutdownNow();
        site.close();
    }

    /** Steps the wall clock of a process that is told so, and leaves the monotonic one and the times of files alone. */
    private List<String> launcher() throws IOException {
        InstalledTool.required("faketime");
        Optional<Path> library;
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            library = folders.map(folder -> folder.resolve("faketime/libfaketimeMT.so.1"))
                    .filter(Files::exists)
                    .findFirst();
        }
        InstalledTool.requireThat(library.isPresent(), "libfaketimeMT.so.1 is missing");
        List<String> command = new ArrayList<>(List.of(
                "env",
                "LD_PRELOAD=" + library.orElseThrow(),
                "FAKETIME_TIMESTAMP_FILE=" + offset(),
                "FAKETIME_DONT_FAKE_MONOTONIC=1",
                "FAKETIME_NO_CACHE=1",
                "NO_FAKE_STAT=1"));
        command.addAll(Program.plainJar(Path.of(System.getProperty("sluice.jar"))));
        return command;
    }

    private Path offset() {
        return directory.resolve("offset");
    }

    private void put(Duration by) throws IOException {
        Path next = Files.writeString(directory.resolve("next"), "%+d".formatted(by.toSeconds()));
        Files.move(next, offset(), StandardCopyOption.ATOMIC_MOVE);
    }

    private int ask(URI uri, int first) throws IOException {
        int count = 0;
        try (RawClient connection = RawClient.to(uri)) {
            for (; !stop; count++) {
                String path = PATHS.get((first + count) % PATHS.size());
                RawResponse response = connection.request("GET", path).read();
                assertEquals(200, response.status(), path);
                if (path.equals("/large.bin")) {
                    assertArrayEquals(LARGE, response.body());
                }
            }
        }
        return count;
    }

    private static boolean tells(RawClient client, Duration by) {
        String date = client.request("GET", TestSite.SMALL).read().field("Date");
        Instant told =
                ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        return Duration.between(Instant.now().plus(by), told).abs().compareTo(TOLERANCE) < 0;
    }

    @Test
    void requests_whileTheClockJumps_areAllServedFreshAndDateFollows() throws Exception {
        put(Duration.ZERO);
        Path log = directory.resolve("access.log");
        String root = site.root().toString();
        try (Program program =
                Program.start(directory, launcher(), "--port=0", "--admin=off", "--access-log=" + log, root)) {
            URI uri = program.announced("sluice: serving " + root + " at ");
            List<Future<Integer>> running = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                int first = client;
                running.add(clients.submit(() -> ask(uri, first)));
            }
            int edition = 0;
            try (RawClient client = RawClient.to(uri)) {
                for (int hours : List.of(5, -5, 24 * 30, -24 * 2000, 0)) {
                    Duration by = Duration.ofHours(hours);
                    put(by);
                    Await.present(
                            by + " in Date",
                            () -> Optional.of(tells(client, by)).filter(told -> told));
                    String news = String.valueOf(++edition);
                    Path next = Files.writeString(directory.resolve("news"), news);
                    Files.move(next, site.at("/news.txt"), StandardCopyOption.ATOMIC_MOVE);
                    Await.present(
                            news + " after " + by,
                            () -> Optional.of(client.request("GET", "/news.txt").read())
                                    .map(response -> new String(response.body(), StandardCharsets.US_ASCII))
                                    .filter(news::equals));
                }
            }
            stop = true;
            for (Future<Integer> client : running) {
                assertTrue(client.get() > PATHS.size());
            }
            program.terminate();
            assertEquals(0, program.exitCode());
            assertEquals("", program.errors());
            for (String line : Files.readAllLines(log)) {
                assertTrue(line.contains("HTTP/1.1\" 200 "), line);
            }
        }
    }
}
