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
    private static final int ASCII = 0x80;

    /** Browsers escape these in a path, as RFC 3986 has it; a fragment is not sent. */
    private static final boolean[] IN_PATHS = visibleBut("#\"<>\\^`{}");

    private static final boolean[] IN_QUERIES = visibleBut("#");

    private RequestTarget() {}

    static boolean sound(HttpServerExchange exchange) {
        return holdsOnly(IN_PATHS, exchange.getRequestURI()) && holdsOnly(IN_QUERIES, exchange.getQueryString());
    }

    private static boolean holdsOnly(boolean[] allowed, String part) {
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c >= ASCII || !allowed[c]) {
                return false;
            }
        }
        return true;
    }

    private static boolean[] visibleBut(String excluded) {
        boolean[] allowed = new boolean[ASCII];
        for (char c = '!'; c <= '~'; c++) {
            allowed[c] = excluded.indexOf(c) < 0;
        }
        return allowed;
    }
}
