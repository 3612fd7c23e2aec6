package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The access log on disk, once the server has stopped: one line a request, and the same as the admin API said. */
class AccessLogTest {
    private static final String PROTOCOL = Pattern.quote(E2eTransport.current().protocol());

    @TempDir
    private Path directory;

    @Test
    void combined_requests_haveALineEach() throws IOException {
        List<Served> served = new ArrayList<>();
        List<String> lines = lines("combined", served);
        assertEquals(served.size(), lines.size());
        String start = "127\\.0\\.0\\.1 - - \\[\\d\\d/\\w{3}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}] ";
        assertMatches(
                start + "\"GET /small\\.txt\\?q=1 " + PROTOCOL
                        + "\" 200 33 \"http://from/\" \"agent \\\\x22quoted\\\\x22\"",
                lines.get(0));
        assertMatches(start + "\"HEAD /large\\.bin " + PROTOCOL + "\" 200 0 \"-\" \"-\"", lines.get(1));
        assertMatches(start + "\"GET /large\\.bin " + PROTOCOL + "\" 206 100 \"-\" \"-\"", lines.get(2));
        assertMatches(start + "\"GET /no%20thing " + PROTOCOL + "\" 404 \\d+ \"-\" \"-\"", lines.get(3));
    }

    private static void assertMatches(String pattern, String line) {
        assertTrue(line.matches(pattern), line);
    }

    @Test
    void json_requests_haveTheRecordsOfTheAdminApi() throws IOException {
        List<Served> served = new ArrayList<>();
        List<String> lines = lines("json", served);
        assertEquals(served.size(), lines.size());
        JsonMapper mapper = JsonMapper.builder().build();
        for (int i = 0; i < lines.size(); i++) {
            JsonNode line = mapper.readTree(lines.get(i));
            assertEquals(served.get(i).id(), line.get("id").asLong());
            assertEquals(served.get(i).path(), line.get("path").asString());
            assertEquals(served.get(i).status(), line.get("status").asInt());
            assertEquals(served.get(i).ioPath(), line.get("ioPath").asString());
            assertEquals(served.get(i).reason(), line.get("reason").asString());
            assertEquals(served.get(i).bytes(), line.get("bytes").asLong());
        }
    }

    private List<String> lines(String format, List<Served> served) throws IOException {
        Path log = directory.resolve("access.log");
        try (TestServer server =
                        TestServer.start(TestSite.standard(), "accessLog.file=" + log, "accessLog.format=" + format);
                RawClient client = server.connect()) {
            client.request("GET", "/small.txt?q=1", "Referer: http://from/", "User-Agent: agent \"quoted\"")
                    .read();
            client.request("HEAD", TestSite.LARGE).read("HEAD");
            client.request("GET", TestSite.LARGE, "Range: bytes=0-99").read();
            client.request("GET", "/no%20thing").read();
            served.addAll(server.admin().served(4));
            server.stop();
        }
        return Files.readAllLines(log);
    }
}
