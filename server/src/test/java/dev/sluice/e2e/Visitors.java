package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that ask for one file again and again, each a request after the other: half of them on a connection that they keep,
 * half on a new one each time.
 *
 * <p>A kept connection may be closed at any time, also just as a request is sent on it; whoever sees it end without an octet of
 * an answer may ask again (RFC 9112 §9.3.1), as every browser and proxy does. These do, and count it. Everything else that is not
 * the whole file is a failure.
 */
final class Visitors implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    /** So many failures tell as much as all. */
    private static final int SHOWN = 5;

    private final int port;
    private final byte[] request;
    private final String expected;
    private final List<Thread> clients = new ArrayList<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger again = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean enough;

    /**
     * Has them begin.
     *
     * @param expected what the file holds, in ASCII
     */
    Visitors(int many, int port, String path, String expected) {
        this.port = port;
        this.request = ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        this.expected = expected;
        for (int i = 0; i < many; i++) {
            boolean keeps = i % 2 == 0;
            Thread client = new Thread(() -> visit(keeps), "visitor-" + i);
            clients.add(client);
            client.start();
        }
    }

    private void visit(boolean keeps) {
        Socket connection = null;
        try {
            while (!enough) {
                boolean used = connection != null;
                if (!used) {
                    connection = connect();
                }
                boolean open = connection != null && ask(connection, used);
                if (!open || !keeps) {
                    close(connection);
                    connection = null;
                }
            }
        } finally {
            close(connection);
        }
    }

    private Socket connect() {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return socket;
        } catch (IOException e) {
            failures.add("a new connection: " + e);
            return null;
        }
    }

    private static void close(Socket connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (IOException e) {
            throw new AssertionError("a socket: not closed", e);
        }
    }

    /** Asks once; false if the connection cannot be used again. */
    private boolean ask(Socket connection, boolean used) {
        StringBuilder head = new StringBuilder();
        try {
            connection.getOutputStream().write(request);
            InputStream in = connection.getInputStream();
            while (head.indexOf("\r\n\r\n") < 0) {
                int octet = in.read();
                if (octet < 0) {
                    throw new IOException("closed");
                }
                head.append((char) octet);
            }
            String body = new String(in.readNBytes(expected.length()), StandardCharsets.US_ASCII);
            assertEquals("HTTP/1.1 200 OK " + expected, head.substring(0, head.indexOf("\r\n")) + " " + body);
            answers.incrementAndGet();
            return head.indexOf("Connection: close") < 0;
        } catch (IOException e) {
            if (used && head.isEmpty()) {
                again.incrementAndGet();
            } else {
                failures.add((used ? "a kept connection: " : "a new connection: ") + e + " after \"" + head + '"');
            }
        } catch (AssertionError wrong) {
            failures.add(wrong.getMessage());
        }
        return false;
    }

    /** How many requests have been answered, whole and right. */
    int answers() {
        return answers.get();
    }

    /** Waits until some more have been answered. */
    void awaitAnswers(int more) {
        int before = answers();
        Await.present(
                more + " answers more",
                () -> Optional.of(answers() - before).filter(since -> since >= more || !failures.isEmpty()));
    }

    /** How many were sent again, since their kept connection was closed without an answer. */
    int sentAgain() {
        return again.get();
    }

    /** What went wrong, one line for each. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /**
     * A connection that waits in the queue of a socket at the moment in which that is closed is reset, unless the kernel is told
     * to hand it to another socket that shares the address (tcp_migrate_req, Linux 5.14). It is not told so by itself.
     */
    private static boolean queueMoves() throws IOException {
        Path setting = Path.of("/proc/sys/net/ipv4/tcp_migrate_req");
        return Files.exists(setting) && Files.readString(setting).strip().equals("1");
    }

    private static boolean isResetInQueue(String failure) {
        return failure.startsWith("a new connection: ") && failure.endsWith("reset after \"\"");
    }

    /** Prints how many failed of how many. */
    void tell(String during) {
        System.out.println(
                during + ": " + failures.size() + " failed of " + answers() + "; " + sentAgain() + " sent again");
    }

    /** Asserts that nothing went wrong. */
    void assertNoneLost() {
        assertEquals(List.of(), failures.stream().limit(SHOWN).toList());
    }

    /**
     * Asserts that nothing went wrong but, where the kernel does not move it, with a connection in the queue of a socket that was closed.
     *
     * @param closed how many sockets were, each beside another one of the same address
     */
    void assertNoneLostButInTheQueue(int closed) throws IOException {
        List<String> others = failures.stream()
                .filter(failure -> !isResetInQueue(failure))
                .limit(SHOWN)
                .toList();
        assertEquals(List.of(), others);
        int tolerated = queueMoves() ? 0 : closed;
        assertTrue(failures.size() <= tolerated, () -> failures.size() + " lost");
    }

    /** Has them stop. */
    @Override
    public void close() {
        finish();
    }

    /** Has them stop, each when it has been answered. */
    void finish() {
        enough = true;
        for (Thread client : clients) {
            try {
                client.join(2 * PATIENCE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
