package dev.sluice.serve;

import dev.sluice.http.AcceptEncoding;
import dev.sluice.http.AcceptField;
import dev.sluice.http.Credentials;
import dev.sluice.http.Method;
import dev.sluice.http.WantDigest;
import dev.sluice.plan.Conditions;
import dev.sluice.plan.Request;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reads from an exchange what a decision needs. */
final class RequestReader {
    private static final HttpString WANT_REPR_DIGEST = HttpString.tryFromString("Want-Repr-Digest");

    /** Browsers send a handful of different fields; beyond this many, somebody makes them up. */
    private static final int MOST_REMEMBERED = 1024;

    private final Map<String, AcceptEncoding> parsedCodings = new ConcurrentHashMap<>();

    static Method method(HttpServerExchange exchange) {
        // Undertow's names are equal whatever their case, but methods are case-sensitive (RFC 9110 §9.1).
        return Method.of(exchange.getRequestMethod().toString());
    }

    /**
     * The host that a request is for, with its port if one was sent; null if there is none, as HTTP/1.0 has it.
     *
     * <p>A target that names one overrides the Host field (RFC 9112 §3.2.2), which {@link HostShade} has hidden then.
     */
    static @Nullable String host(HttpServerExchange exchange) {
        if (!exchange.isHostIncludedInRequestURI()) {
            return exchange.getRequestHeaders().getFirst(Headers.HOST);
        }
        String uri = exchange.getRequestURI();
        int host = authority(uri);
        int path = uri.indexOf('/', host);
        return path < 0 ? uri.substring(host) : uri.substring(host, path);
    }

    private static int authority(String uri) {
        int scheme = uri.indexOf("://");
        return scheme < 0 ? 0 : scheme + 3;
    }

    /** The path as it was sent: not decoded, without query, scheme and authority (RFC 9112 §3.2). */
    static String rawPath(HttpServerExchange exchange) {
        String uri = exchange.getRequestURI();
        if (!exchange.isHostIncludedInRequestURI()) {
            return uri;
        }
        int path = uri.indexOf('/', authority(uri));
        return path < 0 ? "/" : uri.substring(path);
    }

    /** Whether a GET asks for anything but the whole current representation. */
    static boolean conditional(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getRequestHeaders();
        return headers.contains(Headers.IF_NONE_MATCH)
                || headers.contains(Headers.IF_MODIFIED_SINCE)
                || headers.contains(Headers.RANGE)
                || headers.contains(Headers.IF_MATCH)
                || headers.contains(Headers.IF_UNMODIFIED_SINCE)
                || headers.contains(WANT_REPR_DIGEST);
    }

    Request read(HttpServerExchange exchange, Method method) {
        return read(exchange.getRequestHeaders(), method);
    }

    Request read(HeaderMap headers, Method method) {
        String wantDigest = field(headers, WANT_REPR_DIGEST);
        return new Request(
                method,
                Instant.now(),
                conditions(headers),
                codings(headers),
                wantDigest != null && WantDigest.parse(wantDigest).wantsSha256(),
                headers.getFirst(Headers.ORIGIN));
    }

    /** The content codings that the client takes. */
    AcceptEncoding codings(HeaderMap headers) {
        String value = field(headers, Headers.ACCEPT_ENCODING);
        if (value == null) {
            return AcceptEncoding.ANY;
        }
        AcceptEncoding known = parsedCodings.get(value);
        if (known == null) {
            known = AcceptEncoding.parse(value);
            if (parsedCodings.size() < MOST_REMEMBERED) {
                parsedCodings.put(value, known);
            }
        }
        return known;
    }

    /** Whether a person follows a link, rather than a script asking for data: only that says it takes HTML by name. */
    static boolean navigation(HeaderMap headers) {
        return accept(headers).acceptsExplicitly("text/html");
    }

    /** The media types that the client takes. */
    static AcceptField accept(HeaderMap headers) {
        String accept = field(headers, Headers.ACCEPT);
        return accept == null ? AcceptField.ANY : AcceptField.parse(accept);
    }

    /** The name and the password that were sent, or null. */
    static @Nullable Credentials credentials(HeaderMap headers) {
        String authorization = headers.getFirst(Headers.AUTHORIZATION);
        return authorization == null ? null : Credentials.parse(authorization).orElse(null);
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
