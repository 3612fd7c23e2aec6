package dev.sluice.tls;

import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * All that a listener needs to speak TLS. Its certificates can be renewed while it does: each handshake is given the
 * {@link #context} of that moment, and nothing about a connection that is open depends on it any more.
 */
public final class ServerTls {
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
     * A client of TLS 1.2 that asks for one handshake after the other on its connection costs it little and a server much
     * (CVE-2011-1473); JSSE refuses that by this property alone, which it reads at its first handshake. Nobody else asks for it:
     * HTTP/2 forbids it (RFC 9113 §9.2.1), and TLS 1.3 has it no more.
     */
    private static final String REFUSE_RENEGOTIATION = "jdk.tls.rejectClientInitiatedRenegotiation";

    static {
        if (System.getProperty(REFUSE_RENEGOTIATION) == null) {
            System.setProperty(REFUSE_RENEGOTIATION, "true");
        }
    }

    private final TlsSources sources;
    private List<FileState> taken;
    private List<FileState> seen;
    private volatile TlsSources.Loaded loaded;

    private ServerTls(TlsSources sources, List<FileState> taken, TlsSources.Loaded loaded) {
        this.sources = sources;
        this.taken = taken;
        this.seen = taken;
        this.loaded = loaded;
    }

    /**
     * Reads certificates and their keys, to ask clients for none.
     *
     * @param certificates where from; at least one, and the first is for clients that ask for no name or an unknown one
     * @param now to tell whether a certificate has expired, which only warns
     * @throws TlsException if one of them cannot be used
     */
    public static ServerTls load(List<KeySource> certificates, Instant now) throws TlsException {
        return load(new TlsSources(certificates, null), now);
    }

    /**
     * The same, to ask clients for certificates too.
     *
     * @param clients whose certificates are asked for
     */
    public static ServerTls load(List<KeySource> certificates, ClientSource clients, Instant now) throws TlsException {
        return load(new TlsSources(certificates, clients), now);
    }

    private static ServerTls load(TlsSources sources, Instant now) throws TlsException {
        List<FileState> before = sources.states();
        return new ServerTls(sources, before, sources.read(now));
    }

    /**
     * Looks whether the files have changed, and takes what is in them then. Only files that stay as they are from one look to
     * the next are read: certificate and key are seldom written at once. To be called about once a second, from a thread that
     * may wait for a disk.
     *
     * @param now as in {@link #load}
     * @return whether handshakes are given other certificates from now on
     * @throws TlsException if what is in them cannot be used: then everything stays as it was. It is thrown once and not
     *     again until the files change again
     */
    public synchronized boolean renew(Instant now) throws TlsException {
        List<FileState> states = sources.states();
        boolean settled = states.equals(seen);
        seen = states;
        if (!settled || states.equals(taken)) {
            return false;
        }
        taken = states;
        loaded = sources.read(now);
        return true;
    }

    /** For a handshake that begins now. */
    public SSLContext context() {
        return loaded.context();
    }

    /** What a user should know of the certificates in use although they work, each in one line. */
    public List<String> warnings() {
        return loaded.warnings();
    }

    /**
     * The protocols and suites offered, in this order of preference, HTTP/2 before HTTP/1.1, and whether clients are asked for
     * certificates.
     */
    public SSLParameters parameters() {
        SSLParameters parameters = new SSLParameters(SUITES.clone(), PROTOCOLS.clone());
        parameters.setUseCipherSuitesOrder(true);
        parameters.setApplicationProtocols(APPLICATION_PROTOCOLS.clone());
        sources.askIn(parameters);
        return parameters;
    }

    /** The files, for messages. */
    @Override
    public String toString() {
        return sources.toString();
    }
}
