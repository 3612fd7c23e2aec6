package dev.sluice.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.InstalledTool;
import dev.sluice.RunningServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several certificates on one listener: which of them a client is shown. */
final class SniTest {
    private static final String BY_ECDSA = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
    private static final String BY_RSA = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";

    @TempDir
    static Path folder;

    private static Map<String, TestCertificate> certificates;
    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        certificates = Map.of(
                "first-ec", TestCertificate.ec("first.example"),
                "first-rsa", TestCertificate.rsa("first.example"),
                "wildcard", TestCertificate.rsa("*.b.example"),
                "stored", TestCertificate.ec("www.b.example"));
        StringBuilder tls = new StringBuilder();
        for (String name : new String[] {"first-ec", "first-rsa", "wildcard"}) {
            Path own = Files.createDirectory(folder.resolve(name));
            certificates.get(name).writeTo(own);
            tls.append("{certificate: ").append(own.resolve("fullchain.pem"));
            tls.append(", key: ").append(own.resolve("privkey.pem")).append("}, ");
        }
        certificates.get("stored").writePkcs12To(folder.resolve("site.p12"), "secret");
        Files.writeString(folder.resolve("password"), "secret\n");
        tls.append("{pkcs12: site.p12, passwordFile: password}");
        server = RunningServer.start(folder, "[{port: 0, tls: [" + tls + "]}]");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String nameOf(X509Certificate shown) {
        return certificates.entrySet().stream()
                .filter(entry -> entry.getValue().certificate().equals(shown))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            first.example   | ECDSA | first-ec
            first.example   | RSA   | first-rsa
            www.b.example   | ECDSA | stored
            www.b.example   | RSA   | wildcard
            ftp.b.example   | RSA   | wildcard
            b.example       | ECDSA | first-ec
            a.b.b.example   | RSA   | first-rsa
            unknown.example | ECDSA | first-ec
            unknown.example | RSA   | first-rsa
            -               | ECDSA | first-ec
            -               | RSA   | first-rsa
            """)
    void handshake_version12_showsTheCertificateForTheNameAndTheSuite(String name, String kind, String expected)
            throws Exception {
        assertEquals(expected, nameOf(TlsClient.shown(server.port(0), name, kind.equals("RSA") ? BY_RSA : BY_ECDSA)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            first.example   | first-ec
            www.b.example   | stored
            FTP.b.example   | wildcard
            unknown.example | first-ec
            -               | first-ec
            """)
    void handshake_version13_showsTheCertificateForTheName(String name, String expected) throws Exception {
        assertEquals(expected, nameOf(TlsClient.shown(server.port(0), name, "TLS_AES_128_GCM_SHA256")));
    }

    @ParameterizedTest
    @CsvSource({"ecdsa_secp256r1_sha256, ECDSA", "rsa_pss_rsae_sha256, RSA-PSS"})
    void handshake_version13_showsTheKindOfKeyThatTheClientTakes(String scheme, String signature) throws Exception {
        Path openssl = InstalledTool.required("openssl");
        Process client = new ProcessBuilder(
                        openssl.toString(),
                        "s_client",
                        "-tls1_3",
                        "-connect",
                        "127.0.0.1:" + server.port(0),
                        "-servername",
                        "first.example",
                        "-sigalgs",
                        scheme)
                .redirectErrorStream(true)
                .start();
        client.getOutputStream().close();
        String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        client.waitFor();
        assertTrue(said.contains("Peer signature type: " + signature), said);
    }

    @Test
    void handshake_suiteOfNoCertificateForTheName_fails() {
        // Better than a certificate for another name, which every client refuses.
        assertThrows(SSLHandshakeException.class, () -> TlsClient.shown(server.port(0), "ftp.b.example", BY_ECDSA));
    }
}
