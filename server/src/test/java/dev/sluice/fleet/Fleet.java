package dev.sluice.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.e2e.Await;
import dev.sluice.e2e.Program;
import dev.sluice.tls.ToolRun;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Three packaged servers, each with copies of the releases of a site of its own, and a link to the one that it serves. Each
 * response says in {@code X-Replica} whose it is. They ask for a token, which health checks need not know.
 */
final class Fleet implements AutoCloseable {
    static final List<String> NAMES = List.of("a", "b", "c");

    private final Path folder;
    private final Path token;
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final Map<String, Integer> adminPorts = new LinkedHashMap<>();
    private final Set<Integer> given = new HashSet<>();
    private final Map<String, Program> running = new LinkedHashMap<>();

    /**
     * Starts them with the first release.
     *
     * @param folder for their files
     * @param releases folders that are copied to each of them, with their times
     */
    Fleet(Path folder, List<Path> releases) throws Exception {
        this.folder = folder;
        this.token = Files.writeString(folder.resolve("token"), "only-for-this-test-of-a-fleet-0123456789");
        try {
            for (String name : NAMES) {
                ports.put(name, freePort());
                adminPorts.put(name, freePort());
                copy(name, releases);
                serve(name, releases.get(0).getFileName().toString());
                start(name);
            }
        } catch (Exception | AssertionError e) {
            close();
            throw e;
        }
    }

    private void copy(String name, List<Path> releases) throws Exception {
        Path own = Files.createDirectory(folder.resolve(name));
        for (Path release : releases) {
            ToolRun copy = ToolRun.of(folder, 60, "cp", "-a", release.toString(), own.toString());
            assertEquals(0, copy.exitCode(), copy::said);
        }
    }

    /**
     * A port that is free, and stays so while its server is away: it lies below those that the kernel gives to clients (32768 and
     * above).
     */
    int freePort() throws IOException {
        SplittableRandom random = new SplittableRandom();
        IOException taken = new IOException();
        for (int i = 0; i < 100; i++) {
            int port = random.nextInt(15_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                if (given.add(port)) {
                    return socket.getLocalPort();
                }
            } catch (IOException e) {
                taken = e;
            }
        }
        throw taken;
    }

    int port(String name) {
        return ports.get(name);
    }

    int adminPort(String name) {
        return adminPorts.get(name);
    }

    /** Has one of them serve a release, from one moment to the next. */
    void serve(String name, String release) throws IOException {
        Path next = Files.createSymbolicLink(folder.resolve(name).resolve("next"), Path.of(release));
        Files.move(next, next.resolveSibling("current"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Starts one, and waits until it is ready. */
    void start(String name) throws IOException {
        Path root = folder.resolve(name).resolve("current");
        Program program = Program.start(
                folder,
                "--port=" + port(name),
                "--admin=127.0.0.1:" + adminPort(name),
                "--set=admin.tokenFile=" + token,
                "--set=cache.memory=32MiB",
                "--set=limits.connectionsPerClient=0",
                "--set=sites[0].rules=[{headers: {set: {X-Replica: " + name + "}}}]",
                root.toString());
        running.put(name, program);
        program.announced("sluice: serving " + root + " at ");
        program.announced("sluice: admin at ");
        Await.present("ready", () -> Optional.of(ready(name)).filter(ready -> ready));
    }

    /** Without the token. */
    private boolean ready(String name) {
        return RestAssured.get("http://127.0.0.1:" + adminPort(name) + "/readyz")
                        .statusCode()
                == 200;
    }

    /** Asks one to stop, as a service manager does, and waits until it has. */
    void stop(String name) throws InterruptedException {
        Program program = running.get(name);
        program.terminate();
        assertEquals(0, program.exitCode(), program::errors);
    }

    /** Ends one by SIGKILL. */
    void kill(String name) {
        running.get(name).close();
    }

    @Override
    public void close() {
        running.values().forEach(Program::close);
    }
}
