package dev.sluice.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.ledger.IoPath;
import dev.sluice.ledger.Served;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Small files that the hot set has no room for are read and sent below Undertow, as the handler would have sent them. */
@Timeout(60)
final class FastLoadTest {
    /** More of them than the regions hold, and larger than what a slow client's socket takes. */
    private static final int FILES = 12;

    private static final int LENGTH = 250 << 10;

    @TempDir
    Path root;

    private EngineServer server;
    private RawConnection client;

    @BeforeEach
    void start() throws Exception {
        for (int i = 0; i < FILES; i++) {
            write("f" + i, LENGTH - i * VersionedBody.LINE, 1);
        }
        server = EngineServer.start(root, EngineServer.Setup.standard().withMemory(1 << 20));
        client = server.connect();
        // Until the fields and all paths are known.
        Await.until(() -> {
            long handled = server.handled();
            getAll();
            return server.handled() == handled;
        });
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.awaitIdle();
        server.close();
    }

    private void getAll() throws IOException {
        for (int i = 0; i < FILES; i++) {
            assertEquals(200, client.get("/f" + i).status());
        }
    }

    /** A path that was answered before and is not held now. */
    private String cold() throws IOException {
        for (int i = 0; i < FILES; i++) {
            long misses = server.hotSet().misses();
            client.get("/f" + i);
            if (server.hotSet().misses() > misses && !held("/f" + i)) {
                return "/f" + i;
            }
        }
        throw new AssertionError("all files are held");
    }

    private boolean held(String path) throws IOException {
        long misses = server.hotSet().misses();
        client.get(path);
        return server.hotSet().misses() == misses;
    }

    @Test
    void get_ofFilesThatAreNotHeld_isAnsweredWithoutTheHandler() throws Exception {
        long handled = server.handled();
        long misses = server.hotSet().misses();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < FILES; i++) {
                assertArrayEquals(
                        Files.readAllBytes(root.resolve("f" + i)),
                        client.get("/f" + i).body());
            }
        }
        assertEquals(handled, server.handled());
        assertTrue(server.hotSet().misses() > misses + FILES);
    }

    @Test
    void get_ofAFileThatIsNotHeld_isAnsweredAndRecordedAsByTheHandler() throws Exception {
        String path = cold();
        long handled = server.handled();
        // What has a query is the handler's.
        RawConnection.Response byHandler = client.get(path + "?");
        RawConnection.Response fast = client.get(path);
        Await.until(() -> server.records(path).size() >= 2);

        assertEquals(handled + 1, server.handled());
        assertEquals(withoutDate(byHandler), withoutDate(fast));
        assertArrayEquals(byHandler.body(), fast.body());
        Served record = server.records(path).get(0);
        assertEquals(200, record.status());
        assertEquals(IoPath.MMAP, record.planned());
        assertEquals(fast.body().length, record.bytes());
        boolean admitted = record.observed() == IoPath.MMAP;
        assertEquals(admitted ? "small-body" : "not-admitted", record.reason());
        assertEquals(admitted ? 0 : record.bytes(), record.userCopiedBytes());
        assertTrue(record.complete());
    }

    @Test
    void get_afterTheFileWasReplaced_givesTheNewOne() throws Exception {
        String path = cold();
        byte[] changed = write("next", 3 << 10, 2);
        Files.move(root.resolve("next"), root.resolve(path.substring(1)), StandardCopyOption.REPLACE_EXISTING);

        Await.until(() -> client.get(path).body().length == changed.length);
        assertArrayEquals(changed, client.get(path).body());
    }

    @Test
    void get_afterTheFileHasGone_isLeftToTheHandler() throws Exception {
        String path = cold();
        Files.delete(root.resolve(path.substring(1)));
        // It may have come into the hot set meanwhile.
        Await.until(() -> client.get(path).status() == 404);
        long handled = server.handled();

        for (int i = 1; i <= 3; i++) {
            assertEquals(404, client.get(path).status());
            assertEquals(handled + i, server.handled());
        }
        getAllBut(path);
    }

    @Test
    void get_afterADirectoryTookItsPlace_isLeftToTheHandler() throws Exception {
        String path = cold();
        Files.delete(root.resolve(path.substring(1)));
        Files.createDirectory(root.resolve(path.substring(1)));

        Await.until(() -> client.get(path).status() == 308);
        getAllBut(path);
    }

    @Test
    void get_afterTheFileHasGrownTooLarge_isLeftToTheHandler() throws Exception {
        String path = cold();
        byte[] grown = write(path.substring(1), 1 << 20, 2);

        Await.until(() -> client.get(path).body().length == grown.length);
        assertArrayEquals(grown, client.get(path).body());
        assertEquals(IoPath.SENDFILE, server.record(path).observed());
        getAllBut(path);
    }

    private void getAllBut(String path) throws IOException {
        for (int i = 0; i < FILES; i++) {
            if (!path.equals("/f" + i)) {
                assertEquals(200, client.get("/f" + i).status());
            }
        }
    }

    /** While a file is read for its first request, the ones behind it wait in the socket. */
    @Test
    void requests_oneBehindTheOther_areAnsweredInTheirOrder() throws Exception {
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < FILES; i++) {
                client.send("GET", "/f" + i);
            }
            for (int i = 0; i < FILES; i++) {
                assertArrayEquals(
                        Files.readAllBytes(root.resolve("f" + i)),
                        client.readResponse("/f" + i).body());
            }
        }
    }

    @Test
    void body_thatTheClientTakesSlowly_arrivesWhole() throws Exception {
        try (RawConnection slow = server.connectSlowly()) {
            Await.until(() -> {
                long handled = server.handled();
                slow.get("/f0");
                return server.handled() == handled;
            });
            long handled = server.handled();
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < FILES; i++) {
                    slow.send("GET", "/f" + i);
                    byte[] expected = Files.readAllBytes(root.resolve("f" + i));
                    assertEquals(expected.length, slow.readHead().length());
                    assertArrayEquals(expected, slow.read(expected.length));
                }
            }
            assertEquals(handled, server.handled());
        }
    }

    @Test
    void clients_thatVanishWhileTheyAreAnswered_leaveNothingBehind() throws Exception {
        for (int i = 0; i < 60; i++) {
            RawConnection vanishing = server.connectSlowly();
            vanishing.get("/f0");
            vanishing.send("GET", "/f" + i % FILES);
            vanishing.reset();
        }
        server.awaitIdle();
        Await.equal(1L, server::connections);
        getAll();
    }

    @Test
    void manyClients_forManyFiles_getWholeOnesEach() throws Exception {
        List<Thread> clients = new ArrayList<>();
        List<Throwable> faults = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int c = 0; c < 8; c++) {
            int seed = c;
            Thread thread = new Thread(() -> {
                try (RawConnection mine = server.connect()) {
                    for (int i = 0; i < 200; i++) {
                        int file = (i * 7 + seed * 5) % FILES;
                        byte[] body = mine.get("/f" + file).body();
                        assertEquals(LENGTH - file * VersionedBody.LINE, body.length);
                        VersionedBody.check(body);
                    }
                } catch (Throwable fault) {
                    faults.add(fault);
                }
            });
            clients.add(thread);
            thread.start();
        }
        for (Thread thread : clients) {
            thread.join();
        }
        assertEquals(List.of(), faults);
    }

    private static Map<String, String> withoutDate(RawConnection.Response response) {
        Map<String, String> fields = new HashMap<>(response.head().fields());
        assertTrue(fields.containsKey("date"));
        fields.remove("date");
        return fields;
    }

    private byte[] write(String name, int length, int version) throws IOException {
        byte[] body = VersionedBody.of(name.hashCode(), version, length / VersionedBody.LINE);
        Path file = Files.write(root.resolve(name), body);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        return body;
    }
}
