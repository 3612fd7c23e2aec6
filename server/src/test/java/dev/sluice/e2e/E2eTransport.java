package dev.sluice.e2e;

import dev.sluice.tls.TestCertificate;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Assumptions;

/**
 * What the whole suite is run over, chosen by the system property {@code sluice.e2e.transport}: {@code clear} (HTTP/1.1, the
 * default), {@code tls} (HTTP/1.1 over TLS) or {@code h2} (HTTP/2 over TLS).
 */
enum E2eTransport {
    CLEAR("http", "HTTP/1.1"),
    TLS("https", "HTTP/1.1"),
    H2("https", "HTTP/2");

    private final String scheme;
    private final String protocol;

    E2eTransport(String scheme, String protocol) {
        this.scheme = scheme;
        this.protocol = protocol;
    }

    /** The certificate is made when it is first needed, once for a run. */
    private static final class Certificate {
        private static final TestCertificate CERTIFICATE = TestCertificate.rsa();

        private static final SSLContext TRUSTING = CERTIFICATE.trusting();
    }

    static E2eTransport current() {
        return valueOf(System.getProperty("sluice.e2e.transport", "clear").toUpperCase(Locale.ROOT));
    }

    /** The scheme of its URIs. */
    String scheme() {
        return scheme;
    }

    /** The protocol that records name. */
    String protocol() {
        return protocol;
    }

    /** Whether no body goes out without a copy. */
    boolean copies() {
        return this != CLEAR;
    }

    /** The I/O path that carries what is planned for another one. */
    String carried(String planned) {
        return copies() && !planned.equals("none") ? "copy" : planned;
    }

    /** The reason of a record, where {@code why} is the planner's. */
    String reason(String planned, String why) {
        if (carried(planned).equals(planned)) {
            return why;
        }
        return this == TLS ? "tls" : "http2";
    }

    /** Trusts the server and nobody else. */
    SSLContext trusting() {
        return Certificate.TRUSTING;
    }

    /** The keys of the configuration that make a listener speak it. */
    List<String> sets(Path folder) {
        if (this == CLEAR) {
            return List.of();
        }
        Certificate.CERTIFICATE.writeTo(folder);
        return List.of("listeners[0].tls={certificate: " + folder.resolve("fullchain.pem") + ", key: "
                + folder.resolve("privkey.pem") + "}");
    }

    /** Skips a test that says something about HTTP/1.1, encrypted or not. */
    static void assumeHttp1(String why) {
        Assumptions.assumeTrue(current() != H2, why);
    }

    /** Skips a test that says something about HTTP/1.1 in clear text alone. */
    static void assumeClear(String why) {
        Assumptions.assumeTrue(current() == CLEAR, why);
    }
}
