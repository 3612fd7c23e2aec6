package dev.sluice.fault;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Tmpfs;
import dev.sluice.io.LogLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The root goes away under load, by a rename, file by file or with its file system, and another one comes in its place, again
 * and again.
 */
final class RootRemovedTest {
    private static final int CLIENTS = 8;
    private static final int ROUNDS = 6;

    /** Hot ones, and one too large to be held. */
    private static final List<String> FILES = List.of("/a.txt", "/b/c.txt", "/b/d/e.txt", "/large.bin");

    private static final String ABSENT = "/none.txt";
    private static final int LARGE = 300_000;
    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    private final AtomicInteger[] answers = new AtomicInteger[600];
    private final List<Future<Void>> running = new ArrayList<>();
    private volatile int edition;
    private volatile boolean stop;

    @BeforeEach
    void begin() {
        for (int status = 0; status < answers.length; status++) {
            answers[status] = new AtomicInteger();
        }
    }

    @AfterEach
    void end() {
        stop = true;
        clients.shutdownNow();
    }

    @FunctionalInterface
    private interface Removal {
        void remove(EngineServer server, int round) throws Exception;
    }

    private static int status(EngineServer server, String path) throws IOException {
        try (RawConnection connection = server.connect()) {
            return connection.get(path).status();
        }
    }

    /** Puts a whole tree in the place of the root that is not there, at once. */
    private void arrive(Path root, int number) throws IOException {
        Path next = root.resolveSibling("next");
        for (String file : FILES) {
            Path path = Path.of(next + file);
            Files.createDirectories(path.getParent());
            int size = file.contains("large") ? LARGE : 100;
            Files.write(path, ("%-" + size + "d").formatted(number).getBytes(StandardCharsets.US_ASCII));
            Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(60)));
        }
        edition = number;
        Files.move(next, root, ATOMIC_MOVE);
    }

    private static void remove(Path tree) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private Void client(EngineServer server, SplittableRandom random) throws IOException {
        int newest = 1;
        while (!stop) {
            try (RawConnection connection = server.connect()) {
                int chosen = random.nextInt(FILES.size() + 1);
                String path = chosen == FILES.size() ? ABSENT : FILES.get(chosen);
                RawConnection.Response response = connection.get(path);
                if (response.status() == 503) {
                    assertEquals("1", response.head().field("retry-after"), path);
                } else if (response.status() == 200) {
                    int number = Integer.parseInt(new String(response.body(), StandardCharsets.US_ASCII).strip());
                    assertTrue(number >= newest && number <= edition, () -> path + ": edition " + number);
                    newest = number;
                }
                answers[response.status()].incrementAndGet();
            }
        }
        return null;
    }

    /** Waits for so many answers more with that status. */
    private void awaitAnswers(int status) throws Exception {
        int before = answers[status].get();
        Await.until(() -> {
            for (Future<Void> client : running) {
                if (client.isDone()) {
                    client.get();
                }
            }
            return answers[status].get() > before + 10 * CLIENTS;
        });
    }

    private Removal byRenameOrFileByFile(Path root) {
        return (server, round) -> {
            if (round % 2 == 0) {
                remove(root);
            } else {
                Files.move(root, root.resolveSibling("gone-" + round), ATOMIC_MOVE);
            }
        };
    }

    @Test
    void get_rootRemovedAndReplacedAllTheTime_is503MeanwhileAndThenTheNewOne() throws Exception {
        Path root = folder.resolve("root");
        run(root, new EngineServer.Freshness(Duration.ofHours(1), 100), byRenameOrFileByFile(root));
    }

    @Test
    void get_rootRemovedAndNotWatched_is503MeanwhileAndThenTheNewOne() throws Exception {
        Path root = folder.resolve("root");
        run(root, new EngineServer.Freshness(Duration.ofMillis(100), 0), byRenameOrFileByFile(root));
    }

    /** While the server holds directories of it open, as it does, a file system can be unmounted lazily only. */
    @Test
    void get_fileSystemUnmounted_is503UntilAnotherIsMounted() throws Exception {
        Path point = Files.createDirectory(folder.resolve("point"));
        try (Tmpfs first = Tmpfs.mount(point, 8 * MIB)) {
            AtomicReference<Tmpfs> mounted = new AtomicReference<>(first);
            try {
                run(point.resolve("root"), new EngineServer.Freshness(Duration.ofHours(1), 100), new Removal() {
                    @Override
                    public void remove(EngineServer server, int round) throws Exception {
                        mounted.get().close();
                        for (String file : FILES) {
                            Await.equal(503, () -> status(server, file));
                        }
                        mounted.set(Tmpfs.mount(point, 8 * MIB));
                    }
                });
            } finally {
                mounted.get().close();
            }
        }
    }

    private void run(Path root, EngineServer.Freshness freshness, Removal removal) throws Exception {
        arrive(root, 1);
        try (LogLines log = new LogLines();
                EngineServer server =
                        EngineServer.start(root, EngineServer.Setup.standard().withFreshness(freshness))) {
            for (int i = 0; i < CLIENTS; i++) {
                SplittableRandom random = new SplittableRandom(i);
                running.add(clients.submit(() -> client(server, random)));
            }
            for (int round = 1; round <= ROUNDS; round++) {
                awaitAnswers(200);
                removal.remove(server, round);
                awaitAnswers(503);
                for (String file : FILES) {
                    Await.equal(503, () -> status(server, file));
                }
                arrive(root, round + 1);
            }
            awaitAnswers(200);
            stop = true;
            for (Future<Void> client : running) {
                client.get();
            }
            server.awaitIdle();
            for (int status = 0; status < answers.length; status++) {
                int count = answers[status].get();
                assertTrue(count == 0 || status == 200 || status == 404 || status == 503, status + ": " + count);
            }
            try (RawConnection connection = server.connect()) {
                for (String path : FILES) {
                    byte[] body = connection.get(path).body();
                    assertEquals(ROUNDS + 1, Integer.parseInt(new String(body, StandardCharsets.US_ASCII).strip()));
                }
            }
            assertToldOncePerRound(log.lines());
            server.forgetOpenFiles();
            Await.equal(0L, () -> EngineServer.descriptors(folder));
        }
    }

    /** A walk that began in the root that was may see it once more when it has been missed already. */
    private static void assertToldOncePerRound(List<String> lines) {
        for (String said : List.of("cannot be opened", "is there again")) {
            long told = lines.stream().filter(line -> line.contains(said)).count();
            assertTrue(told >= ROUNDS && told <= 2 * ROUNDS, lines.toString());
        }
    }
}
