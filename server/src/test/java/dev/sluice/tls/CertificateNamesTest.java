package dev.sluice.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which names a certificate is for (RFC 9525 §6). */
final class CertificateNamesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            *.example.org   | www.example.org     | true
            *.example.org   | xn--bcher-kva.example.org | true
            *.example.org   | example.org         | false
            *.example.org   | a.b.example.org     | false
            *.example.org   | .example.org        | false
            *.example.org   | www.example.com     | false
            *.example.org   | wwwexample.org      | false
            w*.example.org  | www.example.org     | false
            *w.example.org  | www.example.org     | false
            www.*.org       | www.example.org     | false
            *.*.org         | www.example.org     | false
            *               | localhost           | false
            *               | www.example.org     | false
            example.org     | example.org         | false
            """)
    void holdWildcardFor_oneWholeLeftmostLabelOnly(String presented, String asked, boolean expected) {
        assertEquals(expected, new CertificateNames(Set.of(presented)).holdWildcardFor(asked));
    }

    @Test
    void of_certificate_holdsItsNamesOfDnsInLowerCaseAndNotItsCommonName() throws Exception {
        assertEquals(
                Set.of("*.a.example", "b.example"),
                CertificateNames.of(
                                TestCertificate.ec("*.A.example", "b.example").certificate())
                        .names());
        assertEquals(
                Set.of("localhost"),
                CertificateNames.of(TestCertificate.ec().certificate()).names());
    }
}
