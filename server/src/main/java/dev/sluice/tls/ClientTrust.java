package dev.sluice.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Which clients' certificates are believed (mutual TLS, RFC 8446 §4.3.2), as read at one time.
 *
 * @param path of the file it was read from
 * @param authorities those who may have signed them, at least one; one that is a client's own is believed as such
 */
record ClientTrust(Path path, List<X509Certificate> authorities) {
    private static final String WHAT = "authorities";

    static ClientTrust read(Path path) throws TlsException {
        return new ClientTrust(path, PemCertificates.read(path, WHAT, "the certificate by which clients' were signed"));
    }

    /** Checks certificates against them. */
    X509ExtendedTrustManager manager() throws TlsException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (X509Certificate authority : authorities) {
                store.setCertificateEntry(Integer.toString(store.size()), authority);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return new TrustedClients((X509ExtendedTrustManager) factory.getTrustManagers()[0]);
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsException(WHAT + " " + path + ": cannot be used: " + e.getMessage(), e);
        }
    }

    /** Those that have expired: what they have signed is believed nevertheless (RFC 5280 §6.1.1), so a user should know. */
    List<String> warnings(Instant now) {
        List<String> warnings = new ArrayList<>();
        for (X509Certificate certificate : authorities) {
            Instant until = certificate.getNotAfter().toInstant();
            if (now.isAfter(until)) {
                boolean signs = certificate.getBasicConstraints() >= 0;
                warnings.add(WHAT + " " + path + ": " + certificate.getSubjectX500Principal() + " expired at " + until
                        + (signs ? ": what it has signed is believed until it is taken out" : ": it is refused"));
            }
        }
        return warnings;
    }
}
