package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that may open few files, and clients that want all of them. */
@Timeout(180)
class DescriptorsIT {
    private static final int DESCRIPTORS = 256;
    private static final int CLIENTS = 200;
    private static final int FILE_SIZE = 32 << 20;

    /** Seconds until a listener that was refused a descriptor tries again (XNIO 3.8), and some more. */
    private static final Duration BACK_OFF = Duration.ofSeconds(60);

    /** A tick of the kernel's account (proc(5)): USER_HZ. */
    private static final long TICK = TimeUnit.SECONDS.toNanos(1) / 100;

    private static final String NO_ANSWER = "none";

    /** So many wait for it in vain that it is not long; whoever is taken for one of them by mistake does no harm. */
    private static final int PATIENCE_MILLIS = 200;

    @TempDir
    private Path directory;

    private final List<Socket> clients = new ArrayList<>();

    private Path site() throws IOException {
        Path site = Files.createDirectory(directory.resolve("site"));
        for (int i = 0; i < CLIENTS; i++) {
            try (RandomAccessFile file =
                    new RandomAccessFile(site.resolve("f" + i).toFile(), "rw")) {
                // Nothing but a hole: no disk is filled by them.
                file.setLength(FILE_SIZE);
            }
        }
        return site;
    }

    /** Connections have half of the descriptors, and their requests find no more for the files of all of them. */
    @Test
    void files_moreThanThereAreDescriptors_get503AndConnectionsWait() throws Exception {
        try (Program program = start()) {
            URI server = announced(program);
            for (int i = 0; i < CLIENTS; i++) {
                connect(server);
            }
            Map<String, Integer> answers = new TreeMap<>();
            for (int i = 0; i < CLIENTS; i++) {
                answers.merge(status(clients.get(i), "/f" + i, PATIENCE_MILLIS), 1, Integer::sum);
            }

            assertEquals(Set.of("200", "503", NO_ANSWER), answers.keySet(), answers::toString);
            assertTrue(answers.get("200") >= DESCRIPTORS / 4, answers::toString);
            assertTrue(answers.get(NO_ANSWER) >= CLIENTS - DESCRIPTORS / 2, answers::toString);
            assertQuietAndServingAgain(program, server);
            assertTrue(program.errors().contains("limits.connections: 128 instead of 10000"), program::errors);
            assertTrue(
                    program.errors()
                                    .lines()
                                    .filter(line -> line.contains("503"))
                                    .count()
                            <= 3,
                    program::errors);
        }
    }

    /** Each takes two, so that the kernel refuses one to a listener that is not full. */
    @Test
    void connections_moreThanThereAreDescriptors_wait() throws Exception {
        try (Program program = start()) {
            URI server = announced(program);
            Map<String, Integer> answers = new TreeMap<>();
            for (int i = 0; i < CLIENTS; i++) {
                connect(server);
                answers.merge(status(clients.get(i), "/f" + i, PATIENCE_MILLIS), 1, Integer::sum);
            }

            assertTrue(Set.of("200", "503", NO_ANSWER).containsAll(answers.keySet()), answers::toString);
            assertTrue(answers.get("200") >= DESCRIPTORS / 4, answers::toString);
            assertTrue(answers.get(NO_ANSWER) > 0, answers::toString);
            assertQuietAndServingAgain(program, server);
        }
    }

    private Program start() throws IOException {
        List<String> limited =
                new ArrayList<>(List.of("sh", "-c", "ulimit -n " + DESCRIPTORS + " && exec \"$@\"", "sh"));
        limited.addAll(Program.plainJar(Path.of(System.getProperty("sluice.jar"))));
        return Program.start(
                directory,
                limited,
                "--port",
                "0",
                "--admin",
                "off",
                "--set",
                "limits.writeTimeout=5m",
                site().toString());
    }

    private URI announced(Program program) throws IOException {
        return program.announced("sluice: serving " + directory.resolve("site") + " at ");
    }

    private void assertQuietAndServingAgain(Program program, URI server) throws IOException {
        long before = processorTime(program);
        long began = System.nanoTime();
        Await.present(
                "a quiet second",
                () -> Optional.of(System.nanoTime() - began).filter(passed -> passed > TimeUnit.SECONDS.toNanos(1)));
        long busy = processorTime(program) - before;
        assertTrue(busy < TimeUnit.SECONDS.toNanos(1) / 4, () -> busy / 1_000_000 + " ms in a second");

        leave();

        Await.present(
                "served again", BACK_OFF, () -> Optional.of(askOnce(server)).filter("200"::equals));
    }

    @AfterEach
    void leave() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
    }

    private void connect(URI server) throws IOException {
        Socket client = new Socket();
        clients.add(client);
        client.setReceiveBufferSize(4 << 10);
        client.connect(new InetSocketAddress(server.getHost(), server.getPort()));
    }

    private static String askOnce(URI server) {
        try (Socket client = new Socket(server.getHost(), server.getPort())) {
            return status(client, "/f0", 5_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks for a file and reads no more than the status of the answer. */
    private static String status(Socket client, String path, int patienceMillis) throws IOException {
        client.setSoTimeout(patienceMillis);
        client.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: test\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        InputStream in = client.getInputStream();
        try {
            String line = new String(in.readNBytes("HTTP/1.1 200".length()), StandardCharsets.US_ASCII);
            return line.isEmpty() ? "closed" : line.substring("HTTP/1.1 ".length());
        } catch (SocketTimeoutException waits) {
            return NO_ANSWER;
        }
    }

    /** What a process has used so far, in nanoseconds: utime and stime of proc(5). */
    private static long processorTime(Program program) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(program.pid()), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK;
    }
}
