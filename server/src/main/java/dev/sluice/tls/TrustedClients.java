package dev.sluice.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Checks clients' certificates as the JDK does, and the client's own once more: the JDK believes one that is itself among the
 * authorities, as one that its owner has signed must be, whatever stands in it.
 */
final class TrustedClients extends X509ExtendedTrustManager {
    /** The purposes of a certificate (RFC 5280 §4.2.1.12) that make it a client's: id-kp-clientAuth, anyExtendedKeyUsage. */
    private static final List<String> FOR_CLIENTS = List.of("1.3.6.1.5.5.7.3.2", "2.5.29.37.0");

    private final X509ExtendedTrustManager authorities;

    TrustedClients(X509ExtendedTrustManager authorities) {
        this.authorities = authorities;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyType, @Nullable SSLEngine engine)
            throws CertificateException {
        authorities.checkClientTrusted(chain, keyType, engine);
        checkOwn(chain[0]);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyType, @Nullable Socket socket)
            throws CertificateException {
        authorities.checkClientTrusted(chain, keyType, socket);
        checkOwn(chain[0]);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyType) throws CertificateException {
        authorities.checkClientTrusted(chain, keyType);
        checkOwn(chain[0]);
    }

    private static void checkOwn(X509Certificate own) throws CertificateException {
        own.checkValidity();
        List<String> purposes = own.getExtendedKeyUsage();
        if (purposes != null && purposes.stream().noneMatch(FOR_CLIENTS::contains)) {
            throw new CertificateException("purposes: " + purposes + " (expected: one of " + FOR_CLIENTS + ")");
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyType, @Nullable SSLEngine engine)
            throws CertificateException {
        authorities.checkServerTrusted(chain, keyType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyType, @Nullable Socket socket)
            throws CertificateException {
        authorities.checkServerTrusted(chain, keyType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyType) throws CertificateException {
        authorities.checkServerTrusted(chain, keyType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }
}
