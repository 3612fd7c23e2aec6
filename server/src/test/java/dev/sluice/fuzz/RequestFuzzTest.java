package dev.sluice.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.app.Sluice;
import dev.sluice.config.ConfigurationLoader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A whole server, fast path and all, that is sent anything. */
class RequestFuzzTest {
    private static final String SECRET = "not for the world";
    private static final int PATIENCE_MILLIS = 60_000;

    private static Path folder;
    private static Sluice sluice;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        folder = Files.createTempDirectory("sluice-fuzz");
        write("secret.txt", SECRET);
        write("site/.env", SECRET);
        write("site/index.html", "home");
        write("site/a.txt", "a");
        sluice = Sluice.start(new ConfigurationLoader(folder, Map.of())
                .load(
                        null,
                        List.of(),
                        List.of("sites[0].root=site", "listeners[0].port=0", "admin.listen=off", "cache.memory=8MiB")));
        String announced = sluice.announcement().get(0);
        port = Integer.parseInt(announced.replaceAll(".*:(\\d+)/$", "$1"));
    }

    private static void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
    }

    @AfterAll
    static void stop() throws IOException {
        sluice.close();
        for (String name : List.of("site/index.html", "site/a.txt", "site/.env", "site", "secret.txt", "")) {
            Files.delete(folder.resolve(name));
        }
    }

    @FuzzTest(maxDuration = "10m")
    void connection_anyOctets_isAnsweredOrClosedAndTellsNoSecret(byte[] octets) throws IOException {
        // To the server under test; without a word the fuzzer takes every connection for one that was not meant.
        BugDetectors.allowNetworkConnections((host, to) -> to == port);
        String answer = answer(octets);
        assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1."), answer);
        assertFalse(answer.contains(SECRET), answer);
        // It lives.
        assertTrue(answer("GET /a.txt HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII))
                .startsWith("HTTP/1.1 200 "));
    }

    private static String answer(byte[] octets) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(octets);
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            byte[] some = new byte[8192];
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                answer.write(some, 0, n);
            }
        } catch (SocketException reset) {
            // As good as an end, for a client that sends what it should not.
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
    }
}
