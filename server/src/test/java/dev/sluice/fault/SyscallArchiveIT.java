package dev.sluice.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.InstalledTool;
import dev.sluice.archive.ZipBytes;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the entries of an archive are sent, as the kernel saw it. */
final class SyscallArchiveIT {
    private static final int LARGE = 6 << 20;
    private static final int FIRST = 1_000_000;
    private static final int LAST = 3_999_999;
    private static final String[] WRITES = {"write", "writev"};

    /** The header and the trailer of gzip, which are not in the archive. */
    private static final int AROUND = 18;

    @TempDir
    static Path directory;

    private static Exchange stored;
    private static Exchange gzip;
    private static Exchange inflated;
    private static byte[] file;

    /** What became of one request, on a connection of its own. */
    private record Exchange(RawConnection.Response response, JsonPath record, Trace calls) {
        Trace sendfile() {
            return calls.named("sendfile");
        }

        long written() {
            return calls.named(WRITES).bytes() - response.head().size();
        }
    }

    @BeforeAll
    static void runTheServer() throws Exception {
        InstalledTool.requireThat(TracedServer.available(), "strace is missing, or may not trace");
        byte[] text =
                "to be or not to be ".repeat(LARGE / 19 + 1).substring(0, LARGE).getBytes(StandardCharsets.US_ASCII);
        ZipBytes zip = new ZipBytes()
                .stored("large.bin", text)
                .deflated("large.txt", text)
                .deflated("packed.bin", text);
        file = zip.bytes();
        Path jar = Path.of(System.getProperty("sluice.jar"));
        try (TracedServer server =
                TracedServer.start(jar, zip.to(directory.resolve("site.zip")), directory.resolve("trace"))) {
            talkTo(server);
        }
    }

    private static void talkTo(TracedServer server) throws Exception {
        List<RawConnection.Response> responses = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        String[][] requests = {
            {"/large.bin", "Range: bytes=" + FIRST + '-' + LAST},
            {"/large.txt", "Accept-Encoding: gzip"},
            {"/packed.bin", "Accept-Encoding: gzip"}
        };
        for (String[] request : requests) {
            try (RawConnection connection = server.connect()) {
                ports.add(connection.localPort());
                responses.add(connection.get(request[0], request[1]));
            }
        }
        List<JsonPath> records = server.records(requests.length);
        Trace trace = server.stop();
        List<Exchange> exchanges = new ArrayList<>();
        for (int i = 0; i < requests.length; i++) {
            JsonPath record = records.get(requests.length - 1 - i);
            exchanges.add(new Exchange(responses.get(i), record, trace.onConnectionFrom(ports.get(i))));
        }
        stored = exchanges.get(0);
        gzip = exchanges.get(1);
        inflated = exchanges.get(2);
    }

    @AfterAll
    static void forget() {
        stored = null;
        gzip = null;
        inflated = null;
        file = null;
    }

    @Test
    void get_rangeOfStored_isAllButTheLastByteBySendfileOutOfTheArchive() {
        assertRecord(stored, "sendfile", LAST - FIRST + 1, 1);

        assertEquals(LAST - FIRST, stored.sendfile().bytes());
        assertEquals(1, stored.written());
        Trace fromTheArchive = stored.sendfile().mentioning("/site.zip>");
        assertEquals(LAST - FIRST, fromTheArchive.bytes());
        int entry = new String(file, StandardCharsets.ISO_8859_1).indexOf("to be or not");
        assertTrue(fromTheArchive.calls().get(0).mentions("[" + (entry + FIRST) + "]"), fromTheArchive::toString);
    }

    @Test
    void get_deflatedByGzip_isItsBytesInTheArchiveBySendfile() {
        int length = gzip.response().body().length;
        assertRecord(gzip, "sendfile", length, 1);

        assertEquals(length - AROUND, gzip.sendfile().mentioning("/site.zip>").bytes());
        assertEquals(AROUND, gzip.written());
    }

    @Test
    void get_deflatedWithoutGzip_isWrittenAndReportedAsCopied() {
        assertRecord(inflated, "copy", LARGE, LARGE);

        assertEquals(0, inflated.sendfile().count());
        assertEquals(LARGE, inflated.written());
    }

    private static void assertRecord(Exchange exchange, String ioPath, long bytes, long copied) {
        assertEquals(ioPath, exchange.record().getString("ioPath"));
        assertEquals(bytes, exchange.record().getLong("bytes"));
        assertEquals(copied, exchange.record().getLong("userCopiedBytes"));
    }
}
