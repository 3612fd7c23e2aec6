package dev.sluice.fault;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
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
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The root goes away under load, by a rename or file by file, and another one comes in its place, again and again. */
final class RootRemovedTest {
    private static final int CLIENTS = 8;
    private static final int ROUNDS = 6;

    /** Hot ones, and one too large to be held. */
    private static final List<String> FILES = List.of("/a.txt", "/b/c.txt", "/b/d/e.txt", "/large.bin");

    private static final int LARGE = 300_000;

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

    private Path root() {
        return folder.resolve("root");
    }

    /** Puts a whole tree in the place of the root that is not there, at once. */
    private void arrive(int number) throws IOException {
        Path next = folder.resolve("next");
        for (String file : FILES) {
            Path path = Path.of(next + file);
            Files.createDirectories(path.getParent());
            int size = file.contains("large") ? LARGE : 100;
            Files.write(path, ("%-" + size + "d").formatted(number).getBytes(StandardCharsets.US_ASCII));
            Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(60)));
        }
        edition = number;
        Files.move(next, root(), ATOMIC_MOVE);
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
                String path = FILES.get(random.nextInt(FILES.size()));
                RawConnection.Response response = connection.get(path);
                if (response.status() == 200) {
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

    @Test
    void get_rootRemovedAndReplacedAllTheTime_is503MeanwhileAndThenTheNewOne() throws Exception {
        run(new EngineServer.Freshness(Duration.ofHours(1), 100));
    }

    @Test
    void get_rootRemovedAndNotWatched_is503MeanwhileAndThenTheNewOne() throws Exception {
        run(new EngineServer.Freshness(Duration.ofMillis(100), 0));
    }

    private void run(EngineServer.Freshness freshness) throws Exception {
        arrive(1);
        try (EngineServer server =
                EngineServer.start(root(), EngineServer.Setup.standard().withFreshness(freshness))) {
            for (int i = 0; i < CLIENTS; i++) {
                SplittableRandom random = new SplittableRandom(i);
                running.add(clients.submit(() -> client(server, random)));
            }
            for (int round = 1; round <= ROUNDS; round++) {
                awaitAnswers(200);
                if (round % 2 == 0) {
                    remove(root());
                } else {
                    Path gone = folder.resolve("gone-" + round);
                    Files.move(root(), gone, ATOMIC_MOVE);
                }
                awaitAnswers(503);
                arrive(round + 1);
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
            server.forgetOpenFiles();
            Await.equal(0L, () -> EngineServer.descriptors(folder));
        }
    }
}
