package dev.sluice.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names of DNS that a certificate is for: those of its subjectAltName. The common name is none of them (RFC 9525 §2).
 *
 * @param names in lower case; one may begin with {@code *.}
 */
record CertificateNames(Set<String> names) {
    /** The choice for dNSName in a GeneralName (RFC 5280 §4.2.1.6). */
    private static final Integer DNS_NAME = 2;

    private static final String WILDCARD = "*";

    static CertificateNames of(X509Certificate certificate) throws CertificateParsingException {
        Set<String> names = new TreeSet<>();
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives != null) {
            for (List<?> alternative : alternatives) {
                if (DNS_NAME.equals(alternative.get(0))) {
                    names.add(((String) alternative.get(1)).toLowerCase(Locale.ROOT));
                }
            }
        }
        return new CertificateNames(names);
    }

    /** Whether this very name is among them; {@code name} in lower case. */
    boolean hold(String name) {
        return names.contains(name);
    }

    /** Whether a wildcard among them stands for this name: for one whole label, the left-most one (RFC 9525 §6.3). */
    boolean holdWildcardFor(String name) {
        int dot = name.indexOf('.');
        return dot > 0 && names.contains(WILDCARD + name.substring(dot));
    }
}
