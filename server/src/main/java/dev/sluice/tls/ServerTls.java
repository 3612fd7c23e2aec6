package dev.sluice.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * All that a listener needs to speak TLS.
 *
 * @param context holds the certificate and its key
 * @param warning what a user should know although it works, in one line; null for nothing
 */
public record ServerTls(SSLContext context, @Nullable String warning) {
    /** Those that a client must offer to be spoken to; both have every suite below. */
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /** With forward secrecy and authenticated encryption: none of them is on the list of RFC 9113, Appendix A. */
    private static final String[] SUITES = {
        "TLS_AES_128_GCM_SHA256",
        "TLS_AES_256_GCM_SHA384",
        "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
    };

    /** Preferred first (RFC 7301 §3.2). */
    private static final String[] APPLICATION_PROTOCOLS = {"h2", "http/1.1"};

    /**
     * Reads a certificate and its key.
     *
     * @param certificate PEM file with the chain, the server's own certificate first
     * @param key PEM file with the PKCS #8 key, not encrypted
     * @param now to tell whether the certificate has expired, which only warns
     * @throws TlsException if they cannot be used
     */
    public static ServerTls load(Path certificate, Path key, Instant now) throws TlsException {
        CertificateChain chain = CertificateChain.read(certificate);
        return new ServerTls(context(chain, ServerKey.read(key, chain)), chain.outOfDate(now));
    }

    private static SSLContext context(CertificateChain chain, PrivateKey key) throws TlsException {
        char[] none = new char[0];
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, none);
            store.setKeyEntry("server", key, none, chain.certificates().toArray(new X509Certificate[0]));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, none);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsException("certificate " + chain.path() + ": cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * The protocols and suites offered, and HTTP/2 before HTTP/1.1. Among the suites the client chooses: a phone without
     * AES in hardware is faster with ChaCha20.
     */
    public SSLParameters parameters() {
        SSLParameters parameters = new SSLParameters(SUITES.clone(), PROTOCOLS.clone());
        parameters.setUseCipherSuitesOrder(false);
        parameters.setApplicationProtocols(APPLICATION_PROTOCOLS.clone());
        return parameters;
    }
}
