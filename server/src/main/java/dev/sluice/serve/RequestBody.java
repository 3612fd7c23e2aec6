package dev.sluice.serve;

import io.undertow.server.AbstractServerConnection;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.util.Headers;

/**
 * What becomes of a request's body. A file server has no use for one: it is read only to find where the next request begins.
 *
 * <p>So it is read where that is beyond doubt and costs little: a Content-Length within the limit. Every other body is left
 * unread, and the connection is closed after the answer (RFC 9112 §9.3):
 *
 * <ul>
 *   <li>A chunked one, since Undertow takes for chunks what others do not ({@code 5\n}, {@code 5 x}, junk between chunks). With
 *       such a reader behind a proxy, one can hide a request in a body (RFC 9112 §11.2).
 *   <li>A longer one.
 *   <li>One that the client sends only if it is asked for by 100 (Continue): the final status tells it not to (RFC 9110
 *       §10.1.1).
 * </ul>
 */
final class RequestBody {
    private RequestBody() {}

    /** To be called before anything is answered, for a request whose {@link Framing} is sound. */
    static void settle(HttpServerExchange exchange) {
        if (!exchange.isRequestComplete() && !isRead(exchange)) {
            leave(exchange);
        }
    }

    /** Leaves the body unread and has the connection closed after the answer; on HTTP/2 frames tell where it ends. */
    static void leave(HttpServerExchange exchange) {
        exchange.setPersistent(false);
        if (isHttp1(exchange)) {
            // Else Undertow would read on, ask for more by 100, or break the connection off before the answer is out.
            Connectors.terminateRequest(exchange);
        }
    }

    private static boolean isRead(HttpServerExchange exchange) {
        return !isHttp1(exchange)
                || (exchange.getRequestHeaders().contains(Headers.CONTENT_LENGTH)
                        && exchange.getRequestContentLength() <= exchange.getMaxEntitySize()
                        && !HttpContinue.requiresContinueResponse(exchange));
    }

    private static boolean isHttp1(HttpServerExchange exchange) {
        return exchange.getConnection() instanceof AbstractServerConnection;
    }
}
