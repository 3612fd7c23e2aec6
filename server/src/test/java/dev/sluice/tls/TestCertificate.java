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
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate made by the JDK's keytool for one test run, signed by its own key or by an {@link #authority}; for 127.0.0.1 and
 * localhost, if no other name is given.
 */
public final class TestCertificate {
    private static final String PASSWORD = "password";

    private static final String ALIAS = "server";

    private static final String SIGNER = "signer";

    private final X509Certificate certificate;
    private final PrivateKey key;
    private final List<X509Certificate> chain;

    private TestCertificate(X509Certificate certificate, PrivateKey key, List<X509Certificate> chain) {
        this.certificate = certificate;
        this.key = key;
        this.chain = chain;
    }

    private static final List<String> RSA = List.of("-keyalg", "RSA", "-keysize", "2048");

    private static final List<String> EC = List.of("-keyalg", "EC", "-groupname", "secp256r1");

    /** Options of keytool: valid for a day, a year ago. */
    static final String[] EXPIRED = {"-startdate", "-1y", "-validity", "1"};

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
        return make(HERE, with(EC, EXPIRED), null);
    }

    /** One that may sign others, of a name that may be that of another one. */
    static TestCertificate authority(String name, String... options) {
        return make(HERE, with(with(EC, options), "-ext", "bc:c", "-dname", "CN=" + name), null);
    }

    /** One of its own, with further options of keytool. */
    static TestCertificate own(String name, String... options) {
        return make(HERE, with(with(EC, options), "-dname", "CN=" + name), null);
    }

    /** One that this one has signed, whether it may or not, with further options of keytool. */
    TestCertificate sign(String name, String... options) {
        return make(HERE, with(with(EC, options), "-dname", "CN=" + name), this);
    }

    private static List<String> with(List<String> options, String... more) {
        return Stream.concat(options.stream(), Arrays.stream(more)).toList();
    }

    private static TestCertificate make(String alternatives, List<String> options) {
        return make(alternatives, options, null);
    }

    private static TestCertificate make(String alternatives, List<String> options, TestCertificate signer) {
        try {
            Path folder = Files.createTempDirectory("sluice-certificate");
            Path store = folder.resolve("store.p12");
            try {
                if (signer == null) {
                    keytool(store, alternatives, options);
                } else {
                    signer.write(store, SIGNER, PASSWORD);
                    keytool(store, alternatives, with(options, "-signer", SIGNER));
                }
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
        List<X509Certificate> chain = Arrays.stream(store.getCertificateChain(ALIAS))
                .map(X509Certificate.class::cast)
                .toList();
        return new TestCertificate(chain.get(0), (PrivateKey) store.getKey(ALIAS, PASSWORD.toCharArray()), chain);
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
        try {
            write(file, ALIAS, password);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(Path file, String alias, String password) throws GeneralSecurityException, IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(alias, key, password.toCharArray(), chain.toArray(X509Certificate[]::new));
            store.store(out, password.toCharArray());
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
        return trusting("TLS");
    }

    /**
     * The same for a client that shows certificates.
     *
     * @param version of TLS, the newest that it speaks, as JSSE names it
     * @param keys what it has to show
     */
    SSLContext trusting(String version, KeyManager... keys) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(ALIAS, certificate);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance(version);
            context.init(keys, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Shows it to whoever asks, whether the certificates asked for are such or not. */
    KeyManager shown() {
        return new ShownCertificate(chain, key);
    }
}
