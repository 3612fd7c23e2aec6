package dev.sluice.serve;

import dev.sluice.http.HostName;
import io.undertow.server.HttpServerExchange;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Where a listener sends its requests that does not serve in clear text.
 *
 * @param port of the listener that speaks TLS; asked for each request
 */
public record SecureOrigin(IntSupplier port) {
    private static final int HTTPS = 443;

    /**
     * The same URL with the scheme {@code https}: the host that the client asked for, path and query as they were sent.
     *
     * @return empty for a request of HTTP/1.0 that names no host
     */
    Optional<String> location(HttpServerExchange exchange) {
        String host = RequestReader.host(exchange);
        if (host == null) {
            return Optional.empty();
        }
        int to = port.getAsInt();
        String query = exchange.getQueryString();
        return HostName.parse(host)
                .map(asked -> "https://" + asked.name() + (to == HTTPS ? "" : ":" + to)
                        + RequestReader.rawPath(exchange) + (query.isEmpty() ? "" : "?" + query));
    }
}
