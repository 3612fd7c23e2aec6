package dev.sluice.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.RunningServer;
import dev.sluice.e2e.Await;
import dev.sluice.io.LogLines;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate is renewed, broken and mended while clients ask and ask on connections that they keep. */
final class RenewalUnderLoadTest {
    private static final int CLIENTS = 4;

    @TempDir
    Path folder;

    private final AtomicBoolean enough = new AtomicBoolean();
    private final AtomicLong answers = new AtomicLong();

    /** Asks until it is enough; fails if the connection ends or answers anything but 200. */
    private Void ask(SSLSocket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] request = "GET /a.txt HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        while (!enough.get()) {
            socket.getOutputStream().write(request);
            StringBuilder response = new StringBuilder();
            while (response.indexOf("\r\n\r\nhello\n") < 0) {
                response.append((char) in.readByte());
            }
            assertTrue(response.toString().startsWith("HTTP/1.1 200 "), response::toString);
            answers.incrementAndGet();
        }
        return null;
    }

    private void replace(String name, String content) throws IOException {
        Path next = Files.writeString(folder.resolve(name + ".new"), content);
        Files.move(next, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static X509Certificate awaitShown(RunningServer server, X509Certificate expected) {
        return Await.present("the renewed certificate", () -> {
            try {
                return Optional.of(TlsClient.shown(server.port(0), "localhost")).filter(expected::equals);
            } catch (IOException e) {
                throw new AssertionError("a new connection: refused", e);
            }
        });
    }

    @Test
    void renewal_underLoad_reachesNewConnectionsAndDisturbsNoOldOne() throws Exception {
        TestCertificate first = TestCertificate.ec().writeTo(folder);
        TestCertificate second = TestCertificate.rsa();
        TestCertificate third = TestCertificate.ec();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try (LogLines log = new LogLines();
                RunningServer server = RunningServer.start(
                        folder, "[{port: 0, tls: {certificate: fullchain.pem, key: privkey.pem}}]")) {
            List<SSLSocket> sockets = new ArrayList<>();
            List<Future<Void>> asking = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                SSLSocket socket = TlsClient.connect(server.port(0), "localhost");
                assertEquals(first.certificate(), TlsClient.shown(socket));
                sockets.add(socket);
                asking.add(clients.submit(() -> ask(socket)));
            }

            second.writeTo(folder);
            awaitShown(server, second.certificate());

            replace("fullchain.pem", third.certificatePem().substring(0, 200));
            Await.present("the warning", () -> warnings(log).stream().findFirst());
            assertEquals(second.certificate(), TlsClient.shown(server.port(0), "localhost"));

            replace("fullchain.pem", third.certificatePem());
            replace("privkey.pem", third.keyPem());
            awaitShown(server, third.certificate());

            long before = answers.get();
            Await.present(
                    "answers on the old connections",
                    () -> Optional.of(answers.get()).filter(now -> now > before + CLIENTS));
            enough.set(true);
            for (Future<Void> client : asking) {
                client.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            for (SSLSocket socket : sockets) {
                assertEquals(first.certificate(), TlsClient.shown(socket));
                socket.close();
            }
            assertEquals(1, warnings(log).size(), () -> warnings(log).toString());
        } finally {
            clients.shutdownNow();
        }
    }

    private static List<String> warnings(LogLines log) {
        return log.lines().stream()
                .filter(line -> line.startsWith("certificates not renewed, the old ones stay: certificate "))
                .toList();
    }
}
