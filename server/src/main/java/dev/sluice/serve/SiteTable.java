package dev.sluice.serve;

import dev.sluice.http.HostName;
import dev.sluice.http.HostTable;
import dev.sluice.plan.Lookup;
import io.undertow.server.HttpServerExchange;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which site a request is for, by its host (RFC 9110 §7.2). */
public final class SiteTable {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** Clients of a site send a handful of spellings; beyond this many, somebody makes them up. */
    private static final int MOST_REMEMBERED = 1024;

    private final HostTable<ServedSite> table;
    private final Map<String, Match> known = new ConcurrentHashMap<>();
    private final Map<String, Match> knownSecure = new ConcurrentHashMap<>();

    /**
     * @param table the sites by their hosts
     */
    public SiteTable(HostTable<ServedSite> table) {
        this.table = table;
    }

    /**
     * What became of a search.
     *
     * @param site the site, or null if there is none
     * @param refusal why not
     */
    public record Match(@Nullable ServedSite site, Lookup.Refused refusal) {}

    /**
     * Finds a site.
     *
     * @param host the host that a request names, or null if it names none, as HTTP/1.0 may
     * @param secure whether it came over TLS, which decides what port a host without one means
     */
    public Match find(@Nullable String host, boolean secure) {
        if (host == null || host.isEmpty()) {
            return match(table.fallback().orElse(null));
        }
        Map<String, Match> remembered = secure ? knownSecure : known;
        Match match = remembered.get(host);
        if (match == null) {
            ServedSite site = table.find(host, secure ? HTTPS : HTTP).orElse(null);
            match = HostName.parse(host)
                    .map(name -> match(site == null || isFor(site, name) ? site : null))
                    .orElseGet(() -> new Match(null, new Lookup.Misdirected(Reasons.MALFORMED_HOST, true)));
            if (remembered.size() < MOST_REMEMBERED) {
                remembered.put(host, match);
            }
        }
        return match;
    }

    /**
     * Whether a site answers to a name that may not be one of its own. What is served to its author answers only to names that are his: by
     * one that leads here although it is a stranger's, the stranger's pages would read it (DNS rebinding).
     */
    private static boolean isFor(ServedSite site, HostName host) {
        return site.content().live() == null
                || host.isAddress()
                || host.isLocal()
                || site.name().equals(host.name());
    }

    Match find(HttpServerExchange exchange) {
        return find(RequestReader.host(exchange), exchange.isSecure());
    }

    private static Match match(@Nullable ServedSite site) {
        return new Match(site, new Lookup.Misdirected(Reasons.UNKNOWN_HOST, false));
    }
}
