package dev.sluice.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.fault.Await;
import dev.sluice.fault.EngineServer;
import dev.sluice.fault.RawConnection;
import dev.sluice.io.RegionBudget;
import dev.sluice.ledger.IoPath;
import dev.sluice.ledger.Served;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the wire counted and what the ledger is told, through a real server. */
final class DeliveryTest {
    private static final int LARGE = 1 << 20;

    @TempDir
    Path root;

    private EngineServer server;

    @BeforeEach
    void start() throws IOException {
        write("small.txt", "small");
        write("large.bin", "x".repeat(LARGE));
        write("404.html", "nothing here");
        server = EngineServer.start(root, EngineServer.Setup.standard().withNotFoundPage("/404.html"));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void get_small_isMmapFromTheFirstRequest() throws Exception {
        get("/small.txt");
        get("/small.txt");

        for (Served record : records("/small.txt", 2)) {
            assertServed(record, 200, IoPath.MMAP, 5, 0);
        }
        assertEquals(1, server.hotSet().hits());
    }

    @Test
    void get_manyOnOneConnection_eachIsCountedForItself() throws Exception {
        try (RawConnection client = server.connect()) {
            client.get("/small.txt");
            client.get("/large.bin");
            client.get("/none");
            client.get("/small.txt", "Range: bytes=1-2");
            client.get("/large.bin", "Range: bytes=10-19");
        }

        assertServed(records("/small.txt", 2).get(1), 200, IoPath.MMAP, 5, 0);
        assertServed(records("/small.txt", 2).get(0), 206, IoPath.MMAP, 2, 0);
        assertServed(records("/large.bin", 2).get(1), 200, IoPath.SENDFILE, LARGE, 1);
        assertServed(records("/large.bin", 2).get(0), 206, IoPath.SENDFILE, 10, 1);
        assertServed(server.record("/none"), 404, IoPath.MMAP, 12, 0);
    }

    @Test
    void get_oneByteOfALargeFile_isThatByte() throws Exception {
        try (RawConnection client = server.connect()) {
            assertEquals(
                    "x", new String(client.get("/large.bin", "Range: bytes=-1").body(), UTF_8));
        }

        assertServed(server.record("/large.bin"), 206, IoPath.COPY, 1, 1);
    }

    @Test
    void head_anyFile_isNoBody() throws Exception {
        try (RawConnection client = server.connect()) {
            client.send("HEAD", "/large.bin");
            assertEquals(LARGE, client.readHead().length());
            client.send("HEAD", "/small.txt");
            assertEquals(5, client.readHead().length());
        }

        assertServed(server.record("/large.bin"), 200, IoPath.NONE, 0, 0);
        assertServed(server.record("/small.txt"), 200, IoPath.NONE, 0, 0);
        assertTrue(server.record("/large.bin").complete());
    }

    @Test
    void get_notModified_isNoBody() throws Exception {
        try (RawConnection client = server.connect()) {
            String tag = client.get("/small.txt").head().field("etag");
            assertEquals(304, client.get("/small.txt", "If-None-Match: " + tag).status());
        }

        assertServed(records("/small.txt", 2).get(0), 304, IoPath.NONE, 0, 0);
    }

    @Test
    void post_anyPath_isAGeneratedCopy() throws Exception {
        try (RawConnection client = server.connect()) {
            client.send("POST", "/small.txt", "Content-Length: 0");
            RawConnection.Head head = client.readHead();
            client.read((int) head.length());
            assertEquals(405, head.status());

            Served record = server.record("/small.txt");
            assertServed(record, 405, IoPath.COPY, head.length(), head.length());
        }
    }

    @Test
    void get_withoutRegions_everythingIsSendfile() throws Exception {
        EngineServer.Setup none = EngineServer.Setup.standard().withMemory(0).withNotFoundPage("/404.html");
        try (EngineServer bare = EngineServer.start(root, none);
                RawConnection client = bare.connect()) {
            assertEquals("small", new String(client.get("/small.txt").body(), UTF_8));
            assertEquals("nothing here", new String(client.get("/none").body(), UTF_8));

            assertServed(bare.record("/small.txt"), 200, IoPath.SENDFILE, 5, 1);
            assertServed(bare.record("/none"), 404, IoPath.SENDFILE, 12, 1);
            Await.equal(0L, bare::active);
            bare.forgetOpenFiles();
            Await.equal(0L, () -> EngineServer.descriptors(root));
        }
    }

    @Test
    void get_largeNotFoundPage_isSentAndNotLeftOpen() throws Exception {
        write("404.html", "y".repeat(LARGE));
        try (RawConnection client = server.connect()) {
            RawConnection.Response response = client.get("/none");

            assertEquals(404, response.status());
            assertEquals(LARGE, response.body().length);
        }
        assertServed(server.record("/none"), 404, IoPath.SENDFILE, LARGE, 1);
        Await.equal(0L, server::active);
        server.forgetOpenFiles();
        Await.equal(0L, () -> EngineServer.descriptors(root));
    }

    @Test
    void get_regionsFull_isCopiedAtFirstAndHeldFromTheSecondRequest() throws Exception {
        EngineServer.Setup little = EngineServer.Setup.standard().withMemory(RegionBudget.LARGEST_REGION);
        int files = RegionBudget.LARGEST_REGION / 250_000 + 1;
        for (int i = 1; i <= files; i++) {
            write(i + ".txt", "z".repeat(250_000));
        }
        String last = "/" + files + ".txt";
        try (EngineServer full = EngineServer.start(root, little);
                RawConnection client = full.connect()) {
            for (int i = 1; i < files; i++) {
                client.get("/" + i + ".txt");
            }
            for (int i = 1; i <= 3; i++) {
                assertEquals(250_000, client.get(last).body().length);
            }
            Await.equal(3, () -> full.records(last).size());

            Served first = full.records(last).get(2);
            assertServed(first, 200, IoPath.COPY, 250_000, 250_000);
            assertEquals("not-admitted", first.reason());
            assertEquals(IoPath.MMAP, first.planned());
            assertServed(full.records(last).get(1), 200, IoPath.MMAP, 250_000, 0);
            assertServed(full.records(last).get(0), 200, IoPath.MMAP, 250_000, 0);
            assertEquals(files + 1, full.hotSet().misses());
        }
    }

    @Test
    void get_headers_areThoseOfTheRepresentation() throws Exception {
        RawConnection.Response response = get("/small.txt");

        assertTrue(response.head().field("content-type").startsWith("text/plain"));
        assertEquals("5", response.head().field("content-length"));
        assertFalse(response.head().fields().containsKey("transfer-encoding"));
    }

    private RawConnection.Response get(String path) throws IOException {
        try (RawConnection client = server.connect()) {
            return client.get(path);
        }
    }

    private List<Served> records(String path, int count) throws Exception {
        Await.equal(count, () -> server.records(path).size());
        return server.records(path);
    }

    private static void assertServed(Served record, int status, IoPath path, long bytes, long copied) {
        assertEquals(status, record.status());
        assertEquals(path, record.observed(), record.toString());
        assertEquals(bytes, record.bytes());
        assertEquals(copied, record.userCopiedBytes());
        assertTrue(record.complete(), record.toString());
    }

    private void write(String name, String text) throws IOException {
        Path file = Files.writeString(root.resolve(name), text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    }
}
