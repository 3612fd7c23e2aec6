package dev.sluice.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be wrong with a file of authorities, and when one that has changed is taken. */
final class ClientTrustTest {
    private static TestCertificate own;
    private static TestCertificate first;
    private static TestCertificate second;

    @TempDir
    Path folder;

    private Path authorities;

    @BeforeAll
    static void make() {
        own = TestCertificate.ec();
        first = TestCertificate.authority("first");
        second = TestCertificate.authority("second");
    }

    @BeforeEach
    void write() throws Exception {
        own.writeTo(folder);
        authorities = Files.writeString(folder.resolve("ca.pem"), first.certificatePem());
    }

    private ServerTls load() throws TlsException {
        return ServerTls.load(
                List.of(TestCertificate.pemIn(folder)), new ClientSource(authorities, true), Instant.now());
    }

    private void assertRefused(String message) {
        assertEquals(
                message.replace("FILE", authorities.toString()),
                assertThrows(TlsException.class, this::load).getMessage());
    }

    @Test
    void load_missing_saysSo() throws Exception {
        Files.delete(authorities);
        assertRefused("authorities FILE: no such file");
    }

    @Test
    void load_noCertificate_tellsWhatWasExpected() throws Exception {
        Files.writeString(authorities, own.keyPem());
        assertRefused("authorities FILE: holds no certificate (expected: PEM, beginning with"
                + " -----BEGIN CERTIFICATE-----, such as the certificate by which clients' were signed)");
    }

    @Test
    void load_damaged_saysSo() throws Exception {
        Files.writeString(authorities, TestCertificate.pem("CERTIFICATE", new byte[] {0x30, 1}));
        String message = assertThrows(TlsException.class, this::load).getMessage();
        assertTrue(message.startsWith("authorities " + authorities + ": is damaged: "), message);
        assertEquals(1, message.lines().count(), message);
    }

    @Test
    void load_expired_onlyWarns() throws Exception {
        TestCertificate old = TestCertificate.authority("old", TestCertificate.EXPIRED);
        TestCertificate client = TestCertificate.own("client", TestCertificate.EXPIRED);
        Files.writeString(authorities, first.certificatePem() + old.certificatePem() + client.certificatePem());
        assertEquals(
                List.of(
                        expired("CN=old", old) + ": what it has signed is believed until it is taken out",
                        expired("CN=client", client) + ": it is refused"),
                load().warnings());
    }

    private String expired(String name, TestCertificate certificate) {
        return "authorities " + authorities + ": " + name + " expired at "
                + certificate.certificate().getNotAfter().toInstant();
    }

    @Test
    void renew_authoritiesChanged_areTakenWithSessionsOfTheirOwn() throws Exception {
        ServerTls tls = load();
        SSLContext before = tls.context();
        Files.writeString(authorities, second.certificatePem() + first.certificatePem());
        assertFalse(tls.renew(Instant.now()));
        assertTrue(tls.renew(Instant.now()));
        assertNotSame(before, tls.context());
    }

    @Test
    void renew_authoritiesBroken_keepsTheOldOnes() throws Exception {
        ServerTls tls = load();
        SSLContext before = tls.context();
        Files.writeString(authorities, "");
        assertFalse(tls.renew(Instant.now()));
        assertThrows(TlsException.class, () -> tls.renew(Instant.now()));
        assertSame(before, tls.context());
        assertEquals(folder.resolve("fullchain.pem") + ", " + authorities, tls.toString());
    }
}
