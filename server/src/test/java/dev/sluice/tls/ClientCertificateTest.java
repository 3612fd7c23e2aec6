package dev.sluice.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.RunningServer;
import dev.sluice.e2e.AdminClient;
import dev.sluice.e2e.Await;
import dev.sluice.h2.Http2Client;
import dev.sluice.io.LogLines;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mutual TLS: which clients are served, whatever versions of TLS and HTTP they speak. */
final class ClientCertificateTest {
    private static final String[] SERVERS_ONLY = {"-ext", "eku=serverAuth"};

    /** Their places in the configuration. */
    private static final List<String> MODES = List.of("required", "optional");

    @TempDir
    static Path folder;

    private static TestCertificate own;
    private static Map<String, KeyManager[]> clients;
    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        own = TestCertificate.ec().writeTo(folder);
        TestCertificate authority = TestCertificate.authority("authority");
        TestCertificate known = authority.sign("known");
        Map<String, TestCertificate> pinned = Map.of(
                "pinned", TestCertificate.own("pinned"),
                "pinned-expired", TestCertificate.own("pinned-expired", TestCertificate.EXPIRED),
                "pinned-server", TestCertificate.own("pinned-server", SERVERS_ONLY));
        Map<String, TestCertificate> certificates = new TreeMap<>(pinned);
        certificates.put("known", known);
        certificates.put("client", authority.sign("client", "-ext", "eku=clientAuth"));
        certificates.put(
                "through-another", authority.sign("another", "-ext", "bc:c").sign("through-another"));
        certificates.put("stranger", TestCertificate.authority("stranger").sign("known"));
        certificates.put("impostor", TestCertificate.authority("authority").sign("known"));
        certificates.put("own", TestCertificate.own("own"));
        certificates.put("of-no-authority", known.sign("of-no-authority"));
        certificates.put("of-pinned", pinned.get("pinned").sign("of-pinned"));
        certificates.put("expired", authority.sign("expired", TestCertificate.EXPIRED));
        certificates.put("early", authority.sign("early", "-startdate", "+1d"));
        certificates.put("server", authority.sign("server", SERVERS_ONLY));
        clients = new TreeMap<>(Map.of("without", new KeyManager[0]));
        certificates.forEach((name, certificate) -> clients.put(name, new KeyManager[] {certificate.shown()}));

        StringBuilder authorities = new StringBuilder(authority.certificatePem());
        pinned.values().forEach(certificate -> authorities.append(certificate.certificatePem()));
        Files.writeString(folder.resolve("ca.pem"), authorities);
        StringBuilder listeners = new StringBuilder("[");
        for (String mode : MODES) {
            listeners
                    .append("{port: 0, tls: {certificate: fullchain.pem, key: privkey.pem}, ")
                    .append("clientCertificates: {authorities: ca.pem, mode: ")
                    .append(mode)
                    .append("}}, ");
        }
        server = RunningServer.startWithAdmin(folder, listeners + "]");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static SSLContext context(String client, String version) {
        return own.trusting(version, clients.get(client));
    }

    /** Whether a client is answered; in TLS 1.3 it takes its handshake for done before it is refused. */
    private static boolean served(String mode, String client, String version, String protocol) throws IOException {
        int port = server.port(MODES.indexOf(mode));
        try {
            return protocol.equals("h2")
                    ? servedByHttp2(port, context(client, version))
                    : servedByHttp1(port, context(client, version));
        } catch (SocketTimeoutException hanging) {
            throw hanging;
        } catch (IOException refused) {
            return false;
        }
    }

    private static boolean servedByHttp1(int port, SSLContext context) throws IOException {
        String answer = TlsClient.get(TlsClient.connect(port, context, "localhost"), "/a.txt", "a");
        assertTrue(answer.isEmpty() || (answer.startsWith("HTTP/1.1 200 ") && answer.endsWith("hello\n")), answer);
        return !answer.isEmpty();
    }

    private static boolean servedByHttp2(int port, SSLContext context) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TlsClient.PATIENCE);
            SSLSocket secure = Http2Client.encrypt(socket, context);
            try (Http2Client http = new Http2Client(secure, 65_535)) {
                assertEquals(200, http.awaitEnd(http.request("GET", "/a.txt")).status());
                return true;
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            known           | served  | served
            client          | served  | served
            through-another | served  | served
            pinned          | served  | served
            without         | refused | served
            stranger        | refused | refused
            impostor        | refused | refused
            own             | refused | refused
            of-no-authority | refused | refused
            of-pinned       | refused | refused
            expired         | refused | refused
            early           | refused | refused
            server          | refused | refused
            pinned-expired  | refused | refused
            pinned-server   | refused | refused
            """)
    void client_byItsCertificate_isServedOrRefused(String client, String required, String optional) throws Exception {
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            for (String protocol : List.of("http/1.1", "h2")) {
                String how = client + ", " + version + ", " + protocol;
                assertEquals(required.equals("served"), served("required", client, version, protocol), how);
                assertEquals(optional.equals("served"), served("optional", client, version, protocol), how);
            }
        }
    }

    @Test
    void clients_refusedMany_leaveNoConnectionAndNoLineInTheLog() throws Exception {
        AdminClient admin = new AdminClient(server.admin());
        try (LogLines log = LogLines.ofEverybody()) {
            for (int i = 0; i < 20; i++) {
                for (String client : List.of("without", "stranger", "expired")) {
                    assertEquals(false, served("required", client, i % 2 == 0 ? "TLSv1.2" : "TLSv1.3", "h2"));
                }
            }
            Await.present(
                    "no connection",
                    () -> Optional.of(admin.get("/api/stats").get("connections").get("open"))
                            .filter(open -> open.asInt() == 0));
            assertEquals(List.of(), log.lines());
        }
    }
}
