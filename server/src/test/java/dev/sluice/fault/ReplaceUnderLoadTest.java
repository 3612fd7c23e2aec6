package dev.sluice.fault;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The promise "no silently corrupt download" under load: files of all sizes are replaced again and again, by rename and in
 * place, while clients read them. A client may get a broken connection or a 503, but never a wrong body.
 *
 * <p>The number of requests is the system property {@code sluice.fault.requests}.
 */
final class ReplaceUnderLoadTest {
    private static final int REQUESTS = Integer.getInteger("sluice.fault.requests", 10_000);
    private static final int CONNECTIONS = 64;
    private static final int WRITERS = 2;

    /** Lines of 64 bytes: sixteen files of 1 to 200 KiB that go into regions, four of 1 to 4 MiB by sendfile. */
    private static final int[] LINES = {
        16, 16, 32, 48, 64, 128, 256, 512, 512, 1_024, 1_024, 2_048, 2_048, 3_000, 3_200, 3_200, 16_384, 20_000, 40_000,
        65_536
    };

    /** Less than the server lets a file settle (250 ms), by a clock tick and more. */
    private static final Duration SLOW = Duration.ofMillis(200);

    /** As long as the server may serve what it holds, and a client be about it. */
    private static final Duration STILL_SERVED = Duration.ofSeconds(2);

    /** The version that an empty body is of. */
    private static final long NONE = -1;

    @TempDir
    Path root;

    private final ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS);
    private final ScheduledExecutorService writers = Executors.newScheduledThreadPool(WRITERS);
    private final AtomicInteger left = new AtomicInteger(REQUESTS);
    private final AtomicLong versions = new AtomicLong();
    private final Map<String, VersionedBody.Identity> byTag = new ConcurrentHashMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final LongAdder answered = new LongAdder();
    private final LongAdder unavailable = new LongAdder();
    private final Queue<SlowWrite> slowWrites = new ConcurrentLinkedQueue<>();
    private final Queue<Incomplete> incomplete = new ConcurrentLinkedQueue<>();
    private final LongAdder broken = new LongAdder();
    private final LongAdder replaced = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    /** A body that is less than the version it begins with, or nothing at all, and when it had been received. */
    private record Incomplete(int file, long version, int bytes, long at) {}

    /** A version that was long in the writing, from its truncation to its last byte. */
    private record SlowWrite(int file, long version, long began, long ended) {
        /** Whether a reader may have seen it half-written then: held by the server for a second, and sent. */
        boolean explains(Incomplete body) {
            return body.file == file
                    && (body.version == version || body.version == NONE)
                    && body.at - began >= 0
                    && body.at - ended <= STILL_SERVED.toNanos();
        }
    }

    @AfterEach
    void stop() {
        clients.shutdownNow();
        writers.shutdownNow();
    }

    @Test
    void get_filesReplacedAllTheTime_everyBodyIsOneVersion() throws Exception {
        for (int file = 0; file < LINES.length; file++) {
            Files.write(path(file), VersionedBody.of(file, 0, LINES[file]));
        }
        try (EngineServer server = EngineServer.start(root)) {
            long began = System.nanoTime();
            for (int file = 0; file < LINES.length; file++) {
                scheduleReplacement(file);
            }
            runClients(server);
            judgeIncomplete();
            report(System.nanoTime() - began);

            assertTrue(wrong.isEmpty(), () -> wrong.size() + " wrong, such as " + wrong.peek());
            assertEquals(REQUESTS, answered.sum() + unavailable.sum() + broken.sum());
            assertTrue(answered.sum() > REQUESTS / 2, () -> "only " + answered + " of " + REQUESTS + " were answered");
            assertTrue(replaced.sum() > LINES.length, () -> "only " + replaced + " replacements");
            server.awaitIdle();
            server.forgetOpenFiles();
            Await.equal(0L, () -> EngineServer.descriptors(root));
        }
    }

    private void runClients(EngineServer server) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            SplittableRandom random = new SplittableRandom(i);
            running.add(clients.submit(() -> client(server, random)));
        }
        for (Future<?> client : running) {
            client.get();
        }
        writers.shutdownNow();
        assertTrue(writers.awaitTermination(10, TimeUnit.SECONDS));
    }

    /** One keep-alive connection after another, each until it breaks. */
    private Void client(EngineServer server, SplittableRandom random) throws IOException {
        while (left.get() > 0) {
            try (RawConnection connection = server.connect()) {
                while (left.getAndDecrement() > 0) {
                    int file = random.nextInt(LINES.length);
                    check(file, connection.get("/" + file + ".bin"));
                }
            } catch (IOException cut) {
                broken.increment();
            }
        }
        return null;
    }

    private void check(int file, RawConnection.Response response) {
        if (response.status() == 503) {
            unavailable.increment();
            return;
        }
        answered.increment();
        bytes.add(response.body().length);
        try {
            assertEquals(200, response.status());
            checkBody(file, response);
        } catch (AssertionError error) {
            wrong.add("/" + file + ".bin: " + error.getMessage());
        }
    }

    private void checkBody(int file, RawConnection.Response response) {
        int length = response.body().length;
        if (length == 0) {
            incomplete.add(new Incomplete(file, NONE, 0, System.nanoTime()));
            return;
        }
        VersionedBody.Identity identity = VersionedBody.check(response.body());
        assertEquals(file, identity.file());
        if (length != identity.bytes()) {
            incomplete.add(new Incomplete(file, identity.version(), length, System.nanoTime()));
            return;
        }
        String tag = response.head().field("etag");
        VersionedBody.Identity known = byTag.putIfAbsent(tag, identity);
        assertTrue(known == null || known.equals(identity), () -> tag + " of " + known + " and " + identity);
    }

    /**
     * A writer that truncates, and is then kept waiting for longer than the server lets a file settle, leaves part of a
     * file for all to see; no server can know better. Such a part passes, if it was such a writer's.
     */
    private void judgeIncomplete() {
        for (Incomplete body : incomplete) {
            if (slowWrites.stream().noneMatch(write -> write.explains(body))) {
                wrong.add(body + ", but no writer was slow");
            }
        }
    }

    private void scheduleReplacement(int file) {
        long pause = ThreadLocalRandom.current().nextLong(100, 300);
        Future<?> unused = writers.schedule(() -> replaceAndGoOn(file), pause, TimeUnit.MILLISECONDS);
    }

    private void replaceAndGoOn(int file) {
        try {
            replace(file);
            scheduleReplacement(file);
        } catch (IOException | RejectedExecutionException e) {
            if (!writers.isShutdown()) {
                wrong.add("cannot replace /" + file + ".bin: " + e);
            }
        }
    }

    private void replace(int file) throws IOException {
        // Half of the versions keep the length: then only the time stamp tells them from the last.
        int lines = LINES[file];
        if (ThreadLocalRandom.current().nextBoolean()) {
            lines -= ThreadLocalRandom.current().nextInt(lines / 4);
        }
        long version = versions.incrementAndGet();
        byte[] body = VersionedBody.of(file, version, lines);
        if (ThreadLocalRandom.current().nextBoolean()) {
            Path fresh = Files.write(root.resolve(file + ".tmp"), body);
            Files.move(fresh, path(file), ATOMIC_MOVE, REPLACE_EXISTING);
        } else {
            writeInPlace(file, version, body);
        }
        replaced.increment();
    }

    private void writeInPlace(int file, long version, byte[] body) throws IOException {
        ByteBuffer memory = ByteBuffer.allocateDirect(body.length).put(body).flip();
        long began = System.nanoTime();
        try (FileChannel channel = FileChannel.open(path(file), WRITE, TRUNCATE_EXISTING)) {
            channel.write(memory);
        }
        long ended = System.nanoTime();
        if (ended - began > SLOW.toNanos()) {
            slowWrites.add(new SlowWrite(file, version, began, ended));
        }
    }

    private Path path(int file) {
        return root.resolve(file + ".bin");
    }

    private void report(long nanos) {
        System.out.printf(
                "%d requests on %d connections in %.1f s: %d answered (%d MB), %d unavailable, %d broken, %d half-written by slow writers, %d wrong;"
                        + " %d replacements, %d tags%n",
                REQUESTS,
                CONNECTIONS,
                nanos / 1e9,
                answered.sum(),
                bytes.sum() / 1_000_000,
                unavailable.sum(),
                broken.sum(),
                incomplete.size(),
                wrong.size(),
                replaced.sum(),
                byTag.size());
    }
}
