package dev.sluice.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of several certificates a client is shown. */
final class IdentitiesTest {
    private static Identities several;

    @BeforeAll
    static void make() {
        several = new Identities(List.of(
                TestCertificate.rsa("a.example").identity(),
                TestCertificate.ec("a.example").identity(),
                TestCertificate.ec("*.b.example").identity(),
                TestCertificate.ec("www.b.example").identity(),
                TestCertificate.rsa("*.b.example").identity()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            a.example      | RSA | 0
            a.example      | EC  | 1
            A.Example      | EC  | 1
            www.b.example  | EC  | 3
            www.b.example  | RSA | 4
            ftp.b.example  | EC  | 2
            ftp.b.example  | RSA | 4
            b.example      | RSA | 0
            a.www.b.example | EC | 1
            unknown.example | RSA | 0
            unknown.example | EC | 1
            -              | RSA | 0
            -              | EC  | 1
            a.example      | RSASSA-PSS | -
            a.example      | DSA | -
            """)
    void choose_nameAndKindOfKey_takesTheNarrowestNameAndOtherwiseTheFirst(
            String name, String keyType, String expected) {
        assertEquals(expected, several.choose(keyType, name));
    }

    @Test
    void getServerAliases_kindOfKey_areAllOfThatKind() {
        assertArrayEquals(new String[] {"0", "4"}, several.getServerAliases("RSA", null));
        assertEquals("EC", several.getPrivateKey("3").getAlgorithm());
        assertEquals("EC", several.getCertificateChain("3")[0].getPublicKey().getAlgorithm());
    }
}
