package dev.sluice.tls;

import java.nio.file.Path;
import java.util.List;

/** The files that a certificate and its private key are read from. */
public sealed interface KeySource {
    /** Every file that is read: when one of them changes, the certificate may have been renewed. */
    List<Path> files();

    /**
     * Two files in PEM (RFC 7468), as certbot writes them.
     *
     * @param certificate the chain, the server's own certificate first
     * @param key its PKCS #8 key, not encrypted
     */
    record Pem(Path certificate, Path key) implements KeySource {
        @Override
        public List<Path> files() {
            return List.of(certificate, key);
        }
    }

    /**
     * One file in PKCS #12 (RFC 7292) with one key and its chain.
     *
     * @param file the key store
     * @param passwordFile its first line is the password; the JDK takes ASCII only
     */
    record Pkcs12(Path file, Path passwordFile) implements KeySource {
        @Override
        public List<Path> files() {
            return List.of(file, passwordFile);
        }
    }
}
