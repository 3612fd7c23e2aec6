package dev.sluice.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.RunningServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** testssl.sh, of Debian's package of that name, looks for weaknesses in a server with an ECDSA and an RSA certificate. */
@Tag("once")
final class TlsWeaknessIT {
    private static final long PATIENCE_SECONDS = 1_500;

    private static final Set<String> GRAVE = Set.of("MEDIUM", "HIGH", "CRITICAL");

    /**
     * What is said of every certificate that no authority has signed: its chain is trusted by nobody, it names no list and no
     * responder by which it could be revoked. That is a fault of this test's certificates and says nothing of the server. With
     * several certificates their numbers stand behind.
     */
    private static final Pattern OF_SELF_SIGNED =
            Pattern.compile("cert_(?:chain_of_trust|crlDistributionPoints|revocation|ocspURL|trust)( <.*>)?");

    @TempDir
    Path folder;

    @Test
    void testssl_ecdsaAndRsa_findsNothingOfMediumSeverityOrMore() throws Exception {
        Path rsa = Files.createDirectory(folder.resolve("rsa"));
        TestCertificate.ec().writeTo(folder);
        TestCertificate.rsa().writeTo(rsa);
        Path report = folder.resolve("report.json");
        try (RunningServer server = RunningServer.start(
                folder,
                "[{port: 0, tls: [{certificate: fullchain.pem, key: privkey.pem},"
                        + " {certificate: rsa/fullchain.pem, key: rsa/privkey.pem}]}]",
                "[{root: site, index: [a.txt], rules: [{security: true}]}]")) {
            ToolRun run = ToolRun.of(
                    folder,
                    PATIENCE_SECONDS,
                    "testssl",
                    "--quiet",
                    "--color",
                    "0",
                    "--warnings",
                    "off",
                    "--nodns",
                    "none",
                    "--openssl-timeout",
                    "10",
                    "--ip",
                    "127.0.0.1",
                    "--jsonfile",
                    report.toString(),
                    "localhost:" + server.port(0));
            assertTrue(Files.exists(report), run::said);
        }
        List<String> grave = new ArrayList<>();
        Map<String, String> severities = new HashMap<>();
        for (JsonNode finding : new JsonMapper().readTree(report.toFile())) {
            String id = finding.get("id").asString();
            String severity = finding.get("severity").asString();
            severities.put(id, severity);
            boolean counts = GRAVE.contains(severity) || severity.equals("FATAL");
            if (counts && !OF_SELF_SIGNED.matcher(id).matches()) {
                grave.add(severity + " " + id + ": " + finding.get("finding").asString());
            }
        }
        assertEquals(List.of(), grave);
        // It did look: these two were grave once.
        for (String looked : List.of("cipher_order", "secure_client_renego")) {
            assertEquals("OK", severities.get(looked), looked);
        }
    }
}
