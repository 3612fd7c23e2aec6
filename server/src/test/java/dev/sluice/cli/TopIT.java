package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.app.Sluice;
import dev.sluice.config.ConfigurationLoader;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code top} of the packaged jar, in a pseudo-terminal of Python's and in a pipe. */
final class TopIT {
    private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[?7l";
    private static final String LEAVE = "\u001b[0m\u001b[?7h\u001b[?25h\u001b[?1049l";

    @TempDir
    private Path directory;

    private Sluice sluice;

    @BeforeEach
    void start() throws Exception {
        sluice = start("127.0.0.1:0");
    }

    private Sluice start(String admin) throws Exception {
        List<String> sets = List.of(
                "listeners[0].port=0", "admin.listen=" + admin, "cache.memory=32MiB", "sites[0].root=" + directory);
        return Sluice.start(new ConfigurationLoader(directory, Map.of()).load(null, List.of(), sets));
    }

    @AfterEach
    void stop() {
        sluice.close();
    }

    /** {@code \x03} is Ctrl-C, which the terminal makes a SIGINT. */
    @ParameterizedTest
    @ValueSource(strings = {"type:q", "type:\\x03", "signal:INT", "signal:TERM", "signal:HUP"})
    void live_leaving_restoresTheTerminal(String last) throws Exception {
        Session session = session(environment -> {}, "see: average", "see:nothing served yet", "see: last ", last);

        assertEquals(0, session.exit, session.output);
        assertTrue(session.restored, session.output);
        assertTrue(session.output.startsWith(ENTER), session.output);
        assertTrue(session.output.endsWith(LEAVE), session.output);
    }

    @Test
    void live_keysAndResizing_areFollowed() throws Exception {
        Session session = session(
                environment -> {},
                "see:share of requests",
                "type:s",
                "see:share of bytes",
                "type:p",
                "see:paused",
                "type:\\x1b[A",
                "size:60x30",
                "type:p",
                "see:pause",
                "see: last ",
                "type:q");

        assertEquals(0, session.exit, session.output);
        List<String> frames = session.frames();
        assertEquals(24, frames.get(0).split("\r\n").length);
        assertEquals(30, frames.get(frames.size() - 1).split("\r\n").length);
    }

    @Test
    void live_noColor_hasNoneButBoldAndReverse() throws Exception {
        Session session = session(environment -> environment.put("NO_COLOR", "1"), "see: last ", "type:q");

        assertEquals(0, session.exit, session.output);
        assertTrue(session.output.contains("\u001b[7mI/O path"), session.output);
        assertFalse(session.output.contains("\u001b[3"), session.output);
    }

    /** The same address serves again, as after a restart. */
    @Test
    void live_serverAwayForAWhile_isWaitedFor() throws Exception {
        String admin = admin();
        Process process = terminal(
                environment -> {},
                "see: last ",
                "see:connection lost, trying again: cannot reach the admin API",
                "see:q\\x1b[0m quit",
                "type:q");
        BufferedReader steps = process.errorReader(StandardCharsets.UTF_8);
        assertEquals("see: last ", steps.readLine());
        sluice.close();
        assertEquals("see:connection lost, trying again: cannot reach the admin API", steps.readLine());
        sluice = start(admin.replace("http://", "").replace("/", ""));

        Session session = Session.of(process);
        assertEquals(0, session.exit, session.output);
        assertTrue(session.restored, session.output);
    }

    @Test
    void live_noServer_isOneLineOnTheUsualScreen() throws Exception {
        String admin = admin();
        sluice.close();

        Session session = Session.of(terminal(admin, environment -> {}));

        assertEquals(1, session.exit, session.output);
        assertEquals(
                "sluice: cannot reach the admin API at " + admin
                        + ": connection refused (expected: a running Sluice; --admin URL names another)\r\n",
                session.output);
    }

    @Test
    void pipe_interval_isALineEach() throws Exception {
        Process process = new ProcessBuilder(command("--admin", admin(), "--interval", "100ms")).start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            assertEquals(
                    "time      req/s    bytes/s  zero-copy     p50     p99   4xx/s   5xx/s    open    hits",
                    lines.readLine());
            for (int i = 0; i < 2; i++) {
                String line = lines.readLine();
                assertTrue(line.matches("\\d\\d:\\d\\d:\\d\\d +0 +0B +- +- +- +0 +0 +\\d+ +-"), line);
            }
        } finally {
            process.destroy();
        }
        process.waitFor();
    }

    @Test
    void pipe_jsonOfWhichNoMoreIsRead_ends() throws Exception {
        Process process = new ProcessBuilder(command("--admin", admin(), "--interval", "100ms", "--json")).start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (int i = 0; i < 2; i++) {
                JsonNode reading = new JsonMapper().readTree(lines.readLine());
                assertEquals("last", reading.path("since").asString());
                assertTrue(reading.path("seconds").asDouble() > 0);
            }
        }
        assertEquals(0, process.waitFor());
    }

    /** What only {@code top} needs costs a server nothing. */
    @Test
    void serve_start_loadsNothingOfIt() throws Exception {
        List<String> command = command();
        command.set(command.size() - 1, "--port=0");
        command.addAll(List.of("--admin=127.0.0.1:0", directory.toString()));
        command.add(1, "-Xlog:class+load");
        Process process = new ProcessBuilder(command).start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> loaded = new ArrayList<>();
            String line = lines.readLine();
            while (line != null && !line.startsWith("sluice: admin at ")) {
                loaded.add(line);
                line = lines.readLine();
            }
            assertTrue(loaded.stream().anyMatch(l -> l.contains(" dev.sluice.cli.PlainArguments ")));
            assertEquals(
                    List.of(),
                    loaded.stream()
                            .filter(l -> l.contains(" dev.sluice.cli.top.")
                                    || l.contains(" dev.sluice.cli.Top")
                                    || l.contains(" java.net.http."))
                            .toList());
        } finally {
            process.destroy();
        }
        process.waitFor();
    }

    private String admin() {
        String announced = sluice.announcement().get(1);
        return announced.substring(announced.lastIndexOf(' ') + 1);
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar"));
        command.add(System.getProperty("sluice.jar"));
        command.add("top");
        command.addAll(List.of(arguments));
        return command;
    }

    private Session session(Consumer<Map<String, String>> change, String... steps)
            throws IOException, InterruptedException {
        return Session.of(terminal(change, steps));
    }

    private Process terminal(Consumer<Map<String, String>> change, String... steps)
            throws IOException, InterruptedException {
        return terminal(admin(), change, steps);
    }

    private Process terminal(String admin, Consumer<Map<String, String>> change, String... steps)
            throws IOException, InterruptedException {
        assumeTrue(System.getenv("CI") != null || hasPython(), "python3");
        List<String> command = new ArrayList<>(List.of("python3", script().toString(), "80", "24"));
        command.addAll(List.of(steps));
        command.add("--");
        command.addAll(command("--admin", admin, "--interval", "200ms"));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeAll(List.of("NO_COLOR", "COLUMNS", "LINES"));
        builder.environment().put("TERM", "xterm");
        change.accept(builder.environment());
        return builder.start();
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static Path script() {
        return Path.of("src", "test", "resources", "terminal.py").toAbsolutePath();
    }

    /** What happened in the terminal. */
    private record Session(int exit, boolean restored, String output) {
        static Session of(Process process) throws IOException, InterruptedException {
            String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor());
            JsonNode json = new JsonMapper().readTree(told);
            assertTrue(json.path("missed").isNull(), told);
            assertTrue(json.path("exit").isNumber(), told);
            return new Session(
                    json.path("exit").asInt(),
                    json.path("restored").asBoolean(),
                    json.path("output").asString());
        }

        List<String> frames() {
            return Pattern.compile("\u001b\\[H(.*?)\u001b\\[J", Pattern.DOTALL)
                    .matcher(output)
                    .results()
                    .map(frame -> frame.group(1))
                    .toList();
        }
    }
}
