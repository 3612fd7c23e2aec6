package dev.sluice.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.ledger.IoPath;
import dev.sluice.ledger.Served;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lengths and offsets beyond what an int, and beyond what four bytes hold. The file is sparse: it takes no room. */
final class HugeFileTest {
    private static final long LENGTH = 5L << 30;
    private static final long MARKED = (4L << 30) + 12_345;
    private static final byte[] MARK = "beyond four gibibytes".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path root;

    private EngineServer server;

    @BeforeEach
    void start() throws IOException {
        Path file = root.resolve("huge");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(LENGTH);
            sparse.seek(MARKED);
            sparse.write(MARK);
        }
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        server = EngineServer.start(root);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void head_hugeFile_tellsItsFullLength() throws Exception {
        try (RawConnection client = server.connect()) {
            client.send("HEAD", "/huge");

            assertEquals(LENGTH, client.readHead().length());
        }
    }

    @Test
    void get_hugeFile_startsWithItsFullLength() throws Exception {
        try (RawConnection client = server.connectSlowly()) {
            client.send("GET", "/huge");

            assertEquals(LENGTH, client.readHead().length());
            assertArrayEquals(new byte[1 << 20], client.read(1 << 20));
        }
        server.awaitIdle();
    }

    @Test
    void get_rangeBeyondFourGibibytes_isThoseBytesBySendfile() throws Exception {
        try (RawConnection client = server.connect()) {
            RawConnection.Response response =
                    client.get("/huge", "Range: bytes=" + MARKED + "-" + (MARKED + MARK.length - 1));

            assertEquals(206, response.status());
            assertEquals(
                    "bytes " + MARKED + "-" + (MARKED + MARK.length - 1) + "/" + LENGTH,
                    response.head().field("content-range"));
            assertArrayEquals(MARK, response.body());
        }
        Served record = server.record("/huge");
        assertEquals(IoPath.SENDFILE, record.observed());
        assertEquals(MARK.length, record.bytes());
        assertEquals(1, record.userCopiedBytes());
    }

    @Test
    void get_lastBytes_areTheFilesEnd() throws Exception {
        try (RawConnection client = server.connect()) {
            RawConnection.Response response = client.get("/huge", "Range: bytes=-3");

            assertEquals(
                    "bytes " + (LENGTH - 3) + "-" + (LENGTH - 1) + "/" + LENGTH,
                    response.head().field("content-range"));
            assertArrayEquals(new byte[3], response.body());
        }
    }
}
