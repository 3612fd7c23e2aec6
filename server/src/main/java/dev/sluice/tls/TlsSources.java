package dev.sluice.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The files of a listener with TLS.
 *
 * @param certificates its own and their keys; at least one
 * @param clients whose certificates clients are asked for; null to ask for none
 */
record TlsSources(List<KeySource> certificates, @Nullable ClientSource clients) {
    /**
     * What was read at one time.
     *
     * @param context for handshakes; its sessions are resumed in no other one, so in none that trusts other clients
     * @param warnings what a user should know of the certificates although they work, each in one line
     */
    record Loaded(SSLContext context, List<String> warnings) {}

    TlsSources {
        certificates = List.copyOf(certificates);
    }

    /** What tells whether a file has changed, of each. */
    List<FileState> states() {
        return files().map(FileState::of).toList();
    }

    private Stream<Path> files() {
        return Stream.concat(
                certificates.stream().flatMap(source -> source.files().stream()),
                Stream.ofNullable(clients).map(ClientSource::authorities));
    }

    /**
     * Reads them.
     *
     * @param now to tell whether a certificate has expired, which only warns
     * @throws TlsException if one of them cannot be used
     */
    Loaded read(Instant now) throws TlsException {
        List<Identity> identities = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        for (KeySource source : certificates) {
            Identity identity = Identity.read(source);
            identities.add(identity);
            @Nullable String outOfDate = identity.chain().outOfDate(now);
            if (outOfDate != null) {
                warnings.add(outOfDate);
            }
        }
        if (clients == null) {
            return new Loaded(context(identities, null), List.copyOf(warnings));
        }
        ClientTrust trust = ClientTrust.read(clients.authorities());
        warnings.addAll(trust.warnings(now));
        return new Loaded(context(identities, new TrustManager[] {trust.manager()}), List.copyOf(warnings));
    }

    private static SSLContext context(List<Identity> identities, TrustManager @Nullable [] trusted)
            throws TlsException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new Identities(identities)}, trusted, null);
            return context;
        } catch (GeneralSecurityException e) {
            Path first = identities.get(0).chain().path();
            throw new TlsException("certificate " + first + ": cannot be used: " + e.getMessage(), e);
        }
    }

    /** Has clients asked for certificates, if they are to be. */
    void askIn(SSLParameters parameters) {
        if (clients != null) {
            clients.askIn(parameters);
        }
    }

    /** The file of each certificate, and that of the authorities, for messages. */
    @Override
    public String toString() {
        return Stream.concat(
                        certificates.stream().map(source -> source.files().get(0)),
                        Stream.ofNullable(clients).map(ClientSource::authorities))
                .map(Path::toString)
                .collect(Collectors.joining(", "));
    }
}
