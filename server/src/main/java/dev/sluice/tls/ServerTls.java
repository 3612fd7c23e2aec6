package dev.sluice.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
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

    private final List<KeySource> sources;
    private List<FileState> taken;
    private List<FileState> seen;
    private volatile Loaded loaded;

    /**
     * What was read at one time.
     *
     * @param context for handshakes
     * @param warnings as below
     */
    private record Loaded(SSLContext context, List<String> warnings) {}

    private ServerTls(List<KeySource> sources, List<FileState> taken, Loaded loaded) {
        this.sources = sources;
        this.taken = taken;
        this.seen = taken;
        this.loaded = loaded;
    }

    /**
     * Reads certificates and their keys.
     *
     * @param sources where from; at least one, and the first is for clients that ask for no name or an unknown one
     * @param now to tell whether a certificate has expired, which only warns
     * @throws TlsException if one of them cannot be used
     */
    public static ServerTls load(List<KeySource> sources, Instant now) throws TlsException {
        List<KeySource> copy = List.copyOf(sources);
        List<FileState> before = states(copy);
        return new ServerTls(copy, before, read(copy, now));
    }

    private static List<FileState> states(List<KeySource> sources) {
        return sources.stream()
                .flatMap(source -> source.files().stream())
                .map(FileState::of)
                .toList();
    }

    private static Loaded read(List<KeySource> sources, Instant now) throws TlsException {
        List<Identity> identities = new ArrayList<>();
        for (KeySource source : sources) {
            identities.add(Identity.read(source));
        }
        List<String> warnings = identities.stream()
                .map(identity -> identity.chain().outOfDate(now))
                .filter(Objects::nonNull)
                .toList();
        return new Loaded(context(identities), warnings);
    }

    private static SSLContext context(List<Identity> identities) throws TlsException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new Identities(identities)}, null, null);
            return context;
        } catch (GeneralSecurityException e) {
            Path first = identities.get(0).chain().path();
            throw new TlsException("certificate " + first + ": cannot be used: " + e.getMessage(), e);
        }
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
        List<FileState> states = states(sources);
        boolean settled = states.equals(seen);
        seen = states;
        if (!settled || states.equals(taken)) {
            return false;
        }
        taken = states;
        loaded = read(sources, now);
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
     * The protocols and suites offered, in this order of preference, and HTTP/2 before HTTP/1.1.
     */
    public SSLParameters parameters() {
        SSLParameters parameters = new SSLParameters(SUITES.clone(), PROTOCOLS.clone());
        parameters.setUseCipherSuitesOrder(true);
        parameters.setApplicationProtocols(APPLICATION_PROTOCOLS.clone());
        return parameters;
    }

    /** The files, for messages. */
    @Override
    public String toString() {
        return sources.stream().map(source -> source.files().get(0).toString()).collect(Collectors.joining(", "));
    }
}
