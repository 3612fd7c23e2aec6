package dev.sluice.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a certificate for each handshake: by the name that the client asks for (SNI, RFC 6066 §3), and among those by the kind
 * of key, for which JSSE asks in the client's order of preference until it is given one.
 *
 * <p>A name that stands in a certificate goes before a wildcard. A client that names nobody, or nobody known, gets the first
 * certificate, or the one of another kind of key for the same names. Never changed after it is made, so that a handshake sees the
 * certificate and the key of one renewal.
 */
final class Identities extends X509ExtendedKeyManager {
    private final List<Identity> identities;

    /**
     * @param identities at least one
     */
    Identities(List<Identity> identities) {
        this.identities = List.copyOf(identities);
    }

    /**
     * Chooses one.
     *
     * @param keyType the kind of key that the client takes, as JSSE names it
     * @param name the name that the client asks for, or null
     * @return its place in the list, from 0, as text; null if there is none of that kind
     */
    @Nullable
    String choose(String keyType, @Nullable String name) {
        String asked = name == null ? "" : name.toLowerCase(Locale.ROOT);
        Predicate<CertificateNames> exact = names -> names.hold(asked);
        Predicate<CertificateNames> wildcard = names -> names.holdWildcardFor(asked);
        if (identities.stream().map(Identity::names).anyMatch(exact.or(wildcard))) {
            String choice = first(keyType, exact);
            return choice == null ? first(keyType, wildcard) : choice;
        }
        return first(keyType, identities.get(0).names()::equals);
    }

    private @Nullable String first(String keyType, Predicate<CertificateNames> fitting) {
        for (int i = 0; i < identities.size(); i++) {
            Identity identity = identities.get(i);
            if (identity.keyType().equals(keyType) && fitting.test(identity.names())) {
                return Integer.toString(i);
            }
        }
        return null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return choose(keyType, engine == null ? null : askedFor(engine.getHandshakeSession()));
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return choose(keyType, socket instanceof SSLSocket secure ? askedFor(secure.getHandshakeSession()) : null);
    }

    private static @Nullable String askedFor(@Nullable SSLSession handshake) {
        if (handshake instanceof ExtendedSSLSession session) {
            for (SNIServerName name : session.getRequestedServerNames()) {
                if (name instanceof SNIHostName host) {
                    return host.getAsciiName();
                }
            }
        }
        return null;
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return IntStream.range(0, identities.size())
                .filter(i -> identities.get(i).keyType().equals(keyType))
                .mapToObj(Integer::toString)
                .toArray(String[]::new);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return of(alias).chain().certificates().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return of(alias).key();
    }

    private Identity of(String alias) {
        return identities.get(Integer.parseInt(alias));
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
