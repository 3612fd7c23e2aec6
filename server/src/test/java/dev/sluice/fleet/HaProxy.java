package dev.sluice.fleet;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.InstalledTool;
import dev.sluice.e2e.Await;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The real HAProxy, run by the configuration that comes with Sluice, with the addresses of a test. */
final class HaProxy implements AutoCloseable {
    private static final Path SHIPPED = Path.of("..", "conf", "haproxy", "haproxy.cfg");

    private final Process process;
    private final Path log;
    private final int port;
    private final int figuresPort;

    private HaProxy(Process process, Path log, int port, int figuresPort) {
        this.process = process;
        this.log = log;
        this.port = port;
        this.figuresPort = figuresPort;
    }

    /** Starts it in front of a fleet, and waits until it has found all of them ready. */
    static HaProxy start(Path folder, Fleet fleet) throws IOException {
        int port = fleet.freePort();
        int figuresPort = fleet.freePort();
        Path file = Files.writeString(folder.resolve("haproxy.cfg"), configuration(fleet, port, figuresPort));
        Path log = folder.resolve("haproxy.log");
        Process process = new ProcessBuilder(InstalledTool.required("haproxy").toString(), "-db", "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        HaProxy proxy = new HaProxy(process, log, port, figuresPort);
        try {
            Fleet.NAMES.forEach(name -> proxy.await(name, "UP"));
            return proxy;
        } catch (AssertionError e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static String configuration(Fleet fleet, int port, int figuresPort) throws IOException {
        // Whoever runs the test runs HAProxy.
        String text = replaced(Files.readString(SHIPPED), "    user haproxy\n    group haproxy\n", "");
        text = replaced(text, "    log /dev/log local0\n", "    log stdout format raw local0 notice\n");
        // It demands two files for each of them, which whoever runs the test may not have.
        text = replaced(text, "    maxconn 20000\n", "    maxconn 1000\n");
        text = replaced(text, "bind :80\n", "bind 127.0.0.1:" + port + "\n");
        text = replaced(text, "bind 127.0.0.1:8404\n", "bind 127.0.0.1:" + figuresPort + "\n");
        text = replaced(text, "check port 8081 ", "check ");
        int last = 1;
        for (String name : Fleet.NAMES) {
            text = replaced(
                    text,
                    "server " + name + " 192.0.2." + last + ":8080\n",
                    "server " + name + " 127.0.0.1:" + fleet.port(name) + " port " + fleet.adminPort(name) + "\n");
            last++;
        }
        return text;
    }

    private static String replaced(String text, String shipped, String ours) {
        assertTrue(text.contains(shipped), shipped);
        return text.replace(shipped, ours);
    }

    /** Where it listens for clients. */
    int port() {
        return port;
    }

    /** Waits until what it thinks of a server begins so: {@code UP} or {@code DOWN}. */
    void await(String server, String status) {
        Await.present(
                server + " " + status + " instead of " + figure(server, "status"),
                () -> Optional.of(figure(server, "status")).filter(now -> now.startsWith(status)));
    }

    /** How often it has turned to another server, since one took no connection, or took it and said nothing. */
    long turns() {
        return Long.parseLong(figure("BACKEND", "wredis")) + Long.parseLong(figure("BACKEND", "wretr"));
    }

    /** A figure of one of its servers, or of all of them ({@code BACKEND}); empty while it starts. */
    private String figure(String server, String name) {
        assertTrue(process.isAlive(), this::log);
        return figures().stream()
                .filter(row -> "sluice".equals(row.get("# pxname")) && server.equals(row.get("svname")))
                .map(row -> row.get(name))
                .findFirst()
                .orElse("");
    }

    private List<Map<String, String>> figures() {
        String table;
        try {
            table = RestAssured.given()
                    .urlEncodingEnabled(false)
                    .get("http://127.0.0.1:" + figuresPort + "/stats;csv")
                    .asString();
        } catch (Exception notYet) {
            return List.of();
        }
        List<String> lines = table.lines().toList();
        List<String> names = Arrays.asList(lines.get(0).split(",", -1));
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] values = line.split(",", -1);
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < Math.min(names.size(), values.length); i++) {
                row.put(names.get(i), values[i]);
            }
            rows.add(row);
        }
        return rows;
    }

    private String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        InstalledTool.end(process);
    }
}
