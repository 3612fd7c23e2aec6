package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.app.Sluice;
import dev.sluice.config.ConfigurationLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command's words, and what it prints of a real server in this JVM. */
final class TopCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void once_realServer_isPlainTextOf80Columns() throws Exception {
        try (Sluice sluice = start()) {
            request(site(sluice) + "index.html");

            assertEquals(ExitCode.DONE, run("top", "--once", "--admin", admin(sluice)), err::toString);

            List<String> lines = out.toString().lines().toList();
            assertTrue(lines.get(0).contains(" at " + admin(sluice) + "  pid " + pid()), lines::toString);
            assertTrue(lines.stream().allMatch(line -> line.length() <= 80), lines::toString);
            assertTrue(out.toString().chars().allMatch(c -> c == '\n' || (c >= ' ' && c <= '~')), lines::toString);
            assertTrue(lines.stream().anyMatch(line -> line.startsWith("mmap ")), lines::toString);
            assertTrue(lines.stream().anyMatch(line -> line.endsWith(" GET /index.html")), lines::toString);
            assertTrue(lines.stream().anyMatch(line -> line.endsWith("  /index.html")), lines::toString);
            assertEquals("", err.toString());
        }
    }

    @Test
    void onceJson_realServer_isOneObjectOnOneLine() throws Exception {
        try (Sluice sluice = start()) {
            request(site(sluice) + "index.html");

            assertEquals(
                    ExitCode.DONE,
                    run("top", "--once", "--json", "--admin", admin(sluice).replace("http://", "")));

            assertEquals(1, out.toString().lines().count());
            JsonNode json = new JsonMapper().readTree(out.toString());
            assertEquals("start", json.path("since").asString());
            assertTrue(json.path("requestsPerSecond").asDouble() > 0);
            assertEquals(pid(), json.path("stats").path("server").path("pid").asLong());
            assertEquals(
                    "/index.html", json.path("requests").path(0).path("path").asString());
        }
    }

    @Test
    void once_serverWithToken_needsIt() throws Exception {
        Path token = Files.writeString(directory.resolve("token"), "geheim.123\n");
        Path wrong = Files.writeString(directory.resolve("wrong"), "geheim.124");
        try (Sluice sluice = start("admin.tokenFile=" + token)) {
            assertEquals(ExitCode.FAILED, run("top", "--once", "--admin", admin(sluice)));
            assertEquals(
                    "sluice: the admin API at " + admin(sluice) + " asks for a token (expected: --token-file FILE)\n",
                    err.toString());

            assertEquals(
                    ExitCode.FAILED, run("top", "--once", "--admin", admin(sluice), "--token-file", wrong.toString()));
            assertTrue(err.toString().contains(" refuses the token "), err.toString());
            assertFalse(err.toString().contains("geheim"), err.toString());

            assertEquals(ExitCode.DONE, run("top", "--once", "--admin", admin(sluice), "--token-file", "token"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://127.0.0.1/",
                "http:///",
                "http://user@localhost:8081/",
                "http://localhost:8081/?a",
                "http://localhost:8081/#a",
                "http://local host/",
                "http://127.0.0.1:0/",
                "http://127.0.0.1:65536/",
                "off",
                ""
            })
    void admin_noUrlOfAServer_isWrongUsage(String url) {
        assertEquals(url.equals("off") ? ExitCode.FAILED : ExitCode.USAGE, run("top", "--once", "--admin", url));
        assertEquals(1, err.toString().lines().count(), err.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8081, http://localhost:8081/",
        "HTTP://localhost, http://localhost/",
        "https://example.org/sluice, https://example.org/sluice/",
        "127.0.0.1:8081, http://127.0.0.1:8081/",
        "[::1]:8081, http://[::1]:8081/",
        "localhost:8081, http://localhost:8081/"
    })
    void parse_usualForms_endWithASlash(String given, URI expected) {
        assertEquals(expected, AdminAddress.parse(given));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "99ms", "2h", "1", "soon", "-1s", ""})
    void interval_outOfBounds_isWrongUsage(String interval) {
        assertEquals(ExitCode.USAGE, run("top", "--interval=" + interval));
        assertEquals("sluice: --interval: \"" + interval + "\" (expected: 100ms to 1h, such as 1s)\n", err.toString());
    }

    @Test
    void tokenFile_thatIsNone_isWrongUsage() throws IOException {
        Path huge = Files.writeString(directory.resolve("huge"), "a".repeat(5000));

        assertEquals(ExitCode.USAGE, run("top", "--token-file", directory.toString()));
        assertEquals(ExitCode.USAGE, run("top", "--token-file", "missing"));
        assertEquals(ExitCode.USAGE, run("top", "--token-file", huge.toString()));
        assertEquals(
                3,
                err.toString()
                        .lines()
                        .filter(line -> line.startsWith("sluice: --token-file "))
                        .count());
        assertTrue(err.toString().endsWith(": more than 4096 bytes (expected: a token alone)\n"), err.toString());
    }

    @Test
    void operand_any_isWrongUsage() {
        assertEquals(ExitCode.USAGE, run("top", "www"));
        assertTrue(err.toString().contains("one argument too many (expected: options only"), err.toString());
    }

    private int run(String... args) {
        Launcher never = (configuration, shared, announced) -> {
            throw new AssertionError("started a server");
        };
        PasswordInput none = () -> {
            throw new AssertionError("asked for a password");
        };
        return new CommandLineRunner(
                        never, none, directory, Map.of(), () -> false, new PrintWriter(out), new PrintWriter(err))
                .run(args);
    }

    private Sluice start(String... sets) throws Exception {
        Path site = Files.createDirectories(directory.resolve("site"));
        Files.writeString(site.resolve("index.html"), "home");
        List<String> all = new ArrayList<>(List.of(
                "listeners[0].port=0", "admin.listen=127.0.0.1:0", "cache.memory=32MiB", "sites[0].root=" + site));
        all.addAll(List.of(sets));
        return Sluice.start(new ConfigurationLoader(directory, Map.of()).load(null, List.of(), all));
    }

    private static String site(Sluice sluice) {
        return address(sluice, 0);
    }

    private static String admin(Sluice sluice) {
        return address(sluice, 1);
    }

    private static String address(Sluice sluice, int line) {
        String announced = sluice.announcement().get(line);
        return announced.substring(announced.lastIndexOf(' ') + 1);
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    private static void request(String url) throws IOException {
        try (InputStream body = URI.create(url).toURL().openStream()) {
            body.readAllBytes();
        }
    }
}
