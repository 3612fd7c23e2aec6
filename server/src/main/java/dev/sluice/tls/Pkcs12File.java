package dev.sluice.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Reads a certificate and its key out of one key store. */
final class Pkcs12File {
    private static final String WHAT = "key store";

    private Pkcs12File() {}

    static Identity read(KeySource.Pkcs12 source) throws TlsException {
        byte[] content = InputFile.read(source.file(), WHAT);
        char[] password = password(source);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(content), password);
            return only(source, store, password);
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw new TlsException(
                        WHAT + " " + source.file() + ": is not opened by the password in " + source.passwordFile(), e);
            }
            throw damaged(source, e);
        } catch (GeneralSecurityException e) {
            throw damaged(source, e);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static char[] password(KeySource.Pkcs12 source) throws TlsException {
        byte[] content = InputFile.read(source.passwordFile(), "password file");
        String firstLine =
                new String(content, StandardCharsets.UTF_8).lines().findFirst().orElse("");
        return firstLine.toCharArray();
    }

    private static Identity only(KeySource.Pkcs12 source, KeyStore store, char[] password)
            throws GeneralSecurityException, TlsException {
        List<String> keys = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                keys.add(alias);
            }
        }
        if (keys.size() != 1) {
            throw new TlsException(WHAT + " " + source.file() + ": holds " + keys.size()
                    + " keys (expected: one, with the chain of its certificate)");
        }
        List<X509Certificate> certificates = new ArrayList<>();
        for (Certificate certificate : store.getCertificateChain(keys.get(0))) {
            certificates.add((X509Certificate) certificate);
        }
        CertificateChain chain = CertificateChain.of(source.file(), certificates);
        PrivateKey key = (PrivateKey) store.getKey(keys.get(0), password);
        return new Identity(chain, ServerKey.belonging(source.file(), key, chain));
    }

    private static TlsException damaged(KeySource.Pkcs12 source, Exception e) {
        return new TlsException(
                WHAT + " " + source.file() + ": cannot be read as PKCS #12: " + e.getMessage()
                        + " (expected: as openssl pkcs12 -export writes it)",
                e);
    }
}
