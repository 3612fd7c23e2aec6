package dev.sluice.config;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One address on which sites are served.
 *
 * @param host the address or name to bind
 * @param port the TCP port, 0 to 65535; 0 lets the system pick a free one
 * @param tls the certificates that make this an HTTPS listener, at least one; the first is for clients that ask for no name or
 *     an unknown one. Null for clear text
 * @param clientCertificates whose certificates clients are asked for; null for none; only with {@code tls}
 * @param h2c whether HTTP/2 by prior knowledge is spoken too in clear text (RFC 9113 §3.3); never with {@code tls},
 *     where ALPN chooses
 * @param redirect where every request is sent instead of being served; never with {@code tls}
 */
public record ListenerSettings(
        Host host,
        int port,

        @Nullable @JsonFormat(with = JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED)
        List<TlsSettings> tls,

        @Nullable ClientCertificateSettings clientCertificates,
        boolean h2c,
        Redirect redirect) {
    static ListenerSettings defaults() {
        return new ListenerSettings(new Host("127.0.0.1"), 8080, null, null, false, Redirect.NONE);
    }

    /** Where a listener sends every request. */
    public enum Redirect {
        /** Nowhere: it serves. */
        NONE,
        /** To the same URL over TLS, on the port of the first listener that speaks it. */
        HTTPS;

        /**
         * The word that stands in a configuration.
         *
         * @return the name in lower case
         */
        @Override
        @JsonValue
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
