package dev.sluice.serve;

import dev.sluice.http.Method;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;

/**
 * What a browser asks before a page of another origin may send a request (the Fetch standard's CORS preflight).
 *
 * @param asked whether this request is such a question
 * @param method the one it asks for, or else its own
 */
record Preflight(boolean asked, Method method) {
    private static final HttpString REQUEST_METHOD = HttpString.tryFromString("Access-Control-Request-Method");

    static Preflight of(HttpServerExchange exchange, Method method) {
        HeaderMap headers = exchange.getRequestHeaders();
        String wanted =
                method == Method.OPTIONS && headers.contains(Headers.ORIGIN) ? headers.getFirst(REQUEST_METHOD) : null;
        return wanted == null ? new Preflight(false, method) : new Preflight(true, Method.of(wanted));
    }
}
