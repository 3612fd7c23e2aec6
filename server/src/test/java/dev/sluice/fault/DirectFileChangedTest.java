package dev.sluice.fault;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.ledger.IoPath;
import dev.sluice.ledger.Served;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is promised of a large file that changes holds for one that is read past the page cache, too. */
final class DirectFileChangedTest {
    private static final int LENGTH = 48 << 20;
    private static final int FIRST = 64 << 10;

    @TempDir
    Path root;

    private Path file;
    private byte[] content;
    private EngineServer server;
    private RawConnection client;

    @BeforeEach
    void start() throws IOException {
        content = VersionedBody.of(1, 1, LENGTH / VersionedBody.LINE);
        file = Files.write(root.resolve("huge"), content);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        server = EngineServer.start(root, EngineServer.Setup.standard().withDirectFrom(1 << 20));
        client = server.connectSlowly();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void get_untouchedBySlowClient_isWhole() throws Exception {
        assertArrayEquals(content, download(() -> {}, LENGTH));

        Served record = server.record("/huge");
        assertEquals(IoPath.DIRECT, record.observed());
        assertEquals("huge-body", record.reason());
        assertEquals(LENGTH, record.bytes());
        assertEquals(LENGTH, record.userCopiedBytes());
        assertTrue(record.complete());
    }

    @Test
    void get_truncated_isShort() throws Exception {
        byte[] body = downloadToTheEnd(() -> truncate((24 << 20) + 77));

        assertEquals(-1, Arrays.mismatch(body, 0, body.length, content, 0, body.length));
        assertTrue(body.length <= (24 << 20) + 77, () -> "sent " + body.length);
        assertCut("shrunk", body);
    }

    @Test
    void get_rewrittenInPlaceAtTheSameLength_isShort() throws Exception {
        byte[] next = VersionedBody.of(1, 2, LENGTH / VersionedBody.LINE);

        assertCut("changed", downloadToTheEnd(() -> Files.write(file, next, WRITE)));
    }

    @Test
    void get_replacedByRename_isTheOldFileWhole() throws Exception {
        Path next = Files.write(root.resolve("next"), VersionedBody.of(1, 2, LENGTH / VersionedBody.LINE));

        assertArrayEquals(content, download(() -> Files.move(next, file, ATOMIC_MOVE), LENGTH));
        assertTrue(server.record("/huge").complete());
    }

    @Test
    void get_clientVanishes_givesEverythingBack() throws Exception {
        client.send("GET", "/huge");
        client.readHead();
        client.read(FIRST);
        client.reset();

        assertEquals("client-gone", server.record("/huge").reason());
        server.awaitIdle();
        server.forgetOpenFiles();
        Await.equal(0L, () -> EngineServer.descriptors(root));
    }

    @Test
    @Timeout(30)
    void get_clientTakesNothing_isCutOffAfterTheWriteTimeout() throws Exception {
        EngineServer.Setup impatient =
                EngineServer.Setup.standard().withDirectFrom(1 << 20).withStalledAfter(Duration.ofMillis(300));
        try (EngineServer other = EngineServer.start(root, impatient);
                RawConnection download = other.connectSlowly()) {
            download.send("GET", "/huge");
            download.readHead();

            assertEquals("stalled", other.record("/huge").reason());
            other.awaitIdle();
        }
    }

    /** What happens to the file after the first part has been read. */
    private interface Change {
        void happen() throws IOException;
    }

    private byte[] downloadToTheEnd(Change change) throws IOException {
        return download(change, Integer.MAX_VALUE);
    }

    private byte[] download(Change change, int most) throws IOException {
        client.send("GET", "/huge");
        assertEquals(LENGTH, client.readHead().length());
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(client.read(FIRST));
        change.happen();
        body.write(most == LENGTH ? client.read(LENGTH - FIRST) : client.readToTheEnd());
        return body.toByteArray();
    }

    private void truncate(long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, WRITE)) {
            channel.truncate(size);
        }
    }

    private void assertCut(String reason, byte[] body) throws Exception {
        assertTrue(body.length < LENGTH, () -> "sent " + body.length);
        Served record = server.record("/huge");
        assertEquals(reason, record.reason());
        assertFalse(record.complete());
        server.awaitIdle();
        server.forgetOpenFiles();
        Await.equal(0L, () -> EngineServer.descriptors(root));
    }
}
