package dev.sluice.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Key stores in PKCS #12: the one that works, and one clear line for each that does not. */
final class Pkcs12FileTest {
    private static final String PASSWORD = "green 7";

    private static TestCertificate certificate;

    @TempDir
    Path folder;

    private KeySource.Pkcs12 source;

    @BeforeAll
    static void make() {
        certificate = TestCertificate.ec("a.example");
    }

    @BeforeEach
    void write() throws IOException {
        source = new KeySource.Pkcs12(folder.resolve("site.p12"), folder.resolve("password"));
        certificate.writePkcs12To(source.file(), PASSWORD);
        Files.writeString(source.passwordFile(), PASSWORD);
    }

    private String refusal() {
        return assertThrows(TlsException.class, () -> Pkcs12File.read(source)).getMessage();
    }

    @ParameterizedTest
    @ValueSource(strings = {PASSWORD, PASSWORD + "\n", PASSWORD + "\r\n", PASSWORD + "\nmore\n"})
    void read_passwordInTheFirstLine_givesCertificateAndKey(String content) throws Exception {
        Files.writeString(source.passwordFile(), content);
        Identity identity = Pkcs12File.read(source);
        assertEquals(List.of(certificate.certificate()), identity.chain().certificates());
        assertEquals("EC", identity.key().getAlgorithm());
        assertTrue(identity.names().hold("a.example"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wrong", PASSWORD + " "})
    void read_wrongPassword_namesTheFileAndNotThePassword(String content) throws IOException {
        Files.writeString(source.passwordFile(), content);
        assertEquals(
                "key store " + source.file() + ": is not opened by the password in " + source.passwordFile(),
                refusal());
    }

    @Test
    void read_emptyPassword_isAPassword() throws Exception {
        certificate.writePkcs12To(source.file(), "");
        Files.writeString(source.passwordFile(), "\n");
        assertEquals("EC", Pkcs12File.read(source).keyType());
    }

    @Test
    void read_otherContent_isRefused() throws IOException {
        Files.writeString(source.file(), certificate.certificatePem());
        String refusal = refusal();
        assertTrue(
                refusal.startsWith("key store " + source.file() + ": cannot be read as PKCS #12: ")
                        && refusal.endsWith(" (expected: as openssl pkcs12 -export writes it)"),
                refusal);
    }

    @Test
    void read_storeWithoutAKey_isRefused() throws Exception {
        try (OutputStream out = Files.newOutputStream(source.file())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("a", certificate.certificate());
            store.store(out, PASSWORD.toCharArray());
        }
        assertEquals(
                "key store " + source.file() + ": holds 0 keys (expected: one, with the chain of its certificate)",
                refusal());
    }

    @Test
    void read_fileMissing_namesIt() throws IOException {
        Files.delete(source.passwordFile());
        assertEquals("password file " + source.passwordFile() + ": no such file", refusal());
        Files.delete(source.file());
        assertEquals("key store " + source.file() + ": no such file", refusal());
    }
}
