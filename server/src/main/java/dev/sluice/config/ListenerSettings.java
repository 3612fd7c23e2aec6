package dev.sluice.config;

import org.jspecify.annotations.Nullable;

/**
 * One address on which sites are served.
 *
 * @param host the address or name to bind
 * @param port the TCP port, 0 to 65535; 0 lets the system pick a free one
 * @param tls the certificate that makes this an HTTPS listener; null for clear text
 * @param h2c whether HTTP/2 by prior knowledge is spoken too in clear text (RFC 9113 §3.3); never with {@code tls},
 *     where ALPN chooses
 */
public record ListenerSettings(
        Host host, int port, @Nullable TlsSettings tls, boolean h2c) {
    static ListenerSettings defaults() {
        return new ListenerSettings(new Host("127.0.0.1"), 8080, null, false);
    }
}
