package dev.sluice.serve;

import dev.sluice.http.Method;
import dev.sluice.plan.Conditions;
import dev.sluice.plan.Request;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads from an exchange what a decision needs. */
final class RequestReader {
    private RequestReader() {}

    static Method method(HttpServerExchange exchange) {
        // Undertow's names are equal whatever their case, but methods are case-sensitive (RFC 9110 §9.1).
        return Method.of(exchange.getRequestMethod().toString());
    }

    /** The path as it was sent: not decoded, without query, scheme and authority (RFC 9112 §3.2). */
    static String rawPath(HttpServerExchange exchange) {
        String uri = exchange.getRequestURI();
        if (!exchange.isHostIncludedInRequestURI()) {
            return uri;
        }
        int authority = uri.indexOf("://");
        int path = uri.indexOf('/', authority < 0 ? 0 : authority + 3);
        return path < 0 ? "/" : uri.substring(path);
    }

    /** Whether a GET asks for anything but the whole current representation. */
    static boolean conditional(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getRequestHeaders();
        return headers.contains(Headers.IF_NONE_MATCH)
                || headers.contains(Headers.IF_MODIFIED_SINCE)
                || headers.contains(Headers.RANGE)
                || headers.contains(Headers.IF_MATCH)
                || headers.contains(Headers.IF_UNMODIFIED_SINCE);
    }

    static Request read(HttpServerExchange exchange, Method method) {
        return new Request(method, Instant.now(), conditions(exchange.getRequestHeaders()));
    }

    private static Conditions conditions(HeaderMap headers) {
        return new Conditions(
                field(headers, Headers.IF_MATCH),
                field(headers, Headers.IF_UNMODIFIED_SINCE),
                field(headers, Headers.IF_NONE_MATCH),
                field(headers, Headers.IF_MODIFIED_SINCE),
                field(headers, Headers.IF_RANGE),
                field(headers, Headers.RANGE));
    }

    /** A field's value; several lines of it are one list (RFC 9110 §5.3). */
    private static @Nullable String field(HeaderMap headers, HttpString name) {
        HeaderValues values = headers.get(name);
        if (values == null) {
            return null;
        }
        return values.size() == 1 ? values.getFirst() : String.join(", ", values);
    }
}
