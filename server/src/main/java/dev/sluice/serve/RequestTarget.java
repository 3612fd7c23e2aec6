package dev.sluice.serve;

import io.undertow.server.HttpServerExchange;

/**
 * Whether a request's target is one that can be read in one way only.
 *
 * <p>Undertow either refuses every octet that a URI has to escape, or takes any octet at all, line ends included. Browsers send
 * some of those octets as they are ("path percent-encode set" and "query percent-encode set" of the WHATWG's URL Standard), so it
 * takes all, and what nobody sends is refused here.
 */
final class RequestTarget {
    /** What RFC 3986 has escaped in a path, and browsers escape. */
    private static final String ESCAPED_IN_PATHS = "\"<>\\^`{}";

    private RequestTarget() {}

    static boolean sound(HttpServerExchange exchange) {
        return sound(exchange.getRequestURI(), ESCAPED_IN_PATHS) && sound(exchange.getQueryString(), "");
    }

    private static boolean sound(String part, String escaped) {
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#' || isOneOf(escaped, c)) {
                return false;
            }
        }
        return true;
    }

    /** Most octets of a target are small letters, and for those no look at the others is needed. */
    private static boolean isOneOf(String escaped, char c) {
        return (c < 'a' || c > 'z') && escaped.indexOf(c) >= 0;
    }
}
