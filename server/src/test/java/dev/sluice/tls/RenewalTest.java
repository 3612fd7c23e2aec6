package dev.sluice.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When files that have changed are taken, and what happens if they cannot be. */
final class RenewalTest {
    private static TestCertificate first;
    private static TestCertificate second;

    @TempDir
    Path folder;

    private ServerTls tls;
    private SSLContext before;

    @BeforeAll
    static void make() {
        first = TestCertificate.ec("a.example");
        second = TestCertificate.rsa("a.example");
    }

    @BeforeEach
    void load() throws TlsException {
        first.writeTo(folder);
        tls = ServerTls.load(List.of(TestCertificate.pemIn(folder)), Instant.now());
        before = tls.context();
    }

    private boolean renew() throws TlsException {
        return tls.renew(Instant.now());
    }

    @Test
    void renew_nothingChanged_doesNothing() throws TlsException {
        assertFalse(renew());
        assertFalse(renew());
        assertSame(before, tls.context());
    }

    @Test
    void renew_changed_isTakenAtTheSecondLookThatSeesTheSame() throws TlsException {
        second.writeTo(folder);
        assertFalse(renew());
        assertSame(before, tls.context());
        assertTrue(renew());
        assertNotSame(before, tls.context());
        assertFalse(renew());
    }

    @Test
    void renew_keyWrittenAfterTheCertificate_isWaitedFor() throws Exception {
        Files.writeString(folder.resolve("fullchain.pem"), second.certificatePem());
        assertFalse(renew());
        Files.writeString(folder.resolve("privkey.pem"), second.keyPem());
        assertFalse(renew());
        assertTrue(renew());
    }

    @Test
    void renew_linkPointedElsewhere_isAChange() throws Exception {
        Path archive = Files.createDirectory(folder.resolve("archive"));
        Path live = Files.createDirectory(folder.resolve("live"));
        first.writeTo(archive);
        for (String name : List.of("fullchain.pem", "privkey.pem")) {
            Files.createSymbolicLink(live.resolve(name), archive.resolve(name));
        }
        tls = ServerTls.load(List.of(TestCertificate.pemIn(live)), Instant.now());
        Path renewed = Files.createDirectory(folder.resolve("renewed"));
        second.writeTo(renewed);
        for (String name : List.of("fullchain.pem", "privkey.pem")) {
            Files.delete(live.resolve(name));
            Files.createSymbolicLink(live.resolve(name), renewed.resolve(name));
        }
        assertFalse(renew());
        assertTrue(renew());
    }

    @Test
    void renew_brokenPair_isToldOnceAndChangesNothingUntilItIsMended() throws Exception {
        Files.writeString(folder.resolve("privkey.pem"), second.keyPem());
        assertFalse(renew());
        assertEquals(
                "key " + folder.resolve("privkey.pem") + ": does not belong to the certificate (expected: its EC key)",
                assertThrows(TlsException.class, this::renew).getMessage());
        assertFalse(renew());
        assertSame(before, tls.context());
        Files.writeString(folder.resolve("fullchain.pem"), second.certificatePem());
        assertFalse(renew());
        assertTrue(renew());
    }

    @Test
    void renew_halfWritten_keepsTheOldOne() throws Exception {
        String pem = second.certificatePem();
        Files.writeString(folder.resolve("fullchain.pem"), pem.substring(0, pem.length() / 2));
        assertFalse(renew());
        assertThrows(TlsException.class, this::renew);
        assertSame(before, tls.context());
    }

    @Test
    void renew_filesGone_isToldOnceAndTheSameFilesAreTakenAgain() throws IOException, TlsException {
        Files.delete(folder.resolve("fullchain.pem"));
        assertFalse(renew());
        assertThrows(TlsException.class, this::renew);
        assertFalse(renew());
        second.writeTo(folder);
        assertFalse(renew());
        assertTrue(renew());
    }

    @Test
    void renew_expired_warnsOfIt() throws TlsException {
        TestCertificate.expired().writeTo(folder);
        assertFalse(renew());
        assertTrue(renew());
        assertEquals(1, tls.warnings().size());
    }
}
