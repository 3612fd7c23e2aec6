package dev.sluice.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;

/** Reads the private key of a certificate. */
final class ServerKey {
    private static final String WHAT = "key";

    private static final byte[] PROBE = {1, 2, 3, 4};

    private ServerKey() {}

    /**
     * Reads a key and makes sure that it is the one of this certificate.
     *
     * @param path a PEM file with one PKCS #8 key (RFC 5958) that is not encrypted
     */
    static PrivateKey read(Path path, CertificateChain chain) throws TlsException {
        return belonging(path, parse(path, block(path), chain.publicKey().getAlgorithm()), chain);
    }

    /** Makes sure that a key, read from this file, is the one of this certificate. */
    static PrivateKey belonging(Path path, PrivateKey key, CertificateChain chain) throws TlsException {
        if (!belong(key, chain.publicKey())) {
            throw stranger(path, chain.publicKey().getAlgorithm());
        }
        return key;
    }

    private static PemFile.Block block(Path path) throws TlsException {
        PemFile file = PemFile.read(path, WHAT);
        for (PemFile.Block block : file.blocks()) {
            switch (block.label()) {
                case "PRIVATE KEY" -> {
                    return block;
                }
                case "ENCRYPTED PRIVATE KEY" ->
                    throw new TlsException(WHAT + " " + path + ": is encrypted (expected: without a passphrase;"
                            + " openssl pkcs8 -topk8 -nocrypt -in " + path + " -out NEW decrypts it)");
                case "RSA PRIVATE KEY", "EC PRIVATE KEY" ->
                    throw new TlsException(WHAT + " " + path + ": is a " + block.label() + " (expected: PKCS #8;"
                            + " openssl pkcs8 -topk8 -nocrypt -in " + path + " -out NEW converts it)");
                default -> {
                    // Certificates and curve parameters may stand beside a key.
                }
            }
        }
        throw new TlsException(WHAT + " " + path
                + ": holds no key (expected: PEM, beginning with -----BEGIN PRIVATE KEY-----,"
                + " such as certbot's privkey.pem)");
    }

    /** A key is tried as one of the certificate's kind, since no other could belong to it. */
    private static PrivateKey parse(Path path, PemFile.Block block, String algorithm) throws TlsException {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(block.content()));
        } catch (IllegalArgumentException e) {
            throw new TlsException(WHAT + " " + path + ": is damaged: " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw stranger(path, algorithm);
        }
    }

    private static TlsException stranger(Path path, String algorithm) {
        return new TlsException(
                WHAT + " " + path + ": does not belong to the certificate (expected: its " + algorithm + " key)");
    }

    /** Whether the certificate verifies what the key signs. */
    private static boolean belong(PrivateKey key, PublicKey certified) {
        try {
            Signature signature = Signature.getInstance(signatureBy(certified.getAlgorithm()));
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException differentKinds) {
            return false;
        }
    }

    private static String signatureBy(String algorithm) {
        return switch (algorithm) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> algorithm;
        };
    }
}
