package dev.sluice.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.ConfigurationException;
import dev.sluice.config.ConfigurationLoader;
import dev.sluice.io.LogLines;
import dev.sluice.tls.TestCertificate;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listeners that change when the configuration is read again. */
final class ListenersTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    private Path folder;

    private LogLines log;
    private Sluice server;

    @BeforeEach
    void listen() {
        log = new LogLines();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
        log.close();
    }

    private void write(String listeners) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("site")).resolve("a.txt"), "hello\n");
        Files.writeString(
                folder.resolve("sluice.yaml"),
                "listeners: [" + listeners
                        + "]\nadmin: {listen: 'off'}\ncache: {memory: 32MiB}\nsites: [{root: site}]\n");
    }

    private void start(String listeners) throws IOException, ConfigurationException, StartException {
        write(listeners);
        Path file = folder.resolve("sluice.yaml");
        server = Sluice.start(new ConfigurationLoader(folder, Map.of()).source(file, List.of(), List.of()));
    }

    private void reload(String listeners) throws IOException {
        write(listeners);
        server.reload();
    }

    private String logged() {
        return String.join("\n", log.lines());
    }

    private int port(int listener) {
        String line = server.announcement().get(listener);
        return URI.create(line.substring(line.lastIndexOf(' ') + 1)).getPort();
    }

    /** One that is free now, and may be taken in a moment: whoever asks for it is to be told of that. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }

    private static String get(int port) throws IOException {
        try (Socket socket = new Socket(LOOPBACK, port)) {
            return get(socket);
        }
    }

    /** The status and, of a page, the text; of anything else, where it leads. */
    private static String get(Socket socket) throws IOException {
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write("GET /a.txt HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = socket.getInputStream().read();
            if (octet < 0) {
                throw new IOException("closed after: " + head);
            }
            head.append((char) octet);
        }
        String status = head.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
        int at = head.indexOf("Location: ");
        if (at >= 0) {
            return status + " " + head.substring(at + "Location: ".length(), head.indexOf("\r\n", at));
        }
        return status + " " + new String(socket.getInputStream().readNBytes(6), StandardCharsets.US_ASCII).strip();
    }

    @Test
    void reload_listenerAdded_bothServe() throws Exception {
        start("{port: 0}");
        int added = freePort();

        reload("{port: 0}, {port: " + added + "}");

        assertEquals("200 hello", get(port(0)));
        assertEquals("200 hello", get(added));
        assertTrue(logged().contains("changed: listeners"), this::logged);
    }

    @Test
    void reload_listenerTakenAway_acceptsNoMoreAndServesWhoIsConnected() throws Exception {
        int leaving = freePort();
        start("{port: 0}, {port: " + leaving + "}");
        try (Socket connected = new Socket(LOOPBACK, leaving)) {
            assertEquals("200 hello", get(connected));

            reload("{port: 0}");

            assertThrows(ConnectException.class, () -> get(leaving));
            assertEquals("200 hello", get(connected));
            assertEquals("200 hello", get(port(0)));
        }
    }

    @Test
    void reload_sameAddress_keepsItsSocketWhateverElseIsNew() throws Exception {
        TestCertificate.ec().writeTo(folder);
        String tls = "{port: 0, tls: {certificate: fullchain.pem, key: privkey.pem}}";
        int plain = freePort();
        start(tls + ", {port: " + plain + "}");
        try (Socket connected = new Socket(LOOPBACK, plain)) {
            assertEquals("200 hello", get(connected));

            reload(tls + ", {port: " + plain + ", redirect: https}");

            assertEquals("308 https://a:" + port(0) + "/a.txt", get(plain));
            assertEquals("200 hello", get(connected));
            reload(tls + ", {port: " + plain + "}");
            assertEquals("200 hello", get(plain));
        }
    }

    @Test
    void reload_secureListenerMoved_redirectLeadsThere() throws Exception {
        TestCertificate.ec().writeTo(folder);
        String tls = ", tls: {certificate: fullchain.pem, key: privkey.pem}}";
        int redirect = freePort();
        int moved = freePort();
        start("{port: 0" + tls + ", {port: " + redirect + ", redirect: https}");

        reload("{port: " + moved + tls + ", {port: " + redirect + ", redirect: https}");

        assertEquals("308 https://a:" + moved + "/a.txt", get(redirect));
    }

    @Test
    void reload_addressWidened_isNotInItsOwnWay() throws Exception {
        int port = freePort();
        start("{port: " + port + "}");

        reload("{host: 0.0.0.0, port: " + port + "}");

        assertEquals("200 hello", get(port));
        assertTrue(logged().contains("generation 2"), this::logged);
    }

    @Test
    void reload_portTaken_isRefusedAndNothingChanges() throws Exception {
        int added = freePort();
        start("{port: 0}");
        try (ServerSocket other = new ServerSocket(0, 1, LOOPBACK)) {
            reload("{port: " + added + "}, {port: " + other.getLocalPort() + "}");
        }

        assertTrue(logged().contains("not reloaded, the old one stays: cannot listen on 127.0.0.1:"), this::logged);
        assertEquals("200 hello", get(port(0)));
        assertThrows(ConnectException.class, () -> get(added));
    }

    @Test
    void reload_certificateMissing_isRefusedAndNothingChanges() throws Exception {
        int added = freePort();
        start("{port: 0}");

        reload("{port: " + added + "}, {port: 0, tls: {certificate: none.pem, key: none.pem}}");

        assertTrue(logged().contains("not reloaded"), this::logged);
        assertEquals("200 hello", get(port(0)));
        assertThrows(ConnectException.class, () -> get(added));
    }

    @Test
    void reload_underLoad_refusesNobody() throws Exception {
        int coming = freePort();
        start("{port: 0}");
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger answers = new AtomicInteger();
        ExecutorService clients = Executors.newFixedThreadPool(4);
        List<Future<?>> asking = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                asking.add(clients.submit(() -> {
                    while (!enough.get()) {
                        assertEquals("200 hello", get(port(0)));
                        answers.incrementAndGet();
                    }
                    return null;
                }));
            }
            for (int i = 0; i < 25; i++) {
                reload("{port: 0, h2c: true}, {port: " + coming + "}");
                assertEquals("200 hello", get(coming));
                reload("{port: 0}");
            }
            enough.set(true);
            for (Future<?> client : asking) {
                client.get();
            }
        } finally {
            enough.set(true);
            clients.shutdown();
        }
        assertTrue(answers.get() > 50, () -> answers + " answers");
        assertTrue(logged().contains("generation 51"), this::logged);
    }
}
