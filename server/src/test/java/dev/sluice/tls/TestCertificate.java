package dev.sluice.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for 127.0.0.1 and localhost, signed by its own key, made by the JDK's keytool for one test run. */
public final class TestCertificate {
    private static final String PASSWORD = "password";

    private static final String ALIAS = "server";

    private final X509Certificate certificate;
    private final PrivateKey key;

    private TestCertificate(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    /** One with an RSA key. */
    public static TestCertificate rsa() {
        return make(List.of("-keyalg", "RSA", "-keysize", "2048"));
    }

    /** One with a key on the curve P-256. */
    public static TestCertificate ec() {
        return make(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
    }

    /** One that was valid for a day, a year ago. */
    public static TestCertificate expired() {
        return make(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-startdate", "-1y", "-validity", "1"));
    }

    private static TestCertificate make(List<String> options) {
        try {
            Path folder = Files.createTempDirectory("sluice-certificate");
            Path store = folder.resolve("store.p12");
            try {
                keytool(store, options);
                return load(store);
            } finally {
                Files.deleteIfExists(store);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(Path store, List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(options);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("keytool: " + said);
        }
    }

    private static TestCertificate load(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        return new TestCertificate((X509Certificate) store.getCertificate(ALIAS), (PrivateKey)
                store.getKey(ALIAS, PASSWORD.toCharArray()));
    }

    /** The certificate as a PEM block. */
    public String certificatePem() {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The key as a PEM block, PKCS #8. */
    public String keyPem() {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    /** Bytes as a PEM block. */
    static String pem(String label, byte[] content) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }

    /** Writes both files as certbot names them, fullchain.pem and privkey.pem. */
    public TestCertificate writeTo(Path folder) {
        try {
            Files.writeString(folder.resolve("fullchain.pem"), certificatePem());
            Files.writeString(folder.resolve("privkey.pem"), keyPem());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a server needs to show it. */
    public ServerTls server() {
        try {
            Path folder = Files.createTempDirectory("sluice-certificate");
            writeTo(folder);
            try {
                return ServerTls.load(folder.resolve("fullchain.pem"), folder.resolve("privkey.pem"), Instant.now());
            } finally {
                Files.delete(folder.resolve("fullchain.pem"));
                Files.delete(folder.resolve("privkey.pem"));
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TlsException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a client needs to trust it, and nothing else. */
    public SSLContext trusting() {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(ALIAS, certificate);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
