package dev.sluice.admin;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which page, if any, had a browser send a request. What browsers say of that a page can't change; other clients say
 * nothing, and need not.
 *
 * @param host the host asked for, with its port if one was sent; null without one
 * @param origins what stands in Origin; browsers send one at most
 * @param referer the Referer field, or null; some browsers send it alone
 * @param fetchSite what Sec-Fetch-Site says of the page (Fetch Metadata), or null
 * @param fetchMode what Sec-Fetch-Mode says of the request, or null
 */
record Provenance(
        @Nullable String host,
        List<String> origins,
        @Nullable String referer,
        @Nullable String fetchSite,
        @Nullable String fetchMode) {
    private static final HttpString FETCH_SITE = new HttpString("Sec-Fetch-Site");
    private static final HttpString FETCH_MODE = new HttpString("Sec-Fetch-Mode");

    /** The same origin, or no page at all: an address that was typed. */
    private static final Set<String> OURS = Set.of("same-origin", "none");

    static Provenance of(HttpServerExchange exchange) {
        HeaderMap fields = exchange.getRequestHeaders();
        HeaderValues origins = fields.get(Headers.ORIGIN);
        return new Provenance(
                host(exchange),
                origins == null ? List.of() : List.copyOf(origins),
                fields.getFirst(Headers.REFERER),
                fields.getFirst(FETCH_SITE),
                fields.getFirst(FETCH_MODE));
    }

    /** A target that names a host overrides the Host field (RFC 9112 §3.2.2). */
    private static @Nullable String host(HttpServerExchange exchange) {
        if (!exchange.isHostIncludedInRequestURI()) {
            return exchange.getRequestHeaders().getFirst(Headers.HOST);
        }
        String uri = exchange.getRequestURI();
        int authority = uri.indexOf("://") + "://".length();
        int path = uri.indexOf('/', authority);
        return path < 0 ? uri.substring(authority) : uri.substring(authority, path);
    }

    /** What tells that a page of another origin had it sent; null if nothing does. */
    @Nullable
    String foreign() {
        if (!origins.isEmpty()) {
            return origins.size() == 1 && isOurs(origins.get(0))
                    ? foreignSite()
                    : "Origin: " + String.join(", ", origins);
        }
        if (referer != null && !isOurs(origin(referer))) {
            return "Referer: " + referer;
        }
        return foreignSite();
    }

    /**
     * What tells that a page of another origin had it loaded into itself; null if nothing does. That a page has a link
     * to here is no reason to refuse whoever follows it.
     */
    @Nullable
    String embedding() {
        return "navigate".equals(fetchMode) ? null : foreignSite();
    }

    private @Nullable String foreignSite() {
        return fetchSite == null || OURS.contains(fetchSite) ? null : "Sec-Fetch-Site: " + fetchSite;
    }

    private boolean isOurs(String origin) {
        return host != null && (origin.equals("http://" + host) || origin.equals("https://" + host));
    }

    private static String origin(String url) {
        int authority = url.indexOf("://");
        int path = authority < 0 ? -1 : url.indexOf('/', authority + "://".length());
        return path < 0 ? url : url.substring(0, path);
    }
}
