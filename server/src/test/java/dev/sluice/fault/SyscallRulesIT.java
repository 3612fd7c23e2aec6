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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What rules, codings, templates and several ranges cost in system calls: the packaged server with ten rules, under strace.
 */
final class SyscallRulesIT {
    private static final String TEN_RULES = """
            sites:
              - rules:
                  - {security: true}
                  - {match: {path: "/private/**"}, deny: true}
                  - {match: {path: "/old/**"}, redirect: "/new/$1"}
                  - {match: {extension: [txt, html]}, headers: {set: {X-One: "1"}}}
                  - {match: {path: "/assets/*.js"}, cache: immutable}
                  - {match: {type: "text/*"}, cache: 1h}
                  - {match: {path: "/*.txt"}, cors: true}
                  - {match: {path: "/download/**"}, download: true}
                  - {match: {path: ["/a/**", "/b/**"]}, rewrite: "/c/$1"}
                  - {match: {path: "/unique.html"}, template: {nonce: "__CSP_NONCE__"}}
            """;
    private static final int PAGE = 20_000;
    private static final int LARGE = 6 << 20;

    @TempDir
    static Path directory;

    private static Trace trace;
    private static int port;
    private static List<JsonPath> records;

    @BeforeAll
    static void runTheServer() throws Exception {
        InstalledTool.requireThat(TracedServer.available(), "strace is missing, or may not trace");
        Path root = Files.createDirectory(directory.resolve("www"));
        write(root.resolve("page.txt"), "so much text ".repeat(PAGE / 13));
        write(root.resolve("unique.html"), "<script nonce=__CSP_NONCE__></script>" + "x".repeat(PAGE));
        write(root.resolve("large.bin"), "x".repeat(LARGE));
        Path rules = Files.writeString(directory.resolve("rules.yaml"), TEN_RULES);
        Path jar = Path.of(System.getProperty("sluice.jar"));
        try (TracedServer server = TracedServer.start(jar, root, directory.resolve("trace"), "-c", rules.toString());
                RawConnection connection = server.connect()) {
            int requests = talk(connection);
            // Newest first.
            records = server.records(requests);
            port = connection.localPort();
            trace = server.stop();
        }
    }

    /** Returns how many requests that took. */
    private static int talk(RawConnection connection) throws Exception {
        connection.get("/page.txt?cold");
        connection.get("/page.txt?hot");
        int requests = 2;
        do {
            requests++;
            // Traced, the compressor takes a while; the admin API remembers a thousand requests.
            TimeUnit.MILLISECONDS.sleep(50);
        } while (connection.get("/page.txt", "Accept-Encoding: br").head().field("content-encoding") == null);
        connection.get("/page.txt?coded", "Accept-Encoding: br");
        connection.get("/unique.html?cold");
        connection.get("/unique.html?first");
        connection.get("/unique.html?hot");
        connection.get("/large.bin", "Range: bytes=10-1000009,3000000-3999999");
        connection.get("/page.txt?end");
        return requests + 6;
    }

    @AfterAll
    static void forget() {
        trace = null;
        records = null;
    }

    @Test
    void get_hotWithTenRules_isOneReadAndOneWritev() {
        assertRecord(records.get(records.size() - 2), "mmap", "/page.txt", 0);

        assertOneReadAndOneWritev("GET /page.txt?hot");
    }

    @Test
    void get_hotCodedWithTenRules_isOneReadAndOneWritev() {
        JsonPath coded = records.get(5);
        assertRecord(coded, "mmap", "/page.txt", 0);
        assertEquals("br", coded.getString("contentCoding"));
        assertTrue(coded.getLong("bytes") < PAGE / 10);

        assertOneReadAndOneWritev("GET /page.txt?coded");
    }

    /** The pages that the nonce touches are copied by the kernel; nothing is read, mapped or copied by a call. */
    @Test
    void get_hotTemplate_isOneReadAndOneWritev() {
        assertRecord(records.get(2), "cow", "/unique.html", "__CSP_NONCE__".length());

        assertOneReadAndOneWritev("GET /unique.html?hot");
    }

    private static void assertOneReadAndOneWritev(String request) {
        Trace answered = trace.between(request, "HTTP/1.1 200 OK");
        Trace onConnection = answered.onConnectionFrom(port);
        assertEquals(1, onConnection.named("read").count(), onConnection::toString);
        assertEquals(1, onConnection.named("writev").count(), onConnection::toString);
        assertEquals(2, onConnection.count(), onConnection::toString);
        assertEquals(
                0,
                answered.named("openat", "stat", "newfstatat", "statx", "mmap")
                        .mentioning("www")
                        .count(),
                answered::toString);
    }

    /** Between the parts there is text of ours; the parts themselves go from the file to the socket. */
    @Test
    void get_severalRangesOfLarge_goBySendfileFromTheirPositions() {
        JsonPath ranges = records.get(1);
        assertEquals("sendfile", ranges.getString("ioPath"));
        assertEquals("several-ranges", ranges.getString("reason"));
        Trace sent = trace.onConnectionFrom(port).named("sendfile");

        assertEquals(2_000_000, sent.bytes());
        assertEquals(ranges.getLong("bytes") - 2_000_000, ranges.getLong("userCopiedBytes"));
        assertTrue(sent.calls().stream().anyMatch(call -> call.mentions("[10]")), sent::toString);
        assertTrue(sent.calls().stream().anyMatch(call -> call.mentions("[3000000]")), sent::toString);
    }

    private static void assertRecord(JsonPath record, String ioPath, String path, long copied) {
        assertEquals(path, record.getString("path"));
        assertEquals(ioPath, record.getString("ioPath"));
        assertEquals(copied, record.getLong("userCopiedBytes"));
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    }
}
