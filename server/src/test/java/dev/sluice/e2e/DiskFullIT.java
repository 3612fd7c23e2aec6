package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Tmpfs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No room on the disk, under load: each request is answered, one line says what is wrong, and it ends when there is room. */
final class DiskFullIT {
    private static final int MIB = 1 << 20;
    private static final int CLIENTS = 4;
    private static final int FILES = 64;

    /** So that a region holds but a few. */
    private static final int FILE = 100_000;

    @TempDir
    private Path directory;

    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    private final AtomicBoolean stop = new AtomicBoolean();
    private final List<Future<Integer>> answers = new ArrayList<>();
    private Path mounted;
    private TestSite site;

    @BeforeEach
    void prepare() throws IOException {
        mounted = Files.createDirectory(directory.resolve("mounted"));
        site = TestSite.empty();
        for (int number = 0; number < FILES; number++) {
            site.file("/" + number + ".bin", TestSite.noise(FILE + number));
        }
    }

    @AfterEach
    void clear() {
        stop.set(true);
        clients.shutdownNow();
        site.close();
    }

    private Program start(String... sets) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--port=0", "--admin=127.0.0.1:0"));
        for (String set : sets) {
            arguments.add("--set=" + set);
        }
        arguments.add(site.root().toString());
        return Program.start(directory, arguments.toArray(String[]::new));
    }

    /** Has clients ask for all files again and again, until they are stopped. */
    private void ask(URI uri) {
        for (int client = 0; client < CLIENTS; client++) {
            int first = client;
            answers.add(clients.submit(() -> {
                int count = 0;
                try (RawClient connection = RawClient.to(uri)) {
                    for (; !stop.get() || count <= FILES; count++) {
                        String path = "/" + (first + count) % FILES + ".bin";
                        RawResponse response = connection.request("GET", path).read();
                        assertEquals(200, response.status(), path);
                        assertArrayEquals(site.content(path), response.body(), path);
                    }
                }
                return count;
            }));
        }
    }

    private void assertAllAnswered() throws Exception {
        stop.set(true);
        for (Future<Integer> answered : answers) {
            assertTrue(answered.get() > FILES);
        }
    }

    private static void awaitLine(Program program, String text) {
        Await.present(text, () -> Optional.of(program.errors()).filter(errors -> errors.contains(text)));
    }

    @Test
    void accessLog_diskFull_servesAndWarnsOnceAndGoesOnWhenThereIsRoom() throws Exception {
        try (Tmpfs disk = Tmpfs.mount(mounted, 64 * MIB)) {
            Path log = disk.point().resolve("access.log");
            try (Program program = start("accessLog.file=" + log)) {
                ask(program.announced("sluice: serving " + site.root() + " at "));
                Await.present("a log", () -> Optional.of(log.toFile().length()).filter(length -> length > 0));
                Path ballast = disk.fill();
                awaitLine(program, "cannot write");
                Files.delete(ballast);
                awaitLine(program, "writing again");
                assertAllAnswered();
                program.terminate();
                assertEquals(0, program.exitCode());
                List<String> said = program.errors().lines().toList();
                assertEquals(2, said.size(), said.toString());
                assertTrue(said.get(0).contains(" WARN access log " + log + ": cannot write: "), said.toString());
                assertTrue(said.get(1).contains(" INFO access log " + log + ": writing again; "), said.toString());
                for (String line : Files.readAllLines(log)) {
                    assertTrue(line.startsWith("127.0.0.1 - - [") && line.endsWith(" \"-\" \"-\""), line);
                }
            }
        }
    }

    @Test
    void cacheDirectory_diskFull_servesAndWarnsOnceAndTakesMoreWhenThereIsRoom() throws Exception {
        try (Tmpfs disk = Tmpfs.mount(mounted, 16 * MIB)) {
            Path regions = Files.createDirectory(disk.point().resolve("regions"));
            Path ballast = Files.write(disk.point().resolve("ballast"), new byte[10 * MIB]);
            try (Program program =
                    start("cache.directory=" + regions, "cache.memory=8MiB", "cache.maxFileSize=128KiB")) {
                URI uri = program.announced("sluice: serving " + site.root() + " at ");
                ask(uri);
                awaitLine(program, "no more regions than ");
                Files.delete(ballast);
                awaitLine(program, "can be made again");
                assertAllAnswered();
                program.terminate();
                assertEquals(0, program.exitCode());
                List<String> said = program.errors().lines().toList();
                assertEquals(2, said.size(), said.toString());
                assertTrue(said.get(0).contains(" WARN no more regions than "), said.toString());
                assertTrue(said.get(0).contains(" for small files: No space left on device; "), said.toString());
            }
        }
    }

    @Test
    void cacheDirectory_noRoomFromTheStart_servesWithout() throws Exception {
        try (Tmpfs disk = Tmpfs.mount(mounted, MIB)) {
            Path regions = Files.createDirectory(disk.point().resolve("regions"));
            disk.fill();
            try (Program program = start("cache.directory=" + regions)) {
                ask(program.announced("sluice: serving " + site.root() + " at "));
                awaitLine(program, "no cache of small files");
                assertAllAnswered();
                program.terminate();
                assertEquals(0, program.exitCode());
                assertEquals(1, program.errors().lines().count(), program.errors());
            }
        }
    }
}
