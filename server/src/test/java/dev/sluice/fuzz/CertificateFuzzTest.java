package dev.sluice.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.tls.KeySource;
import dev.sluice.tls.ServerTls;
import dev.sluice.tls.TlsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class CertificateFuzzTest {
    private static Path folder;

    @BeforeAll
    static void make() throws IOException {
        folder = Files.createTempDirectory("sluice-fuzz");
    }

    @AfterAll
    static void remove() throws IOException {
        Files.deleteIfExists(folder.resolve("both.pem"));
        Files.delete(folder);
    }

    /** Once as PEM and once as PKCS #12, whose password the file is too. */
    @FuzzTest(maxDuration = "10m")
    void load_anyOctets_isAKeyAndItsCertificateOrAProblemOfALine(byte[] octets) throws IOException {
        Path both = Files.write(folder.resolve("both.pem"), octets);
        load(new KeySource.Pem(both, both));
        load(new KeySource.Pkcs12(both, both));
    }

    private static void load(KeySource source) {
        try {
            ServerTls.load(List.of(source), Instant.EPOCH);
        } catch (TlsException refused) {
            String problem = String.valueOf(refused.getMessage());
            assertFalse(problem.isBlank() || problem.chars().anyMatch(c -> c < ' '), problem);
        }
    }
}
