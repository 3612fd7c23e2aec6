package dev.sluice.app;

import dev.sluice.access.Accounts;
import dev.sluice.access.RateLimiter;
import dev.sluice.config.AuthSettings;
import dev.sluice.config.CompressionSettings;
import dev.sluice.config.RateLimitSettings;
import dev.sluice.config.RuleSettings;
import dev.sluice.config.SiteRoot;
import dev.sluice.config.SiteSettings;
import dev.sluice.http.ContentCoding;
import dev.sluice.http.MalformedPathException;
import dev.sluice.http.SitePath;
import dev.sluice.plan.Action;
import dev.sluice.plan.Match;
import dev.sluice.plan.Rule;
import dev.sluice.plan.Rules;
import dev.sluice.serve.CodingPolicy;
import dev.sluice.serve.ErrorPages;
import dev.sluice.serve.Gatekeeper;
import dev.sluice.serve.Listing;
import dev.sluice.serve.LiveReload;
import dev.sluice.serve.ServedSite;
import dev.sluice.serve.SiteContent;
import dev.sluice.serve.Storage;
import dev.sluice.site.Candidates;
import dev.sluice.site.Root;
import dev.sluice.site.Site;
import dev.sluice.site.SymlinkPolicy;
import dev.sluice.site.TrailingSlash;
import dev.sluice.site.TreeWatch;
import dev.sluice.site.WatchLimit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From the settings of a site to the site that is served. */
final class SiteBuilder {
    private static final int NOT_FOUND = 404;

    /** Behind all rules of a site that is served to its author. */
    private static final Rule NOT_TO_BE_KEPT =
            new Rule(Match.ALL, List.of(new Action.SetField("Cache-Control", "no-store")));

    private final CompressionSettings compression;
    private final Storage storage;

    SiteBuilder(CompressionSettings compression, Storage storage) {
        this.compression = compression;
        this.storage = storage;
    }

    ServedSite build(SiteSettings settings) {
        Rules rules = rules(settings);
        return new ServedSite(
                settings.hosts().get(0),
                new SiteContent(site(settings), storage, rules, codings(settings), live(settings)),
                rules,
                gatekeeper(settings.rules()),
                errorPages(settings),
                settings.spa() == null ? null : path(settings.spa()),
                Listing.valueOf(settings.listing().name()));
    }

    private static Rules rules(SiteSettings settings) {
        Stream<Rule> rules = settings.rules().stream().map(RuleCompiler::compile);
        return new Rules((settings.dev() ? Stream.concat(rules, Stream.of(NOT_TO_BE_KEPT)) : rules).toList());
    }

    private static @Nullable LiveReload live(SiteSettings settings) {
        if (!settings.dev()) {
            return null;
        }
        boolean followLinks = settings.symlinks() == dev.sluice.config.SymlinkPolicy.ALWAYS;
        return new LiveReload(new TreeWatch(settings.root().path(), followLinks, WatchLimit.ofThisSystem())).begin();
    }

    private Site site(SiteSettings settings) {
        List<ContentCoding> sidecars = compression.enabled() && !settings.dev() ? codings() : List.<ContentCoding>of();
        return new Site(
                root(settings.root()),
                settings.index(),
                SymlinkPolicy.valueOf(settings.symlinks().name()),
                settings.hide(),
                candidates(settings),
                TrailingSlash.valueOf(settings.trailingSlash().name()),
                sidecars);
    }

    private static Root root(SiteRoot root) {
        return root.within() == null ? new Root.Directory(root.path()) : new Root.InArchive(root.path(), root.within());
    }

    private static Candidates candidates(SiteSettings settings) {
        List<String> patterns = settings.tryFiles();
        if (patterns.isEmpty()) {
            return settings.cleanUrls() ? Candidates.CLEAN : Candidates.EXACT;
        }
        String last = patterns.get(patterns.size() - 1);
        return last.startsWith("=")
                ? new Candidates(patterns.subList(0, patterns.size() - 1), Integer.parseInt(last.substring(1)))
                : new Candidates(patterns, NOT_FOUND);
    }

    private List<ContentCoding> codings() {
        return compression.codings().stream()
                .map(name -> ContentCoding.valueOf(name.name()))
                .toList();
    }

    private CodingPolicy codings(SiteSettings settings) {
        return compression.enabled() && !settings.dev()
                ? new CodingPolicy(
                        codings(),
                        compression.minSize().bytes(),
                        settings.compression().streaming(compression))
                : CodingPolicy.NONE;
    }

    private static Gatekeeper gatekeeper(List<RuleSettings> rules) {
        Map<Integer, Accounts> accounts = new HashMap<>();
        Map<Integer, RateLimiter> limiters = new HashMap<>();
        for (int i = 0; i < rules.size(); i++) {
            @Nullable AuthSettings auth = rules.get(i).auth();
            if (auth != null) {
                accounts.put(i, new Accounts(auth.users()));
            }
            @Nullable RateLimitSettings limit = rules.get(i).rateLimit();
            if (limit != null) {
                limiters.put(i, new RateLimiter(limit.requests(), limit.per(), limit.burst()));
            }
        }
        return new Gatekeeper(accounts, limiters);
    }

    private static ErrorPages errorPages(SiteSettings settings) {
        return new ErrorPages(
                paths(settings.errorPages().byStatus()),
                paths(settings.errorPages().byClass()));
    }

    private static Map<Integer, SitePath> paths(Map<Integer, String> texts) {
        Map<Integer, SitePath> paths = new HashMap<>();
        texts.forEach((status, text) -> paths.put(status, path(text)));
        return paths;
    }

    /**
     * A path as a person writes it: escapes are welcome, and not needed.
     *
     * @throws IllegalArgumentException if it cannot be one
     */
    static SitePath path(String text) {
        try {
            return SitePath.parse(text);
        } catch (MalformedPathException unescaped) {
            try {
                return SitePath.parse(SitePath.encode(text));
            } catch (MalformedPathException e) {
                throw new IllegalArgumentException("path " + text + ": " + e.getMessage(), e);
            }
        }
    }
}
