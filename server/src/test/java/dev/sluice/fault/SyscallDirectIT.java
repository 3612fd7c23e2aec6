package dev.sluice.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.InstalledTool;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code direct} is in system calls: the packaged server with {@code io.directMinSize}, under strace. */
final class SyscallDirectIT {
    private static final int SIZE = (6 << 20) + 1_000;
    private static final int FIRST = 1_000_001;
    private static final int LAST = 4_000_000;

    /** The length and the position that end the arguments of a pread64. */
    private static final Pattern PLACE = Pattern.compile(".*, (\\d+), (\\d+)");

    @TempDir
    static Path directory;

    private static Trace trace;
    private static int port;
    private static List<JsonPath> records;

    @BeforeAll
    static void runTheServer() throws Exception {
        InstalledTool.requireThat(TracedServer.available(), "strace is missing, or may not trace");
        Path root = Files.createDirectory(directory.resolve("www"));
        Path huge = Files.writeString(root.resolve("huge.bin"), "x".repeat(SIZE));
        Files.setLastModifiedTime(huge, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        Path jar = Path.of(System.getProperty("sluice.jar"));
        String[] options = {"--set", "io.directMinSize=1MiB"};
        try (TracedServer server = TracedServer.start(jar, root, directory.resolve("trace"), options);
                RawConnection connection = server.connect()) {
            port = connection.localPort();
            talk(connection);
            records = server.records(1);
            trace = server.stop();
        }
    }

    private static void talk(RawConnection connection) throws IOException {
        RawConnection.Response part = connection.get("/huge.bin", "Range: bytes=" + FIRST + "-" + LAST);
        assertEquals(LAST - FIRST + 1, part.body().length);
    }

    @AfterAll
    static void forget() {
        trace = null;
        records = null;
    }

    @Test
    void get_huge_isReportedAsDirectAndCopied() {
        JsonPath record = records.get(0);
        assertEquals("direct", record.getString("ioPath"));
        assertEquals("direct", record.getString("planned"));
        assertEquals(LAST - FIRST + 1, record.getLong("bytes"));
        assertEquals(LAST - FIRST + 1, record.getLong("userCopiedBytes"));
    }

    @Test
    void get_huge_isReadByWholeBlocksOfAFileOpenedWithODirect() throws IOException {
        long block = Files.getFileStore(directory).getBlockSize();
        Trace opened = trace.named("openat").mentioning("\"huge.bin\"");
        assertEquals(1, opened.mentioning("O_DIRECT").count(), opened::toString);
        Trace reads = trace.named("pread64", "read", "readv").mentioning("/huge.bin>");

        assertTrue(reads.bytes() >= LAST - FIRST + 1, reads::toString);
        for (Trace.Call read : reads.calls()) {
            assertTrue(read.is("pread64"), read::toString);
            Matcher place = PLACE.matcher(read.arguments());
            assertTrue(place.matches(), read::toString);
            assertEquals(0, Long.parseLong(place.group(1)) % block, read::toString);
            assertEquals(0, Long.parseLong(place.group(2)) % block, read::toString);
        }
    }

    @Test
    void get_huge_isWrittenAndNotSentByTheKernelAlone() {
        Trace onConnection = trace.onConnectionFrom(port);
        assertEquals(0, onConnection.named("sendfile").count(), onConnection::toString);
        assertTrue(onConnection.named("write", "writev").bytes() > LAST - FIRST + 1, onConnection::toString);
    }
}
