package dev.sluice.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.ledger.IoPath;
import dev.sluice.ledger.Served;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that take little or nothing cost the others nothing, and are let go in the end. */
final class SlowClientTest {
    private static final int DOWNLOADS = 64;
    private static final int DOWNLOAD = 8 << 20;

    @TempDir
    Path root;

    @BeforeEach
    void plant() throws IOException {
        write("hot", 1 << 10);
        write("region", 200 << 10);
        write("large", DOWNLOAD);
    }

    @Test
    @Timeout(60)
    void get_whileManyDownloadsStandStill_isAnsweredAtOnce() throws Exception {
        List<RawConnection> stalled = new ArrayList<>();
        try (EngineServer server = EngineServer.start(root)) {
            for (int i = 0; i < DOWNLOADS; i++) {
                RawConnection download = server.connectSlowly();
                stalled.add(download);
                download.send("GET", "/large");
                assertEquals(200, download.readHead().status());
            }
            assertEquals(DOWNLOADS, server.active());
            try (RawConnection hot = server.connect()) {
                for (int i = 0; i < 100; i++) {
                    assertEquals(1 << 10, hot.get("/hot").body().length);
                }
                assertEquals(DOWNLOAD, hot.get("/large").body().length);
            }
            // Each of them still gets all of it.
            assertEquals(DOWNLOAD, stalled.get(0).read(DOWNLOAD).length);
            Await.equal(DOWNLOADS - 1L, server::active);
            close(stalled);
            server.awaitIdle();
        } finally {
            close(stalled);
        }
    }

    @Test
    @Timeout(30)
    void get_clientTakesNothing_isCutOffAfterTheWriteTimeout() throws Exception {
        EngineServer.Setup impatient = EngineServer.Setup.standard().withStalledAfter(Duration.ofMillis(300));
        try (EngineServer server = EngineServer.start(root, impatient);
                RawConnection download = server.connectSlowly()) {
            download.send("GET", "/large");
            download.readHead();

            assertEquals("stalled", server.record("/large").reason());
            assertTrue(download.readToTheEnd().length < DOWNLOAD);
            server.awaitIdle();
            server.forgetOpenFiles();
            Await.equal(0L, () -> EngineServer.descriptors(root));
        }
    }

    @Test
    @Timeout(30)
    void get_manyHotBodiesNotTaken_giveTheirLeasesBackWhenTheClientsVanish() throws Exception {
        try (EngineServer server = EngineServer.start(root);
                RawConnection first = server.connect()) {
            first.get("/region");
            RawConnection slow = server.connectSlowly();
            // Far more than the socket buffers take; the client reads none of it.
            for (int i = 0; i < 100; i++) {
                slow.send("GET", "/region");
            }
            Await.equal(1, server::leases);
            slow.reset();

            server.awaitIdle();
        }
    }

    /** Whoever reads nothing pins a region; readers of all regions must not stop files from being let in. */
    @Test
    @Timeout(60)
    void get_everyRegionReadBySlowClients_filesAreStillLetIn() throws Exception {
        int size = 250 << 10;
        int pinned = 64;
        for (int i = 0; i < pinned + 8; i++) {
            write("f" + i, size);
        }
        EngineServer.Setup little = EngineServer.Setup.standard().withMemory(16 << 20);
        List<RawConnection> slow = new ArrayList<>();
        try (EngineServer server = EngineServer.start(root, little);
                RawConnection client = server.connect()) {
            for (int i = 0; i < pinned; i += 4) {
                client.get("/f" + i);
                RawConnection connection = server.connectSlowly();
                slow.add(connection);
                for (int request = 0; request < 40; request++) {
                    connection.send("GET", "/f" + i);
                }
                client.get("/f" + (i + 1));
                client.get("/f" + (i + 2));
                client.get("/f" + (i + 3));
            }
            // Those in a region that had to be emptied meanwhile hold none any more.
            Await.until(() -> server.leases() > slow.size() / 2);
            for (int i = pinned; i < pinned + 8; i++) {
                awaitLetIn(server, client, "/f" + i);
            }
            assertTrue(server.hotSet().evictions() > 0);
            for (int i = 0; i < slow.size(); i++) {
                byte[] content = Files.readAllBytes(root.resolve("f" + 4 * i));
                for (int request = 0; request < 40; request++) {
                    assertEquals(content.length, slow.get(i).readHead().length());
                    assertEquals(-1, Arrays.mismatch(content, slow.get(i).read(content.length)));
                }
            }
            server.awaitIdle();
        } finally {
            close(slow);
        }
    }

    private static void awaitLetIn(EngineServer server, RawConnection client, String path) throws Exception {
        Await.until(() -> {
            int before = server.records(path).size();
            client.get(path);
            Await.until(() -> server.records(path).size() > before);
            return server.records(path).get(0).observed() == IoPath.MMAP;
        });
    }

    /** The lease is taken after the response has ended: nobody would give it back later. */
    @Test
    @Timeout(30)
    void get_cutOffWhileTheFileIsSoughtFor_leavesNoLease() throws Exception {
        EngineServer.Setup impatient = EngineServer.Setup.standard().withStalledAfter(Duration.ofMillis(50));
        Path file = root.resolve("hot");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        try (EngineServer server = EngineServer.start(root, impatient);
                RawConnection client = server.connect()) {
            client.send("GET", "/hot");
            Await.until(() -> {
                // As long as it keeps changing, the server looks for it again and again.
                Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
                return !server.records("/hot").isEmpty();
            });
            assertEquals("stalled", server.record("/hot").reason());

            Await.equal(1L, () -> server.hotSet().admissions());
            server.awaitIdle();
        }
    }

    @Test
    @Timeout(60)
    void get_pipelinedLargeFiles_eachIsItself() throws Exception {
        try (EngineServer server = EngineServer.start(root);
                RawConnection client = server.connectSlowly()) {
            String[] ranges = {"0-4194303", "100-4194403", "4194304-8388607"};
            for (String range : ranges) {
                client.send("GET", "/large", "Range: bytes=" + range);
            }
            byte[] content = Files.readAllBytes(root.resolve("large"));
            for (String range : ranges) {
                RawConnection.Head head = client.readHead();
                assertEquals(206, head.status());
                int from = Integer.parseInt(range.substring(0, range.indexOf('-')));
                byte[] body = client.read((int) head.length());
                assertEquals(-1, Arrays.mismatch(body, 0, body.length, content, from, from + body.length), range);
            }
            for (Served record : server.records("/large")) {
                assertEquals(IoPath.SENDFILE, record.observed());
                assertEquals(1, record.userCopiedBytes());
            }
        }
    }

    private static void close(List<RawConnection> connections) throws IOException {
        for (RawConnection connection : connections) {
            connection.close();
        }
    }

    private void write(String name, int length) throws IOException {
        byte[] body = VersionedBody.of(name.hashCode(), 1, length / VersionedBody.LINE);
        Path file = Files.write(root.resolve(name), body);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    }
}
