package dev.sluice.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.RunningServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clients of nghttp2, of Debian's package nghttp2-client, over TLS and in clear text. */
final class NghttpIT {
    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    static Path folder;

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        TestCertificate.ec().writeTo(folder);
        server = RunningServer.start(
                folder, "[{port: 0, tls: {certificate: fullchain.pem, key: privkey.pem}}, {port: 0, h2c: true}]");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String url(String scheme, String path) {
        return scheme + "://127.0.0.1:" + server.port(scheme.equals("https") ? 0 : 1) + path;
    }

    @ParameterizedTest
    @ValueSource(strings = {"https", "http"})
    void h2load_manyStreamsOnEachConnection_allSucceed(String scheme) throws Exception {
        ToolRun run = ToolRun.of(
                folder, PATIENCE_SECONDS, "h2load", "-n", "20000", "-c", "10", "-m", "100", url(scheme, "/a.txt"));
        assertEquals(0, run.exitCode(), run::said);
        assertTrue(
                run.said().contains("20000 total, 20000 started, 20000 done, 20000 succeeded, 0 failed, 0 errored"),
                run::said);
        assertTrue(run.said().contains("status codes: 20000 2xx, 0 3xx, 0 4xx, 0 5xx"), run::said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https", "http"})
    void nghttp_severalRequests_areAnsweredWithoutAnError(String scheme) throws Exception {
        ToolRun run = ToolRun.of(
                folder,
                PATIENCE_SECONDS,
                "nghttp",
                "--verbose",
                "--null-out",
                "--no-verify-peer",
                "--multiply=5",
                url(scheme, "/a.txt"));
        assertEquals(0, run.exitCode(), run::said);
        assertEquals(5, occurrences(run.said(), ":status: 200"), run::said);
        assertTrue(!run.said().contains("RST_STREAM") && !run.said().contains("[ERROR]"), run::said);
    }

    private static int occurrences(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }
}
