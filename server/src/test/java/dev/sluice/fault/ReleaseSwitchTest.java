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
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A root that is a link is switched from release to release under load. All at once: a request that is sent after anybody
 * has had an answer from a release gets none from an older one, be the file hot, large, or not there in each release.
 */
final class ReleaseSwitchTest {
    private static final int CLIENTS = 8;
    private static final int RELEASES = 12;
    private static final int ANSWERS_BEHIND = 100;

    /** Hot ones in several directories, and two too large to be held. */
    private static final List<String> FILES = List.of(
            "/a.txt",
            "/b.txt",
            "/c/d.txt",
            "/c/e.txt",
            "/c/f/g.txt",
            "/h/i.txt",
            "/h/j.txt",
            "/large.bin",
            "/c/large.bin");

    /** Not there in every second release. */
    private static final String SOMETIMES = "/h/sometimes.txt";

    private static final int LARGE = 300_000;

    @TempDir
    Path folder;

    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private volatile boolean stop;

    /** From which release an answer came, between which moments. */
    private record Answer(String path, int release, long askedAt, long gotAt) {}

    @BeforeEach
    void makeReleases() throws IOException {
        for (int release = 1; release <= RELEASES; release++) {
            for (String file : FILES) {
                write(release, file, file.contains("large") ? LARGE : 100);
            }
            if (release % 2 == 0) {
                write(release, SOMETIMES, 100);
            }
        }
        Files.createSymbolicLink(root(), folder.resolve("release-1"));
    }

    @AfterEach
    void end() {
        stop = true;
        clients.shutdownNow();
    }

    private Path root() {
        return folder.resolve("current");
    }

    /** A number, and blanks up to the size. */
    private void write(int release, String file, int size) throws IOException {
        Path path = folder.resolve("release-" + release + file);
        Files.createDirectories(path.getParent());
        byte[] body = ("%-" + size + "d").formatted(release).getBytes(StandardCharsets.US_ASCII);
        Files.write(path, body);
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(60)));
    }

    @Test
    void get_rootSwitchedUnderLoad_noAnswerIsOlderThanOneBefore() throws Exception {
        // What is not noticed would stay for an hour.
        switchReleases(new EngineServer.Freshness(Duration.ofHours(1), 100), false);
    }

    /** Files that have yet to settle are waited for: what the old release had in their place is not served meanwhile. */
    @Test
    void get_rootSwitchedToFilesJustWritten_noAnswerIsOlderThanOneBefore() throws Exception {
        switchReleases(new EngineServer.Freshness(Duration.ofHours(1), 100), true);
    }

    @Test
    void get_rootSwitchedUnderLoadAndNotWatched_noAnswerIsOlderThanOneBefore() throws Exception {
        switchReleases(new EngineServer.Freshness(Duration.ofMillis(100), 0), false);
    }

    private void switchReleases(EngineServer.Freshness freshness, boolean justWritten) throws Exception {
        try (EngineServer server =
                EngineServer.start(root(), EngineServer.Setup.standard().withFreshness(freshness))) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                SplittableRandom random = new SplittableRandom(i);
                running.add(clients.submit(() -> client(server, random, justWritten)));
            }
            awaitAnswerFrom(1);
            for (int release = 2; release <= RELEASES; release++) {
                if (justWritten) {
                    touch(release);
                }
                switchTo(release);
                awaitAnswerFrom(release);
            }
            stop = true;
            for (Future<?> client : running) {
                client.get();
            }
            server.awaitIdle();
        }
        assertNoneIsOlderThanOneBefore();
    }

    /** Waits for the first answer, and for many behind it, among which none may be older. */
    private void awaitAnswerFrom(int release) throws Exception {
        Await.until(() -> answers.stream().anyMatch(answer -> answer.release == release));
        int enough = answers.size() + ANSWERS_BEHIND;
        Await.until(() -> answers.size() > enough);
    }

    private void touch(int release) throws IOException {
        // Every second one, so that some answers come at once.
        for (int i = 0; i < FILES.size(); i += 2) {
            Files.setLastModifiedTime(
                    folder.resolve("release-" + release + FILES.get(i)), FileTime.from(Instant.now()));
        }
    }

    private void switchTo(int release) throws IOException {
        Path next = Files.createSymbolicLink(folder.resolve("next"), folder.resolve("release-" + release));
        Files.move(next, root(), ATOMIC_MOVE, REPLACE_EXISTING);
    }

    /** A file that has had no time to settle for a second, since each release comes just written, gets 503 for the time being. */
    private Void client(EngineServer server, SplittableRandom random, boolean justWritten) throws IOException {
        try (RawConnection connection = server.connect()) {
            while (!stop) {
                int file = random.nextInt(FILES.size() + 1);
                String path = file == FILES.size() ? SOMETIMES : FILES.get(file);
                long askedAt = System.nanoTime();
                RawConnection.Response response = connection.get(path);
                boolean unsettled = justWritten && response.status() == 503;
                if (unsettled || (path.equals(SOMETIMES) && response.status() == 404)) {
                    continue;
                }
                assertEquals(200, response.status(), path);
                String body = new String(response.body(), StandardCharsets.US_ASCII).strip();
                answers.add(new Answer(path, Integer.parseInt(body), askedAt, System.nanoTime()));
            }
        }
        return null;
    }

    private void assertNoneIsOlderThanOneBefore() {
        long[] firstSeen = new long[RELEASES + 1];
        for (int release = 1; release <= RELEASES; release++) {
            int wanted = release;
            firstSeen[release] = answers.stream()
                    .filter(answer -> answer.release == wanted)
                    .mapToLong(Answer::gotAt)
                    .min()
                    .orElseThrow();
        }
        List<Answer> old = answers.stream()
                .filter(answer -> answer.release < RELEASES && answer.askedAt - firstSeen[answer.release + 1] > 0)
                .toList();
        assertTrue(old.isEmpty(), () -> old.size() + " of " + answers.size() + " too old, such as " + old.get(0));
    }
}
