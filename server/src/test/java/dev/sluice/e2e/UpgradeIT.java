package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.InstalledTool;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is reloaded, or replaced by another, while clients ask and ask. */
final class UpgradeIT {
    private static final String PATH = "/page.txt";

    private static final String PAGE = "a page ".repeat(40);

    private static final int CLIENTS = 8;

    /** So many answers lie between one change and the next. */
    private static final int PAUSE = 200;

    @TempDir
    private Path directory;

    private TestSite site() {
        return TestSite.empty().file(PATH, PAGE);
    }

    private Path configure(TestSite site, int port, int edition) throws IOException {
        return write("""
                listeners: [{port: %d}%s]
                admin: {listen: "127.0.0.1:0"}
                sites:
                  - root: "%s"
                    rules: [{headers: {set: {X-Edition: "%d"}}}]
                """.formatted(port, edition % 2 == 0 ? ", {port: 0}" : "", site.root(), edition));
    }

    /** At once, so that nobody reads half of it. */
    private Path write(String yaml) throws IOException {
        Path next = Files.writeString(directory.resolve("next.yaml"), yaml);
        return Files.move(next, directory.resolve("sluice.yaml"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void awaitEdition(URI page, String edition) {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(page).build();
        Await.present("edition " + edition, () -> {
            try {
                HttpResponse<Void> answer = client.send(request, HttpResponse.BodyHandlers.discarding());
                return answer.headers().firstValue("X-Edition").filter(edition::equals);
            } catch (IOException e) {
                throw new AssertionError("no answer", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        });
    }

    @Test
    void sighup_underLoad_reloadsWithoutAFailedRequest() throws Exception {
        int rounds = 30;
        try (TestSite site = site()) {
            Path file = configure(site, 0, 1);
            // In a terminal of whoever runs the tests, the signal would mean that it is closed.
            List<String> launcher = new ArrayList<>(List.of("setsid"));
            launcher.addAll(Program.plainJar(Path.of(System.getProperty("sluice.jar"))));
            try (Program program = Program.start(directory, launcher, "--config=" + file)) {
                URI uri = program.announced("sluice: serving " + site.root() + " at ");
                try (Visitors visitors = new Visitors(CLIENTS, uri.getPort(), PATH, PAGE)) {
                    for (int round = 2; round <= rounds; round++) {
                        configure(site, 0, round);
                        program.signal("HUP");
                        awaitEdition(uri.resolve(PATH), String.valueOf(round));
                    }
                    write("sites: [");
                    program.signal("HUP");
                    Await.present(
                            "a line", () -> Optional.of(program.errors()).filter(lines -> lines.contains("not YAML")));
                    visitors.awaitAnswers(PAUSE);
                    visitors.finish();
                    visitors.tell(rounds + " reloads");
                    visitors.assertNoneLost();
                    assertEquals(0, visitors.sentAgain());
                }
                awaitEdition(uri.resolve(PATH), String.valueOf(rounds));
                program.terminate();
                assertEquals(0, program.exitCode());
            }
        }
    }

    @Test
    void replace_underLoad_losesNoMoreThanWhatWaitsToBeAccepted() throws Exception {
        int rounds = 12;
        List<Program> all = new ArrayList<>();
        try (TestSite site = site()) {
            Program serving = Program.start(
                    directory, "--port=0", "--admin=127.0.0.1:0", site.root().toString());
            all.add(serving);
            int port =
                    serving.announced("sluice: serving " + site.root() + " at ").getPort();
            int admin = serving.announced("sluice: admin at ").getPort();
            try (Visitors visitors = new Visitors(CLIENTS, port, PATH, PAGE)) {
                for (int round = 0; round < rounds; round++) {
                    visitors.awaitAnswers(PAUSE);
                    Program next = Program.start(
                            directory,
                            "--port=" + port,
                            "--admin=127.0.0.1:" + admin,
                            "--replace=" + serving.pid(),
                            site.root().toString());
                    all.add(next);
                    assertEquals(
                            port,
                            next.announced("sluice: serving " + site.root() + " at ")
                                    .getPort());
                    assertEquals(admin, next.announced("sluice: admin at ").getPort());
                    assertEquals(0, serving.exitCode());
                    assertEquals("", serving.errors());
                    assertEquals(200, new AdminClient(URI.create("http://127.0.0.1:" + admin)).status("/readyz"));
                    serving = next;
                }
                visitors.awaitAnswers(PAUSE);
                visitors.finish();
                visitors.tell(rounds + " replacements");
                visitors.assertNoneLostButInTheQueue(rounds);
            }
            serving.terminate();
            assertEquals(0, serving.exitCode());
        } finally {
            all.forEach(Program::close);
        }
    }

    @Test
    void handedDownSocket_serversComeAndGo_losesNoRequest() throws Exception {
        Path python = InstalledTool.required("python3");
        int rounds = 6;
        List<String> launcher = new ArrayList<>(List.of(python.toString(), "-c", SUPERVISOR, String.valueOf(rounds)));
        launcher.addAll(Program.plainJar(Path.of(System.getProperty("sluice.jar"))));
        try (TestSite site = site();
                Program supervisor = Program.start(
                        directory, launcher, "--admin=off", site.root().toString())) {
            int port = Integer.parseInt(supervisor.nextLine());
            try (Visitors visitors = new Visitors(CLIENTS, port, PATH, PAGE)) {
                List<String> lines = new ArrayList<>();
                for (String line = supervisor.nextLine(); line != null; line = supervisor.nextLine()) {
                    lines.add(line);
                }
                visitors.finish();
                assertEquals(
                        rounds - 1, lines.stream().filter("stopped 0"::equals).count(), lines::toString);
                assertTrue(visitors.answers() >= rounds, () -> visitors.answers() + " answers");
                visitors.tell(rounds + " servers on one socket");
                visitors.assertNoneLost();
            }
            assertEquals(0, supervisor.exitCode());
        }
    }

    @Test
    void handedDownSocket_portOfNoListener_isRefused() throws Exception {
        Path python = InstalledTool.required("python3");
        List<String> launcher = new ArrayList<>(List.of(python.toString(), "-c", """
                import socket, subprocess, sys
                s = socket.create_server(("127.0.0.1", 0))
                sys.exit(subprocess.call(sys.argv[1:], stdin=s))
                """));
        launcher.addAll(Program.plainJar(Path.of(System.getProperty("sluice.jar"))));
        try (Program program = Program.start(directory, launcher, "--port=1", "--admin=off", directory.toString())) {
            assertEquals(1, program.exitCode());
            String line = program.errors().strip();
            assertTrue(line.startsWith("sluice: standard input: a socket that listens on /127.0.0.1:"), line);
            assertTrue(line.endsWith(" (expected: the port of a listener: 1)"), line);
        }
    }

    /**
     * Keeps a socket open and starts servers on it, one after the other: every second one before the one before it is stopped,
     * the others after that, as systemd restarts a service. The last one serves until all clients have been answered.
     */
    private static final String SUPERVISOR = """
            import os, socket, subprocess, sys, time
            s = socket.create_server(("127.0.0.1", 0), backlog=1024)
            port = s.getsockname()[1]
            print(port, flush=True)
            command = sys.argv[2:] + ["--port=%d" % port]
            def start():
                server = subprocess.Popen(command, stdin=s, stdout=subprocess.PIPE, text=True)
                print(server.stdout.readline().strip(), flush=True)
                return server
            def stop(server):
                server.terminate()
                print("stopped %d" % server.wait(60), flush=True)
            serving = start()
            for i in range(1, int(sys.argv[1])):
                time.sleep(0.5)
                before = serving
                if i % 2:
                    serving = start()
                    stop(before)
                else:
                    stop(before)
                    serving = start()
            os.close(1)
            # Nobody asks any more, but who waits in the queue is answered.
            time.sleep(3)
            serving.terminate()
            sys.exit(serving.wait(60))
            """;
}
