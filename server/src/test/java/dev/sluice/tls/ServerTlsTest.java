package dev.sluice.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates and keys as users have them: those that work, and one clear line for each that does not. */
final class ServerTlsTest {
    private static TestCertificate rsa;
    private static TestCertificate ec;

    @TempDir
    Path folder;

    private Path certificate;
    private Path key;

    @BeforeAll
    static void make() {
        rsa = TestCertificate.rsa();
        ec = TestCertificate.ec();
    }

    @BeforeEach
    void write() {
        rsa.writeTo(folder);
        certificate = folder.resolve("fullchain.pem");
        key = folder.resolve("privkey.pem");
    }

    private ServerTls load() throws TlsException {
        return ServerTls.load(List.of(new KeySource.Pem(certificate, key)), Instant.now());
    }

    private void assertRefused(String message) {
        TlsException refused = assertThrows(TlsException.class, this::load);
        assertEquals(message, refused.getMessage());
    }

    @Test
    void load_rsaAndEc_isUsableWithoutAWarning() throws TlsException {
        assertNotNull(load().context());
        assertEquals(List.of(), load().warnings());
        ec.writeTo(folder);
        assertEquals(List.of(), load().warnings());
    }

    @Test
    void load_chainWithTextAround_takesTheFirstCertificateAsTheServersOwn() throws Exception {
        Files.writeString(certificate, "subject=CN=localhost\n" + rsa.certificatePem() + "\n" + ec.certificatePem());
        CertificateChain chain = CertificateChain.read(certificate);
        assertEquals(2, chain.certificates().size());
        assertEquals("RSA", chain.publicKey().getAlgorithm());
        assertNotNull(load().context());
    }

    @Test
    void load_windowsLineEnds_areNoProblem() throws Exception {
        Files.writeString(certificate, rsa.certificatePem().replace("\n", "\r\n"));
        Files.writeString(key, rsa.keyPem().replace("\n", "\r\n"));
        assertNotNull(load().context());
    }

    @Test
    void parameters_offerOnlyWhatIsFitForHttp2() throws TlsException {
        SSLParameters parameters = load().parameters();
        assertArrayEquals(new String[] {"TLSv1.3", "TLSv1.2"}, parameters.getProtocols());
        assertArrayEquals(new String[] {"h2", "http/1.1"}, parameters.getApplicationProtocols());
        List<String> suites = Arrays.asList(parameters.getCipherSuites());
        assertTrue(suites.stream().allMatch(suite -> suite.contains("_GCM_") || suite.contains("_POLY1305_")));
        List<String> known =
                List.of(load().context().getSupportedSSLParameters().getCipherSuites());
        assertTrue(known.containsAll(suites), suites.toString());
    }

    @Test
    void load_expired_onlyWarns() throws TlsException {
        TestCertificate.expired().writeTo(folder);
        String warning = load().warnings().get(0);
        assertTrue(warning.startsWith("certificate " + certificate + " expired at 20"), warning);
    }

    @Test
    void load_notYetValid_onlyWarns() throws TlsException {
        List<KeySource> sources = List.of(new KeySource.Pem(certificate, key));
        String warning = ServerTls.load(sources, Instant.EPOCH).warnings().get(0);
        assertTrue(warning.startsWith("certificate " + certificate + " is not valid before 20"), warning);
    }

    @Test
    void load_fileMissing_namesIt() throws IOException {
        Files.delete(key);
        assertRefused("key " + key + ": no such file");
        Files.delete(certificate);
        assertRefused("certificate " + certificate + ": no such file");
    }

    @Test
    void load_directory_isRefused() {
        certificate = folder;
        assertRefused("certificate " + folder + ": cannot be read: Is a directory");
    }

    @Test
    void load_filesSwapped_saysWhatIsMissing() {
        Path swapped = certificate;
        certificate = key;
        key = swapped;
        assertRefused("certificate " + certificate + ": holds no certificate (expected: PEM, beginning with"
                + " -----BEGIN CERTIFICATE-----, such as certbot's fullchain.pem)");
    }

    @Test
    void load_keyFileWithoutAKey_saysSo() {
        key = certificate;
        assertRefused("key " + key + ": holds no key (expected: PEM, beginning with"
                + " -----BEGIN PRIVATE KEY-----, such as certbot's privkey.pem)");
    }

    @Test
    void load_keyOfOldForm_tellsTheCommandThatConvertsIt() throws IOException {
        for (String label : new String[] {"RSA PRIVATE KEY", "EC PRIVATE KEY"}) {
            Files.writeString(key, TestCertificate.pem(label, new byte[] {1, 2, 3}));
            assertRefused("key " + key + ": is a " + label + " (expected: PKCS #8;"
                    + " openssl pkcs8 -topk8 -nocrypt -in " + key + " -out NEW converts it)");
        }
    }

    @Test
    void load_keyOfOldFormWithHeaders_isRecognised() throws IOException {
        Files.writeString(key, """
                -----BEGIN RSA PRIVATE KEY-----
                Proc-Type: 4,ENCRYPTED
                DEK-Info: AES-128-CBC,00

                AAAA
                -----END RSA PRIVATE KEY-----
                """);
        assertRefused("key " + key + ": is a RSA PRIVATE KEY (expected: PKCS #8;"
                + " openssl pkcs8 -topk8 -nocrypt -in " + key + " -out NEW converts it)");
    }

    @Test
    void load_keyEncrypted_tellsTheCommandThatDecryptsIt() throws IOException {
        Files.writeString(key, TestCertificate.pem("ENCRYPTED PRIVATE KEY", new byte[] {1, 2, 3}));
        assertRefused("key " + key + ": is encrypted (expected: without a passphrase;"
                + " openssl pkcs8 -topk8 -nocrypt -in " + key + " -out NEW decrypts it)");
    }

    @Test
    void load_keyOfAnotherCertificate_isRefused() throws IOException {
        Files.writeString(key, TestCertificate.rsa().keyPem());
        assertRefused("key " + key + ": does not belong to the certificate (expected: its RSA key)");
        Files.writeString(key, ec.keyPem());
        assertRefused("key " + key + ": does not belong to the certificate (expected: its RSA key)");
    }

    @Test
    void load_damaged_isRefused() throws IOException {
        Files.writeString(certificate, TestCertificate.pem("CERTIFICATE", new byte[] {1, 2, 3}));
        assertTrue(assertThrows(TlsException.class, this::load)
                .getMessage()
                .startsWith("certificate " + certificate + ": is damaged: "));
    }
}
