package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExplainCommandTest {
    private static final Instant MODIFIED = Instant.parse("2026-01-02T03:04:05Z");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @BeforeEach
    void write() throws IOException {
        Path site = Files.createDirectory(directory.resolve("www"));
        Path file = Files.writeString(site.resolve("a.txt"), "0123456789");
        Files.setLastModifiedTime(file, FileTime.from(MODIFIED));
        Files.writeString(directory.resolve("site.yaml"), "sites: [{root: www, rules: [{redirect: /a.txt}]}]");
    }

    @Test
    void explain_smallFile_isTheHeadAndTheTrace() {
        assertEquals(ExitCode.DONE, run("explain", "-H", "Range: bytes=2-4", "--root", "www", "/a.txt"));

        List<String> lines = out.toString().lines().toList();
        assertEquals("HTTP/1.1 206", lines.get(0));
        assertTrue(lines.contains("Content-Range: bytes 2-4/10"), out.toString());
        assertTrue(lines.contains("planned: mmap (small-body)"), out.toString());
        assertEquals(
                List.of(
                        "site          default (no Host was given)",
                        "file          /a.txt, 10 bytes, modified 2026-01-02T03:04:05Z",
                        "hot set       not held, to be read; codings: none",
                        "coding        identity: no Accept-Encoding was sent",
                        "precondition  none was sent",
                        "range         bytes 2-4 of 10",
                        "path          mmap: small-body (copy over TLS and HTTP/2)"),
                lines.subList(lines.size() - 7, lines.size()));
        assertEquals("", err.toString());
    }

    @Test
    void explain_configurationAndJson_isWhatTheAdminApiAnswers() {
        assertEquals(ExitCode.DONE, run("explain", "--config", "site.yaml", "--json", "-X", "HEAD", "/x?q=1"));

        JsonNode told = new JsonMapper().readTree(out.toString());
        assertEquals(308, told.get("status").asInt());
        assertEquals("none", told.get("planned").asString());
        assertEquals("rule-redirect", told.get("reason").asString());
        assertEquals("/a.txt?q=1", told.at("/headers/Location").asString());
        assertEquals("rule", told.at("/trace/1/step").asString());
        assertEquals(
                "rule 1: redirect 308 to /a.txt", told.at("/trace/1/finding").asString());
    }

    @Test
    void explain_keysSet_count() {
        assertEquals(
                ExitCode.DONE, run("explain", "--set", "cache.memory=0", "--set", "cache.maxFileSize=4", "/a.txt"));

        assertTrue(out.toString().contains("planned: sendfile (large-body)"), out.toString());
    }

    @Test
    void explain_missing_isExplainedAllTheSame() {
        assertEquals(ExitCode.DONE, run("explain", "/gone"));

        assertTrue(out.toString().startsWith("HTTP/1.1 404" + System.lineSeparator()), out.toString());
        assertTrue(out.toString().contains("planned: copy (missing)"), out.toString());
    }

    private int run(String... args) {
        Launcher never = (configuration, shared, announced) -> {
            throw new AssertionError("a server is started");
        };
        PasswordInput none = () -> {
            throw new AssertionError("a password is asked for");
        };
        return new CommandLineRunner(
                        never,
                        none,
                        directory,
                        Map.of(),
                        () -> false,
                        new PrintWriter(out, true),
                        new PrintWriter(err, true))
                .run(args);
    }
}
