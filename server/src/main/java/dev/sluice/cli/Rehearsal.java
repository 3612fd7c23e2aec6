package dev.sluice.cli;

import dev.sluice.app.Sluice;
import dev.sluice.app.StartException;
import dev.sluice.config.ConfigurationException;
import dev.sluice.config.ConfigurationSource;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Starts a server, asks it for what servers are asked for, and stops it: all the classes that matter are then loaded, and the
 * JVM can archive them (JEP 310, JEP 483). {@code server/bin/sluice} runs it once for each jar and JDK.
 *
 * <p>The admin API is started and not asked for anything: a start loads all that is in an AOT cache, and Jackson is a sixth of
 * that.
 */
public final class Rehearsal {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SMALL = 4 << 10;
    private static final int LARGE = 1 << 20;

    private static final List<Request> REQUESTS = List.of(
            new Request("GET", "/", "Accept-Encoding: gzip, br"),
            new Request("GET", "/", "Accept-Encoding: br"),
            new Request("GET", "/index.html", "If-None-Match: \"none\""),
            new Request("GET", "/large.bin", "Accept: */*"),
            new Request("GET", "/large.bin", "Range: bytes=10-20"),
            new Request("HEAD", "/index.html", "Accept: */*"),
            new Request("GET", "/none", "Accept: text/html"));

    private record Request(String method, String path, String field) {
        void sendTo(URI address) throws IOException {
            try (Socket socket = new Socket(address.getHost(), address.getPort())) {
                socket.setSoTimeout((int) PATIENCE.toMillis());
                String head = method + ' ' + path + " HTTP/1.1\r\nHost: localhost\r\n" + field
                        + "\r\nConnection: close\r\n\r\n";
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    private Rehearsal() {}

    /**
     * Rehearses, and ends the JVM: with 0, or with 1 if anything went wrong.
     *
     * @param args none
     * @throws IOException if no temporary folder can be made
     */
    public static void main(String[] args) throws IOException {
        giveUpInTheEnd();
        System.exit(rehearse());
    }

    private static int rehearse() throws IOException {
        try (Stage stage = Stage.build()) {
            PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
            PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
            String root = stage.root().toString();
            return Main.run(
                    Rehearsal::serve,
                    nowhere,
                    err,
                    "--port=0",
                    "--admin=127.0.0.1:0",
                    "--set=cache.memory=16MiB",
                    root);
        }
    }

    /** Whoever waits for an archive can do without one. */
    private static void giveUpInTheEnd() {
        Thread watchdog = new Thread(
                () -> {
                    try {
                        Thread.sleep(PATIENCE.toMillis());
                        Runtime.getRuntime().halt(ExitCode.FAILED);
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                },
                "sluice-watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
    }

    private static void serve(ConfigurationSource source, Set<Integer> shared, Consumer<Sluice> announce)
            throws ConfigurationException, StartException {
        Logging.install(System.err);
        Management.leaveOut();
        try (Sluice server = Sluice.start(source)) {
            List<URI> addresses = server.announcement().stream()
                    .map(line -> URI.create(line.substring(line.lastIndexOf(' ') + 1)))
                    .toList();
            for (Request request : REQUESTS) {
                request.sendTo(addresses.get(0));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A site in a temporary folder: a small page and a large file. */
    private record Stage(Path root) implements Closeable {
        static Stage build() throws IOException {
            Stage stage = new Stage(Files.createTempDirectory("sluice-rehearsal"));
            stage.put(
                    "index.html",
                    "<!doctype html><title>sluice</title>\n".repeat(SMALL / 32).getBytes(StandardCharsets.US_ASCII));
            stage.put("large.bin", new byte[LARGE]);
            return stage;
        }

        /** As old as files of a site are: what was written just now would be waited for. */
        private void put(String name, byte[] content) throws IOException {
            Path file = Files.write(root.resolve(name), content);
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        }

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(root.resolve("index.html"));
            Files.deleteIfExists(root.resolve("large.bin"));
            Files.deleteIfExists(root);
        }
    }
}
