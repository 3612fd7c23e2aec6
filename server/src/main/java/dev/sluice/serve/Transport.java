package dev.sluice.serve;

import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** What a listener speaks below HTTP. */
public sealed interface Transport {
    /**
     * Clear text.
     *
     * @param http2 whether HTTP/2 by prior knowledge is spoken beside HTTP/1.1 (RFC 9113 §3.3)
     */
    record Clear(boolean http2) implements Transport {
        /** HTTP/1.1 and nothing else. */
        public static final Clear HTTP1 = new Clear(false);
    }

    /**
     * TLS, with HTTP/2 or HTTP/1.1 as the client and ALPN choose (RFC 7301).
     *
     * @param context holds the certificates; asked for each new connection, so that they can be renewed
     * @param parameters protocols, cipher suites and the application protocols offered; not changed after this
     */
    record Tls(Supplier<SSLContext> context, SSLParameters parameters) implements Transport {}
}
