package dev.sluice.tls;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.InstalledTool;
import dev.sluice.RunningServer;
import dev.sluice.e2e.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that a client resumes without showing its certificate again, and authorities that are replaced meanwhile. */
final class ClientSessionTest {
    private static final String REQUEST = "GET /a.txt HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    private static final int REQUIRED = 0;
    private static final int OPTIONAL = 1;
    private static final int OF_OTHERS = 2;

    private static TestCertificate own;
    private static TestCertificate authority;
    private static TestCertificate other;
    private static TestCertificate client;

    @TempDir
    Path folder;

    private RunningServer server;

    @BeforeAll
    static void make() {
        own = TestCertificate.ec();
        authority = TestCertificate.authority("authority");
        other = TestCertificate.authority("other");
        client = authority.sign("client");
    }

    @BeforeEach
    void start() throws Exception {
        own.writeTo(folder);
        client.writeTo(Files.createDirectory(folder.resolve("client")));
        Files.writeString(folder.resolve("ca.pem"), authority.certificatePem());
        Files.writeString(folder.resolve("other.pem"), other.certificatePem());
        server = RunningServer.start(
                folder,
                "[" + listener("{authorities: ca.pem}") + ", " + listener("{authorities: ca.pem, mode: optional}")
                        + ", " + listener("{authorities: other.pem}") + "]");
    }

    private static String listener(String clients) {
        return "{port: 0, tls: {certificate: fullchain.pem, key: privkey.pem}, clientCertificates: " + clients + "}";
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** What openssl says to a handshake and a request, and the answer to it. */
    private String ask(int listener, String version, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                InstalledTool.required("openssl").toString(),
                "s_client",
                "-connect",
                "127.0.0.1:" + server.port(listener),
                "-servername",
                "localhost",
                "-ign_eof",
                version));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            try {
                process.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
                process.getOutputStream().close();
            } catch (IOException refused) {
                // What it has said tells more.
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertTrue(process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS), said);
            return said;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Keeps a session in which the client has shown its certificate, if one is named. */
    private void keepSession(int listener, String version, boolean shown) throws Exception {
        String said = shown
                ? ask(
                        listener,
                        version,
                        "-cert",
                        "client/fullchain.pem",
                        "-key",
                        "client/privkey.pem",
                        "-sess_out",
                        "session")
                : ask(listener, version, "-sess_out", "session");
        assertTrue(said.contains("HTTP/1.1 200 "), said);
    }

    private String resume(int listener, String version) throws Exception {
        return ask(listener, version, "-sess_in", "session");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void session_resumed_keepsWhatTheClientHasShown(String version) throws Exception {
        keepSession(REQUIRED, version, true);

        String said = resume(REQUIRED, version);

        assertTrue(said.contains("Reused, "), said);
        assertTrue(said.contains("HTTP/1.1 200 "), said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void session_ofAnotherListener_isNotResumed(String version) throws Exception {
        keepSession(OPTIONAL, version, true);

        for (int listener : new int[] {REQUIRED, OF_OTHERS}) {
            String said = resume(listener, version);
            assertFalse(said.contains("Reused, "), said);
            assertFalse(said.contains("HTTP/1.1 200 "), said);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void session_withoutACertificate_isResumedWithoutOne(String version) throws Exception {
        keepSession(OPTIONAL, version, false);

        assertTrue(resume(OPTIONAL, version).contains("Reused, "));
        assertFalse(resume(REQUIRED, version).contains("HTTP/1.1 200 "));
    }

    @Test
    void authorities_replaced_refuseTheirClientsAndTheirSessionsButEndNoConnection() throws Exception {
        SSLContext before = own.trusting("TLS", client.shown());
        SSLContext after = own.trusting("TLS", other.sign("client").shown());
        SSLSocket open = TlsClient.connect(server.port(REQUIRED), before, "localhost");
        keepSession(REQUIRED, "-tls1_3", true);

        Files.writeString(folder.resolve("ca.pem"), other.certificatePem());

        Await.present(
                "a client of the new authority",
                () -> Optional.of(isServed(after)).filter(served -> served));
        assertFalse(isServed(own.trusting("TLS", client.shown())));
        String said = resume(REQUIRED, "-tls1_3");
        assertFalse(said.contains("HTTP/1.1 200 "), said);
        assertTrue(TlsClient.get(open, "/a.txt", "a").startsWith("HTTP/1.1 200 "));
    }

    private boolean isServed(SSLContext context) {
        try {
            return TlsClient.get(TlsClient.connect(server.port(REQUIRED), context, "localhost"), "/a.txt", "a")
                    .startsWith("HTTP/1.1 200 ");
        } catch (IOException refused) {
            return false;
        }
    }
}
