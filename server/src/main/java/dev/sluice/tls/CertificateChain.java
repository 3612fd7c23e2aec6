package dev.sluice.tls;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
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
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemFile.Block block : PemFile.read(path, WHAT).blocks()) {
            if (block.label().equals("CERTIFICATE")) {
                certificates.add(parse(path, block));
            }
        }
        if (certificates.isEmpty()) {
            throw new TlsException(WHAT + " " + path
                    + ": holds no certificate (expected: PEM, beginning with -----BEGIN CERTIFICATE-----,"
                    + " such as certbot's fullchain.pem)");
        }
        return of(path, certificates);
    }

    /** Puts those together that were read from a file; at least one. */
    static CertificateChain of(Path path, List<X509Certificate> certificates) throws TlsException {
        try {
            return new CertificateChain(path, List.copyOf(certificates), CertificateNames.of(certificates.get(0)));
        } catch (CertificateException e) {
            throw damaged(path, e);
        }
    }

    private static X509Certificate parse(Path path, PemFile.Block block) throws TlsException {
        try {
            ByteArrayInputStream der = new ByteArrayInputStream(block.content());
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(der);
        } catch (CertificateException | IllegalArgumentException e) {
            throw damaged(path, e);
        }
    }

    private static TlsException damaged(Path path, Exception e) {
        return new TlsException(WHAT + " " + path + ": is damaged: " + e.getMessage(), e);
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
