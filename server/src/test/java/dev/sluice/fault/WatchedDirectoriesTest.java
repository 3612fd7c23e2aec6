package dev.sluice.fault;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many directories are watched: those of hot files, and no more than may be. */
final class WatchedDirectoriesTest {
    private static final int MANY = 10_000;

    @TempDir
    Path root;

    @Test
    void get_tenThousandDirectories_eachIsWatchedWhenItsFileIsHot() throws Exception {
        for (int i = 0; i < MANY; i++) {
            write(path(i), "1");
        }
        EngineServer.Freshness hourly = new EngineServer.Freshness(Duration.ofHours(1), 16_384);
        try (EngineServer server = start(hourly);
                RawConnection connection = server.connect()) {
            assertEquals(0, server.watchedDirectories(), "before the first request");
            assertEquals("1", get(connection, 0));
            int above = server.watchedDirectories();
            assertTrue(above < 20, () -> above + " directories for one file");

            long began = System.nanoTime();
            for (int i = 0; i < MANY; i++) {
                assertEquals("1", get(connection, i));
            }
            System.out.printf("%d directories watched after %.1f s%n", MANY, (System.nanoTime() - began) / 1e9);
            // Each of the hundred folders, and each of the hundred in it.
            assertEquals(above + MANY - 1 + 99, server.watchedDirectories());
            for (int i = 0; i < MANY; i += 997) {
                replace(path(i), "2");
            }
            for (int i = 0; i < MANY; i += 997) {
                int changed = i;
                Await.until(() -> get(connection, changed).equals("2"));
                assertEquals("1", get(connection, changed + 1));
            }
        }
    }

    @Test
    void get_moreDirectoriesThanMayBeWatched_theRestIsRevalidatedAndOneLineSaysSo() throws Exception {
        write(path(0), "1");
        for (int i = 1; i < 200; i++) {
            write(path(i), "1");
        }
        int most = root.toRealPath().getNameCount() + 50;
        try (Lines lines = new Lines();
                EngineServer server = start(new EngineServer.Freshness(Duration.ofMillis(100), most));
                RawConnection connection = server.connect()) {
            for (int i = 0; i < 200; i++) {
                assertEquals("1", get(connection, i));
            }
            assertEquals(most, server.watchedDirectories());
            for (int i = 0; i < 200; i++) {
                replace(path(i), "2");
            }
            for (int i = 0; i < 200; i++) {
                int changed = i;
                Await.until(() -> get(connection, changed).equals("2"));
            }
            assertEquals(
                    1,
                    lines.taken().stream()
                            .filter(line -> line.contains("directories of hot files"))
                            .count());
        }
    }

    private EngineServer start(EngineServer.Freshness freshness) throws IOException {
        return EngineServer.start(root, EngineServer.Setup.standard().withFreshness(freshness));
    }

    private static String path(int i) {
        return "/" + i / 100 + "/" + i % 100 + "/f.txt";
    }

    private static String get(RawConnection connection, int i) throws IOException {
        return new String(connection.get(path(i)).body(), StandardCharsets.US_ASCII);
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
    }

    private void replace(String path, String text) throws IOException {
        write("/next", text);
        Files.move(root.resolve("next"), root.resolve(path.substring(1)), ATOMIC_MOVE, REPLACE_EXISTING);
    }

    /** What the server's log says while this is open. */
    private static final class Lines extends Handler implements AutoCloseable {
        private final Logger logger = Logger.getLogger("sluice");
        private final List<String> lines = new ArrayList<>();

        Lines() {
            logger.addHandler(this);
        }

        @Override
        public synchronized void publish(LogRecord record) {
            lines.add(record.getMessage());
        }

        synchronized List<String> taken() {
            return List.copyOf(lines);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
        }
    }
}
