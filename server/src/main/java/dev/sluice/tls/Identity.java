package dev.sluice.tls;

import java.security.PrivateKey;

/**
 * A certificate with the key that proves it to be ours.
 *
 * @param chain the certificate and those that vouch for it
 * @param key belongs to the chain's first certificate
 */
record Identity(CertificateChain chain, PrivateKey key) {
    static Identity read(KeySource source) throws TlsException {
        if (source instanceof KeySource.Pem pem) {
            CertificateChain chain = CertificateChain.read(pem.certificate());
            return new Identity(chain, ServerKey.read(pem.key(), chain));
        }
        return Pkcs12File.read((KeySource.Pkcs12) source);
    }

    /** The kind of its key, such as {@code EC} or {@code RSA}. */
    String keyType() {
        return chain.publicKey().getAlgorithm();
    }

    /** What its certificate is good for. */
    CertificateNames names() {
        return chain.names();
    }
}
