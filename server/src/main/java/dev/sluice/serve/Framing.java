package dev.sluice.serve;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.Protocols;

/**
 * Whether a request's framing leaves no doubt where the request ends (RFC 9112 §6).
 *
 * <p>Undertow is lenient here: it takes a Content-Length too large for a long for 0 and any Transfer-Encoding for chunked. A
 * proxy that reads it in another way would then see another request than we do (request smuggling, §11.2).
 */
final class Framing {
    /** A length with more digits does not fit into a long, and no such body exists. */
    private static final int MOST_DIGITS = 18;

    private Framing() {}

    static boolean sound(HttpServerExchange exchange) {
        if (exchange.getProtocol().equals(Protocols.HTTP_0_9)) {
            // That version is a line without one, and has no fields. Undertow takes its name, and would answer in it.
            exchange.setProtocol(Protocols.HTTP_1_1);
            return false;
        }
        return sound(exchange.getRequestHeaders(), exchange.isHttp11());
    }

    /**
     * @param http11 whether the request came by HTTP/1.1
     */
    static boolean sound(HeaderMap headers, boolean http11) {
        HeaderValues coding = headers.get(Headers.TRANSFER_ENCODING);
        HeaderValues length = headers.get(Headers.CONTENT_LENGTH);
        if (coding != null) {
            return length == null && coding.size() == 1 && http11 && isChunked(coding.getFirst());
        }
        return length == null || (length.size() == 1 && isLength(length.getFirst()));
    }

    private static boolean isChunked(String coding) {
        return coding.equalsIgnoreCase("chunked");
    }

    private static boolean isLength(String value) {
        boolean digits = value.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits && !value.isEmpty() && value.length() <= MOST_DIGITS;
    }
}
