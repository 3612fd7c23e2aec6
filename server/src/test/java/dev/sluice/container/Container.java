package dev.sluice.container;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.e2e.Await;
import dev.sluice.tls.ToolRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * What an image runs, as an engine would run it: as the image's user, on a root that cannot be written to but for {@code /tmp}, and with
 * a loopback interface and mounts of its own.
 */
final class Container implements AutoCloseable {
    private static final String START = """
            root=$1; shift
            ip link set lo up
            mount --bind "$root" "$root"
            mount -o remount,bind,ro "$root"
            mount -t proc proc "$root/proc"
            mount --rbind /dev "$root/dev"
            mount -t tmpfs tmpfs "$root/tmp"
            exec "$@"
            """;

    private final Path folder;
    private final Path root;
    private final JsonNode config;
    private final Process process;
    private final BufferedReader out;

    private Container(Path folder, Path root, JsonNode config, Process process) {
        this.folder = folder;
        this.root = root;
        this.config = config;
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts one.
     *
     * @param folder for what it says
     * @param root where its image lies unpacked
     * @param config of its image
     */
    static Container start(Path folder, Path root, JsonNode config) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("unshare", "--mount", "--net", "--propagation=private", "sh", "-e", "-c", START, "sh"));
        command.add(root.toString());
        command.addAll(inside(root, config, user(config), words(config.get("Entrypoint"))));
        command.addAll(words(config.get("Cmd")));
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("errors.txt").toFile())
                .start();
        return new Container(folder, root, config, process);
    }

    static String user(JsonNode config) {
        return config.get("User").asString();
    }

    private static List<String> words(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    /** A command with the image's root, environment and working directory. */
    private static List<String> inside(Path root, JsonNode config, String user, List<String> command) {
        List<String> all = new ArrayList<>(List.of("chroot", "--userspec=" + user, root.toString(), "env", "-i"));
        all.add("--chdir=" + config.get("WorkingDir").asString());
        all.addAll(words(config.get("Env")));
        all.addAll(command);
        return all;
    }

    /** The next line that it writes. */
    String nextLine() throws IOException {
        String line = out.readLine();
        assertTrue(line != null, this::errors);
        return line;
    }

    /** The health check of the image. */
    ToolRun healthCheck() throws Exception {
        List<String> test = words(config.at("/Healthcheck/Test"));
        assertTrue(test.get(0).equals("CMD"), test::toString);
        return run(user(config), test.subList(1, test.size()));
    }

    /** Runs a command beside it. */
    ToolRun run(String user, List<String> command) throws Exception {
        List<String> all = new ArrayList<>(List.of("--target=" + process.pid(), "--mount", "--net", "--"));
        all.addAll(inside(root, config, user, command));
        return ToolRun.of(folder, 60, "nsenter", all.toArray(String[]::new));
    }

    /** The number of the user that it runs as. */
    String uid() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("Uid:"))
                .map(line -> line.split("\\s+", -1)[1])
                .findFirst()
                .orElse("");
    }

    /** Asks it to stop, and gives its exit code. */
    int stop() throws InterruptedException {
        process.destroy();
        assertTrue(process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS), "it runs on");
        return process.exitValue();
    }

    String errors() {
        try {
            return Files.readString(folder.resolve("errors.txt"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
