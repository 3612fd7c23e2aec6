package dev.sluice.serve;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;

/**
 * Hands on those requests of which it is beyond doubt what they ask for and where they end; the others are answered with 400,
 * and their connections closed. For handlers that serve no files: {@link StaticHandler} asks the same itself.
 */
public final class SoundRequests implements HttpHandler {
    private final HttpHandler next;

    /**
     * Stands before a handler.
     *
     * @param next what answers sound requests; their bodies are no concern of it
     */
    public SoundRequests(HttpHandler next) {
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (Framing.sound(exchange) && RequestTarget.sound(exchange)) {
            RequestBody.settle(exchange);
            next.handleRequest(exchange);
            return;
        }
        RequestBody.leave(exchange);
        exchange.setStatusCode(StatusCodes.BAD_REQUEST);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain;charset=utf-8");
        exchange.getResponseSender().send("400 Bad Request: the request line or the framing is malformed\n");
    }
}
