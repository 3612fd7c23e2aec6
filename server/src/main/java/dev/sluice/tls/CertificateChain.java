package dev.sluice.tls;

import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server's certificate and those that vouch for it.
 *
 * @param path of the file it was read from
 * @param certificates the server's own first, as RFC 8446 §4.4.2 has it; at least one
 * @param names what the server's own is for
 */
record CertificateChain(Path path, List<X509Certificate> certificates, CertificateNames names) {
    private static final String WHAT = "certificate";

    static CertificateChain read(Path path) throws TlsException {
        return of(path, PemCertificates.read(path, WHAT, "certbot's fullchain.pem"));
    }

    /** Puts those together that were read from a file; at least one. */
    static CertificateChain of(Path path, List<X509Certificate> certificates) throws TlsException {
        try {
            return new CertificateChain(path, List.copyOf(certificates), CertificateNames.of(certificates.get(0)));
        } catch (CertificateException e) {
            throw PemCertificates.damaged(path, WHAT, e);
        }
    }

    X509Certificate own() {
        return certificates.get(0);
    }

    PublicKey publicKey() {
        return own().getPublicKey();
    }

    /** What is wrong with the period in which the server's own certificate is valid, or null. */
    @Nullable
    String outOfDate(Instant now) {
        Instant from = own().getNotBefore().toInstant();
        Instant until = own().getNotAfter().toInstant();
        if (now.isAfter(until)) {
            return WHAT + " " + path + " expired at " + until + ": browsers will refuse it";
        }
        return now.isBefore(from) ? WHAT + " " + path + " is not valid before " + from : null;
    }
}
