package dev.sluice.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.FailingDisk;
import dev.sluice.FailingDisk.Operation;
import dev.sluice.h2.Http2Client;
import dev.sluice.io.LogLines;
import dev.sluice.ledger.IoPath;
import dev.sluice.ledger.Served;
import dev.sluice.serve.Transport;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that fails while files are looked for, opened and read: an answer that says so, or a body that is cut. */
@Timeout(120)
final class FailingDiskTest {
    private static final int LARGE = 24 << 20;
    private static final int MIDDLE = 9 << 20;
    private static final int CLIENTS = 8;
    private static final int ROUNDS = 5;

    @TempDir
    Path temporary;

    private final byte[] small = VersionedBody.of(1, 1, 100);
    private final byte[] large = VersionedBody.of(2, 1, LARGE / VersionedBody.LINE);
    private FailingDisk disk;
    private EngineServer server;

    @BeforeEach
    void mount() throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("folder"));
        write(folder.resolve("small"), small);
        write(folder.resolve("other"), small);
        write(folder.resolve("large"), large);
        disk = FailingDisk.mount(folder, Files.createDirectory(temporary.resolve("point")), false);
    }

    private static void write(Path file, byte[] content) throws IOException {
        Files.write(file, content);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    }

    @AfterEach
    void unmount() throws IOException {
        if (server != null) {
            server.close();
        }
        if (disk != null) {
            disk.close();
        }
    }

    private void start(EngineServer.Setup setup) throws IOException {
        server = EngineServer.start(disk.point(), setup);
    }

    @ParameterizedTest
    @EnumSource
    void get_smallFileFails_is500OnAConnectionThatStaysAnd200WhenMended(Operation operation) throws Exception {
        start(EngineServer.Setup.standard());
        disk.fail(operation, "/small");
        try (RawConnection client = server.connect()) {
            assertEquals(500, client.get("/small").status());
            assertArrayEquals(small, client.get("/other").body());
            assertEquals("io-error", planned("/small"));

            disk.mend();
            assertArrayEquals(small, client.get("/small").body());
        }
        server.awaitIdle();
    }

    private String planned(String path) throws Exception {
        Served record = server.record(path);
        assertEquals(500, record.status());
        return record.reason();
    }

    @ParameterizedTest
    @EnumSource(names = {"LOOKUP", "OPEN"})
    void get_largeFileCannotBeOpened_is500OnAConnectionThatStays(Operation operation) throws Exception {
        start(EngineServer.Setup.standard());
        disk.fail(operation, "/large");
        try (RawConnection client = server.connect()) {
            assertEquals(500, client.get("/large").status());
            assertArrayEquals(small, client.get("/other").body());

            disk.mend();
            assertArrayEquals(large, client.get("/large").body());
        }
    }

    @Test
    void get_rootFails_is503UntilItIsMended() throws Exception {
        start(EngineServer.Setup.standard());
        disk.fail(Operation.LOOKUP, "/");
        try (RawConnection client = server.connect()) {
            assertEquals(503, client.get("/small").status());
            assertEquals("root-absent", server.record("/small").reason());

            disk.mend();
            assertArrayEquals(small, client.get("/small").body());
        }
    }

    /** By sendfile, past the page cache, and through a buffer; the last byte of the file, which seals the body, as well. */
    @ParameterizedTest
    @CsvSource({"SENDFILE, 0", "SENDFILE, 9437184", "SENDFILE, -1", "DIRECT, 0", "DIRECT, 9437184", "DIRECT, -1"})
    void get_largeFileFailsWhileItIsRead_isCut(IoPath path, int at) throws Exception {
        int offset = at < 0 ? large.length - 1 : at;
        EngineServer.Setup setup = EngineServer.Setup.standard();
        start(path == IoPath.DIRECT ? setup.withDirectFrom(1 << 20) : setup);
        disk.fail(Operation.READ, "/large", offset);
        try (RawConnection client = server.connect()) {
            client.send("GET", "/large");
            assertCut(client, offset);
        }
        Served record = server.record("/large");
        assertEquals("io-error", record.reason());
        assertFalse(record.complete());
        disk.mend();
        try (RawConnection client = server.connect()) {
            assertArrayEquals(large, client.get("/large").body());
        }
        Await.equal(path, () -> server.records("/large").get(0).observed());
        server.awaitIdle();
    }

    private void assertCut(RawConnection client, int offset) throws IOException {
        assertEquals(large.length, client.readHead().length());
        byte[] body = client.readToTheEnd();
        assertTrue(body.length <= offset, () -> body.length + " bytes of " + offset);
        assertEquals(-1, Arrays.mismatch(body, 0, body.length, large, 0, body.length));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, MIDDLE, LARGE - 1})
    void get_largeFileFailsWhileItIsCopied_resetsTheStreamAlone(int offset) throws Exception {
        server = EngineServer.start(disk.point(), EngineServer.Setup.standard(), new Transport.Clear(true));
        disk.fail(Operation.READ, "/large", offset);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                Http2Client client = new Http2Client(socket, 1 << 20)) {
            Http2Client.Stream cut = client.awaitEnd(client.request("GET", "/large"));
            assertTrue(cut.reset());
            assertTrue(cut.body().length <= offset);
            assertEquals(-1, Arrays.mismatch(cut.body(), 0, cut.body().length, large, 0, cut.body().length));
            assertEquals("io-error", server.record("/large").reason());

            disk.mend();
            assertArrayEquals(
                    large, client.awaitEnd(client.request("GET", "/large")).body());
        }
        Await.equal(true, () -> server.records("/large").get(0).complete());
        assertEquals(IoPath.COPY, server.records("/large").get(0).observed());
    }

    @Test
    void get_rangeBehindTheFault_isCutAndOneBeforeItIsWhole() throws Exception {
        start(EngineServer.Setup.standard());
        disk.fail(Operation.READ, "/large", MIDDLE);
        try (RawConnection client = server.connect()) {
            RawConnection.Response before = client.get("/large", "Range: bytes=0-99999");
            assertArrayEquals(Arrays.copyOf(large, 100_000), before.body());
            client.send("GET", "/large", "Range: bytes=" + (MIDDLE + 1000) + "-" + (MIDDLE + 1_000_999));
            assertEquals(206, client.readHead().status());
            assertEquals(0, client.readToTheEnd().length);
        }
    }

    @Test
    void requests_underLoadWhileTheDiskFailsAgainAndAgain_areWholeOrFailedAndToldOfInFewLines() throws Exception {
        start(EngineServer.Setup.standard().withFreshness(new EngineServer.Freshness(Duration.ofMillis(50), 0)));
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try (LogLines log = new LogLines()) {
            List<Future<int[]>> running = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                String path = List.of("/small", "/other", "/large").get(client % 3);
                running.add(clients.submit(() -> ask(path)));
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (Operation operation : Operation.values()) {
                    int failed = failures();
                    disk.fail(operation, "/small");
                    disk.fail(operation, "/large", MIDDLE);
                    disk.fail(operation, "/other");
                    Await.until(() -> failures() > failed);
                    disk.mend();
                }
            }
            stop = true;
            int failed = 0;
            int whole = 0;
            for (Future<int[]> client : running) {
                whole += client.get()[0];
                failed += client.get()[1];
            }
            server.awaitIdle();
            assertTrue(
                    failed >= ROUNDS * Operation.values().length && whole > 0, failed + " failed, " + whole + " whole");
            List<String> told = log.lines();
            long lines =
                    told.stream().filter(line -> line.startsWith("cannot ")).count();
            assertTrue(lines >= 1 && lines < failed, () -> told.toString());
        } finally {
            clients.shutdownNow();
        }
    }

    private volatile boolean stop;

    private int failures() {
        return (int) List.of("/small", "/other", "/large").stream()
                .flatMap(path -> server.records(path).stream())
                .filter(record -> record.reason().equals("io-error"))
                .count();
    }

    /** Counts the whole answers, and those that failed. */
    private int[] ask(String path) throws IOException {
        byte[] expected = path.equals("/large") ? large : small;
        int[] counts = new int[2];
        while (!stop) {
            try (RawConnection client = server.connect()) {
                RawConnection.Response response = client.get(path);
                if (response.status() == 200) {
                    assertArrayEquals(expected, response.body());
                    counts[0]++;
                } else {
                    assertEquals(500, response.status());
                    counts[1]++;
                }
            } catch (EOFException cut) {
                counts[1]++;
            }
        }
        return counts;
    }
}
