package dev.sluice.soak;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.e2e.Program;
import dev.sluice.fault.Await;
import dev.sluice.metrics.Scrape;
import dev.sluice.tls.TestCertificate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A mixed load for as many minutes as {@code soak.minutes} says, each no faster than {@code soak.rate}: hot and large files, ranges, compressed text, TLS, HTTP/2, clients
 * that leave and clients that hardly read, while one release of the site follows the other. No answer may be wrong, and what the
 * server holds afterwards is what it held after the first minutes.
 */
final class SoakIT {
    private static final long SECONDS =
            Duration.ofMinutes(Integer.getInteger("soak.minutes", 2)).toSeconds();

    /** Of each client: bounded, an hour of it can pass beside other work. */
    private static final long ANSWERS_PER_SECOND = Long.getLong("soak.rate", 1_000_000);

    private static final long LARGE_ANSWERS_PER_SECOND = Math.max(1, ANSWERS_PER_SECOND / 100);

    /** After which all has been in use that ever will be. */
    private static final long WARM_UP_SECONDS = Math.min(300, SECONDS / 4);

    private static final long DEPLOY_MILLIS = 3_000;
    private static final long WRITE_TIMEOUT_MILLIS = 5_000;

    private static final long HEAP_SPARE = 16 << 20;
    private static final long DIRECT_SPARE = 4 << 20;

    /** The large files of as many releases as are made while one that nobody asks for stays open, a window of 8 MiB each. */
    private static final long MAPPED_SPARE = 4 * (8L << 20);

    private static final int THREADS_SPARE = 8;

    /**
     * A directory of a release that has gone stays open until the next look at it, two and a half minutes later: twice three of each
     * release that was deployed meanwhile.
     */
    private static final long FILES_SPARE = 8 + 6 * 150_000 / DEPLOY_MILLIS;

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Validators validators = new Validators();
    private final TestCertificate certificate = TestCertificate.ec();
    private Releases releases;
    private Program server;
    private URI clear;
    private URI secure;
    private URI admin;

    @BeforeEach
    void start() throws IOException {
        releases = new Releases(Files.createDirectory(folder.resolve("site")));
        certificate.writeTo(folder);
        Path configuration = Files.writeString(folder.resolve("sluice.yaml"), """
                listeners:
                  - port: 0
                  - port: 0
                    tls: {certificate: fullchain.pem, key: privkey.pem}
                admin: {listen: "127.0.0.1:0"}
                sites: [{root: site/current}]
                cache: {memory: 8MiB}
                limits: {writeTimeout: %dms, headerTimeout: 5s, idleTimeout: 20s, connections: 1000}
                """.formatted(WRITE_TIMEOUT_MILLIS));
        server = Program.start(folder, "--config=" + configuration);
        String serving = "sluice: serving site/current at ";
        clear = server.announced(serving);
        secure = server.announced(serving);
        admin = server.announced("sluice: admin at ");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void load_forMinutes_isAnsweredRightAndLeavesNothingBehind() throws Exception {
        load(WARM_UP_SECONDS);
        Footprint before = footprint();
        Map<String, Long> checked = load(SECONDS - WARM_UP_SECONDS);
        Footprint after = footprint();

        String report = "after " + WARM_UP_SECONDS + " s: " + before + "\nafter " + SECONDS + " s: " + after
                + "\nanswers checked since, all right: " + checked + "\nreleases: " + releases.deployed() + '\n';
        Files.writeString(Path.of("target", "soak.txt"), report);
        checked.forEach((name, count) ->
                assertTrue(count > 0 || List.of("leaves", "is slow").contains(name), () -> name + ": " + checked));
        assertAll(
                report,
                () -> assertTrue(after.heap() <= before.heap() + HEAP_SPARE, "heap"),
                () -> assertTrue(after.direct() <= before.direct() + DIRECT_SPARE, "direct memory"),
                () -> assertTrue(after.mapped() <= before.mapped() + MAPPED_SPARE, "mapped"),
                () -> assertTrue(after.files() <= before.files() + FILES_SPARE, "open files"),
                () -> assertTrue(after.threads() <= before.threads() + THREADS_SPARE, "threads"));
        server.terminate();
        assertEquals(0, server.exitCode());
        assertEquals("", server.errors());
    }

    private Map<String, Long> load(long seconds) throws Exception {
        SplittableRandom random = new SplittableRandom();
        int port = clear.getPort();
        SSLContext trusting = certificate.trusting();
        Load load = new Load(ANSWERS_PER_SECOND);
        load.add("hot", new HotClient(port, validators, random.split()));
        load.add("hot", new HotClient(port, validators, random.split()));
        load.add("br", new TextClient(port, validators, random.split()));
        load.add("large and ranges", new LargeClient(port, validators, random.split()), LARGE_ANSWERS_PER_SECOND);
        for (HttpClient.Version version : HttpClient.Version.values()) {
            load.add("TLS " + version, new SecureClient(secure, trusting, version, validators, random.split()));
        }
        load.add("leaves", new LeavingClient(port, random.split()));
        load.add("is slow", new SlowClient(port, WRITE_TIMEOUT_MILLIS));
        load.add("deploys", () -> {
            TimeUnit.MILLISECONDS.sleep(DEPLOY_MILLIS);
            releases.deploy();
            return 1;
        });
        return load.work(seconds);
    }

    /** What it holds when all clients have gone, and garbage too. */
    private Footprint footprint() throws Exception {
        // Connections of HTTP/2 stay until all three timeouts are over.
        Await.equal(
                "idle",
                () -> {
                    Footprint now = metrics();
                    return now.isIdle() ? "idle" : now.toString();
                },
                Duration.ofMinutes(1));
        Process collection = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(server.pid()),
                        "GC.run")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertEquals(0, collection.waitFor());
        return metrics();
    }

    private Footprint metrics() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(admin.resolve("/metrics")).build();
        return Footprint.of(Scrape.parse(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body()));
    }
}
