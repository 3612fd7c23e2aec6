package dev.sluice.tls;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads the certificates in a file of PEM; whatever else is in it is left aside. */
final class PemCertificates {
    private PemCertificates() {}

    /**
     * Reads all of them.
     *
     * @param what the file is to hold, for messages
     * @param example of such a file, for messages
     * @return at least one, in the order of the file
     */
    static List<X509Certificate> read(Path path, String what, String example) throws TlsException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemFile.Block block : PemFile.read(path, what).blocks()) {
            if (block.label().equals("CERTIFICATE")) {
                certificates.add(parse(path, what, block));
            }
        }
        if (certificates.isEmpty()) {
            throw new TlsException(what + " " + path
                    + ": holds no certificate (expected: PEM, beginning with -----BEGIN CERTIFICATE-----, such as "
                    + example + ")");
        }
        return certificates;
    }

    private static X509Certificate parse(Path path, String what, PemFile.Block block) throws TlsException {
        try {
            ByteArrayInputStream der = new ByteArrayInputStream(block.content());
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(der);
        } catch (CertificateException | IllegalArgumentException e) {
            throw damaged(path, what, e);
        }
    }

    /** What is said of a file that holds certificates which cannot be read. */
    static TlsException damaged(Path path, String what, Exception e) {
        return new TlsException(what + " " + path + ": is damaged: " + e.getMessage(), e);
    }
}
