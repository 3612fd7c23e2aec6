package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.InstalledTool;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real Prometheus on a free port of the loopback interface, with its data in a temporary folder; and its promtool. */
final class Prometheus implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("msg=\"Listening on\" address=(127\\.0\\.0\\.1:\\d+)");

    private final Process process;
    private final Path log;
    private final String uri;

    private Prometheus(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.uri = "http://" + Await.present("its port", this::address);
    }

    /** Skips the test if a tool is missing, but on the machine that is to have it. */
    static void assumeInstalled() {
        List.of("prometheus", "promtool").forEach(InstalledTool::required);
    }

    /** Starts it with a configuration, whose folder is where it looks for its rules. */
    static Prometheus start(Path configuration, Path directory) throws IOException {
        Path log = directory.resolve("prometheus.log");
        Process process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:0")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            return new Prometheus(process, log);
        } catch (AssertionError e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private Optional<String> address() {
        assertTrue(process.isAlive(), this::log);
        Matcher listening = LISTENING.matcher(log());
        return listening.find() ? Optional.of(listening.group(1)) : Optional.empty();
    }

    private String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The series that a query finds now. */
    List<JsonNode> query(String query) {
        List<JsonNode> found = new ArrayList<>();
        get("/api/v1/query", "query", query).at("/data/result").forEach(found::add);
        return found;
    }

    /** The value of the only series that a query finds, once it finds one. */
    double value(String query) {
        JsonNode series = Await.present(query, () -> query(query).stream().findFirst());
        return Double.parseDouble(series.at("/value/1").asString());
    }

    /** Waits until a query finds what it is to find. */
    void await(String query) {
        Await.present(query, () -> query(query).stream().findFirst());
    }

    JsonNode rules() {
        return get("/api/v1/rules", "type", "");
    }

    private JsonNode get(String path, String parameter, String value) {
        String body = RestAssured.given()
                .baseUri(uri)
                .queryParam(parameter, value)
                .get(path)
                .asString();
        // Until it is ready it answers in words.
        JsonNode answer = JsonMapper.builder().build().readTree(body.startsWith("{") ? body : "{}");
        if (answer.has("status")) {
            assertEquals("success", answer.get("status").asString(), () -> value + ": " + body);
        }
        return answer;
    }

    @Override
    public void close() {
        InstalledTool.end(process);
    }

    /** What promtool said, and how it ended. */
    record Verdict(int exitCode, String said) {}

    /** Runs promtool in a folder, and hands it a text. */
    static Verdict promtool(Path directory, String input, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        try (var in = process.outputWriter(Charset.defaultCharset())) {
            in.write(input);
        }
        String said = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
        assertTrue(process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS), "promtool runs on");
        return new Verdict(process.exitValue(), said);
    }
}
