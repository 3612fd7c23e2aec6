package dev.sluice.tls;

import java.io.IOException;
import java.io.OutputStream;
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
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate signed by its own key, made by the JDK's keytool for one test run; for 127.0.0.1 and localhost, if no other name is given. */
public final class TestCertificate {
    private static final String PASSWORD = "password";

    private static final String ALIAS = "server";

    private final X509Certificate certificate;
    private final PrivateKey key;

    private TestCertificate(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    private static final List<String> RSA = List.of("-keyalg", "RSA", "-keysize", "2048");

    private static final List<String> EC = List.of("-keyalg", "EC", "-groupname", "secp256r1");

    private static final String HERE = "ip:127.0.0.1,dns:localhost";

    /** One with an RSA key. */
    public static TestCertificate rsa() {
        return make(HERE, RSA);
    }

    /** One with an RSA key, for names of DNS. */
    public static TestCertificate rsa(String... names) {
        return make(alternatives(names), RSA);
    }

    /** One with a key on the curve P-256. */
    public static TestCertificate ec() {
        return make(HERE, EC);
    }

    /** The same for names of DNS. */
    public static TestCertificate ec(String... names) {
        return make(alternatives(names), EC);
    }

    private static String alternatives(String... names) {
        return Arrays.stream(names).map(name -> "dns:" + name).collect(Collectors.joining(","));
    }

    /** One that was valid for a day, a year ago. */
    public static TestCertificate expired() {
        List<String> options = new ArrayList<>(EC);
        options.addAll(List.of("-startdate", "-1y", "-validity", "1"));
        return make(HERE, options);
    }

    private static TestCertificate make(String alternatives, List<String> options) {
        try {
            Path folder = Files.createTempDirectory("sluice-certificate");
            Path store = folder.resolve("store.p12");
            try {
                keytool(store, alternatives, options);
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

    private static void keytool(Path store, String alternatives, List<String> options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-dname",
                "CN=localhost",
                "-ext",
                "san=" + alternatives,
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

    /** Writes both into one file of PKCS #12. */
    void writePkcs12To(Path file, String password) {
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ALIAS, key, password.toCharArray(), new X509Certificate[] {certificate});
            store.store(out, password.toCharArray());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The certificate itself. */
    X509Certificate certificate() {
        return certificate;
    }

    /** As a server holds it. */
    Identity identity() {
        try {
            return new Identity(CertificateChain.of(Path.of("of-this-test"), List.of(certificate)), key);
        } catch (TlsException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The files that {@link #writeTo} writes. */
    static KeySource pemIn(Path folder) {
        return new KeySource.Pem(folder.resolve("fullchain.pem"), folder.resolve("privkey.pem"));
    }

    /** What a server needs to show it. */
    public ServerTls server() {
        try {
            Path folder = Files.createTempDirectory("sluice-certificate");
            writeTo(folder);
            try {
                return ServerTls.load(List.of(pemIn(folder)), Instant.now());
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
