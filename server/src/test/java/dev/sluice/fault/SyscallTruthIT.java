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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the server reports is what the kernel saw: the packaged server answers one request of each kind under strace, each on
 * a connection of its own, and its records are compared with its system calls.
 */
final class SyscallTruthIT {
    private static final int SMALL = 1_000;
    private static final int LARGE = 6 << 20;
    private static final String[] WRITES = {"write", "writev", "sendto", "sendmsg", "pwrite64"};

    @TempDir
    static Path directory;

    private static Exchange small;
    private static Exchange large;
    private static Exchange range;
    private static Exchange head;
    private static Exchange notModified;

    /** The client's view, the server's record and the kernel's calls of what happened on one connection. */
    private record Exchange(
            int port, List<RawConnection.Head> heads, long bodyBytes, List<JsonPath> records, Trace trace) {
        Trace onConnection() {
            return trace.onConnectionFrom(port);
        }

        int headBytes() {
            return heads.stream().mapToInt(RawConnection.Head::size).sum();
        }

        long written() {
            return onConnection().named(WRITES).bytes();
        }

        long sentFromFile() {
            return onConnection().named("sendfile").bytes();
        }
    }

    /** What a client does on its connection. */
    private interface Script {
        List<RawConnection.Head> run(RawConnection connection) throws IOException;
    }

    @BeforeAll
    static void runTheServer() throws Exception {
        InstalledTool.requireThat(TracedServer.available(), "strace is missing, or may not trace");
        Path root = Files.createDirectory(directory.resolve("www"));
        write(root.resolve("small.txt"), SMALL);
        write(root.resolve("large.bin"), LARGE);
        try (TracedServer server =
                TracedServer.start(Path.of(System.getProperty("sluice.jar")), root, directory.resolve("trace"))) {
            talkTo(server);
        }
    }

    private static void talkTo(TracedServer server) throws Exception {
        int[] ports = new int[5];
        List<List<RawConnection.Head>> heads = new ArrayList<>();
        List<Script> scripts = List.of(
                connection -> List.of(
                        connection.get("/small.txt?cold").head(),
                        connection.get("/small.txt?hot").head()),
                connection -> List.of(connection.get("/large.bin").head()),
                connection -> List.of(connection
                        .get("/large.bin", "Range: bytes=1000000-3999999")
                        .head()),
                connection -> headOf(connection, "/small.txt"),
                SyscallTruthIT::revalidate);
        for (int i = 0; i < ports.length; i++) {
            try (RawConnection connection = server.connect()) {
                ports[i] = connection.localPort();
                heads.add(scripts.get(i).run(connection));
            }
        }
        List<JsonPath> records = server.records(7);
        Trace trace = server.stop();
        small = new Exchange(ports[0], heads.get(0), 2 * SMALL, List.of(records.get(6), records.get(5)), trace);
        large = new Exchange(ports[1], heads.get(1), LARGE, List.of(records.get(4)), trace);
        range = new Exchange(ports[2], heads.get(2), 3_000_000, List.of(records.get(3)), trace);
        head = new Exchange(ports[3], heads.get(3), 0, List.of(records.get(2)), trace);
        notModified = new Exchange(ports[4], heads.get(4), 0, List.of(records.get(1), records.get(0)), trace);
    }

    private static List<RawConnection.Head> headOf(RawConnection connection, String path) throws IOException {
        connection.send("HEAD", path);
        return List.of(connection.readHead());
    }

    private static List<RawConnection.Head> revalidate(RawConnection connection) throws IOException {
        RawConnection.Head first = headOf(connection, "/large.bin").get(0);
        RawConnection.Head second = connection
                .get("/large.bin", "If-None-Match: " + first.field("etag"))
                .head();
        assertEquals(304, second.status());
        return List.of(first, second);
    }

    @AfterAll
    static void forget() {
        small = null;
        large = null;
        range = null;
        head = null;
        notModified = null;
    }

    @Test
    void get_coldSmall_isReadOnceAndSentFromTheRegion() {
        assertRecord(small.records().get(0), "mmap", SMALL);
        Trace cold = small.trace().between("GET /small.txt?cold", "GET /small.txt?hot");

        assertEquals(
                SMALL, cold.named("pread64", "read").mentioning("/small.txt>").bytes());
        assertEquals(small.headBytes() + 2 * SMALL, small.written());
        assertEquals(0, small.sentFromFile());
    }

    @Test
    void get_hotSmall_isOneReadAndOneWritev() {
        assertRecord(small.records().get(1), "mmap", SMALL);
        Trace hot = small.trace().between("GET /small.txt?hot", "HTTP/1.1 200 OK");
        Trace onConnection = hot.onConnectionFrom(small.port());

        assertEquals(1, onConnection.named("writev").count(), onConnection::toString);
        assertEquals(
                small.heads().get(1).size() + SMALL,
                onConnection.named("writev").bytes());
        assertEquals(2, onConnection.count(), onConnection::toString);
        assertEquals(
                0, hot.named("epoll_ctl").mentioning(":" + small.port() + "]>").count(), hot::toString);
        assertEquals(0, hot.mentioning("/small.txt\"").count(), hot::toString);
        assertEquals(
                0,
                hot.named("openat", "stat", "newfstatat", "statx")
                        .mentioning("www")
                        .count(),
                hot::toString);
    }

    @Test
    void get_large_isAllButTheLastByteBySendfile() {
        assertRecord(large.records().get(0), "sendfile", LARGE, 1);

        assertEquals(LARGE - 1, large.sentFromFile());
        assertEquals(large.headBytes() + 1, large.written());
    }

    @Test
    void get_rangeOfLarge_isAllButTheLastByteBySendfileFromItsPosition() {
        assertRecord(range.records().get(0), "sendfile", range.bodyBytes(), 1);

        assertEquals(range.bodyBytes() - 1, range.sentFromFile());
        assertEquals(range.headBytes() + 1, range.written());
        Trace calls = range.onConnection().named("sendfile");
        assertTrue(calls.calls().get(0).mentions("[1000000]"), calls::toString);
    }

    @Test
    void head_small_isAHeadAndNothingElse() {
        assertRecord(head.records().get(0), "none", 0);

        assertEquals(head.headBytes(), head.written());
        assertEquals(0, head.sentFromFile());
    }

    @Test
    void get_notModifiedLarge_isAHeadAndNothingElse() {
        assertRecord(notModified.records().get(1), "none", 0);

        assertEquals(notModified.headBytes(), notModified.written());
        assertEquals(0, notModified.sentFromFile());
    }

    @Test
    void get_large_isNotReadIntoMemoryButForTheLastByte() {
        Trace reads = large.trace().named("pread64", "read", "readv").mentioning("/large.bin>");

        // One for the whole file, one for the range of it.
        assertEquals(2, reads.count(), reads::toString);
        assertEquals(2, reads.bytes(), reads::toString);
    }

    private static void assertRecord(JsonPath record, String ioPath, long bytes) {
        assertRecord(record, ioPath, bytes, 0);
    }

    private static void assertRecord(JsonPath record, String ioPath, long bytes, long copied) {
        assertEquals(ioPath, record.getString("ioPath"));
        assertEquals(bytes, record.getLong("bytes"));
        assertEquals(copied, record.getLong("userCopiedBytes"));
    }

    private static void write(Path file, int length) throws IOException {
        Files.writeString(file, "x".repeat(length));
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    }
}
