package dev.sluice.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The packaged server in a process of its own, under strace. */
final class TracedServer implements AutoCloseable {
    /** A traced JVM takes several times as long for everything. */
    private static final long PATIENCE_SECONDS = 120;

    private static final String CALLS =
            "trace=sendfile,write,writev,sendto,sendmsg,pwrite64,read,readv,pread64,epoll_ctl,openat,stat,newfstatat,statx";

    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/");

    private final Process strace;
    private final Path output;
    private final int port;
    private final int adminPort;

    private TracedServer(Process strace, Path output, int port, int adminPort) {
        this.strace = strace;
        this.output = output;
        this.port = port;
        this.adminPort = adminPort;
    }

    /** Whether processes can be traced here at all. */
    static boolean available() throws InterruptedException {
        try {
            return new ProcessBuilder("strace", "-o", "/dev/null", "true")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchTool) {
            return false;
        }
    }

    /** Starts the packaged server under strace, which writes to a file; {@code options} go before the directory. */
    static TracedServer start(Path jar, Path root, Path output, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "strace",
                "-f",
                "-yy",
                "-s",
                "64",
                "-e",
                CALLS,
                "-o",
                output.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar.toString(),
                "--port",
                "0",
                "--admin",
                "127.0.0.1:0",
                // Nothing is to happen behind a request's back.
                "--set",
                "cache.revalidate=1h"));
        command.addAll(List.of(options));
        command.add(root.toString());
        Process strace = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(strace.getInputStream(), StandardCharsets.UTF_8));
        return new TracedServer(strace, output, port(lines, "serving"), port(lines, "admin"));
    }

    private static int port(BufferedReader lines, String what) throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append('\n').append(line);
            Matcher address = ADDRESS.matcher(line);
            if (line.contains("sluice: " + what) && address.find()) {
                return Integer.parseInt(address.group(1));
            }
        }
        return fail("the server ended before it said where its " + what + " is:" + said);
    }

    RawConnection connect() throws IOException {
        return new RawConnection(port);
    }

    /** The newest records of the admin API, as many as there are requests to wait for. */
    List<JsonPath> records(int count) throws Exception {
        Await.equal(count, () -> requests().getList("requests").size());
        JsonPath all = requests();
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    JsonPath one = new JsonPath(all.prettify());
                    one.setRootPath("requests[" + i + "]");
                    return one;
                })
                .toList();
    }

    private JsonPath requests() {
        return RestAssured.given()
                .port(adminPort)
                .get("/api/requests?limit=1000")
                .jsonPath();
    }

    /** Stops the server and reads what it did. */
    Trace stop() throws Exception {
        int pid =
                RestAssured.given().port(adminPort).get("/api/stats").jsonPath().getInt("server.pid");
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
        assertTrue(
                strace.descendants().anyMatch(server::equals),
                "process " + pid + " (expected: one that strace started)");
        server.destroy();
        assertTrue(strace.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "the traced server does not end");
        assertEquals(0, strace.descendants().count());
        return Trace.read(output);
    }

    @Override
    public void close() {
        strace.descendants().forEach(ProcessHandle::destroyForcibly);
        strace.destroyForcibly();
    }
}
