package dev.sluice.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One website. Paths of the site begin with a slash and are decoded.
 *
 * @param hosts the values of {@code Host} that it answers to, in lower case, at least one: {@code example.org},
 *     {@code *.example.org}, {@code 127.0.0.1}, {@code [::1]}, each with {@code :port} behind it or without, or
 *     {@code default} for all that no site names. No two sites share one.
 * @param root the directory it serves
 * @param index the names tried, in this order, when a directory is requested; may be empty
 * @param symlinks which symbolic links below the root are followed
 * @param hide whether names that begin with a dot are hidden, except {@code /.well-known/} (RFC 8615)
 * @param spa the path of the page that answers navigations to paths that do not exist; null for none
 * @param listing what a directory without an index file is answered with
 * @param cleanUrls whether {@code /about} finds {@code about.html}
 * @param trailingSlash under which path a directory answers
 * @param tryFiles what is looked for in turn: site paths in which <code>{path}</code> stands for the path asked for,
 *     and last perhaps {@code =404}, the status (400 to 599) if none of them is there. Empty for the path alone.
 * @param errorPages the pages for errors
 * @param compression in what the site differs from the server's compression
 * @param dev whether it is served to its author: nothing is kept or coded, and pages reload when a file changes
 * @param rules what is done to some of the requests; all that match apply, in this order
 */
public record SiteSettings(
        List<String> hosts,
        SiteRoot root,
        List<String> index,
        SymlinkPolicy symlinks,
        boolean hide,
        @Nullable String spa,
        ListingFormat listing,
        boolean cleanUrls,
        TrailingSlash trailingSlash,
        List<String> tryFiles,
        ErrorPages errorPages,
        SiteCompressionSettings compression,
        boolean dev,
        List<RuleSettings> rules) {

    /** Copies the lists. */
    public SiteSettings {
        hosts = List.copyOf(hosts);
        index = List.copyOf(index);
        tryFiles = List.copyOf(tryFiles);
        rules = List.copyOf(rules);
    }

    /**
     * The same site under other hosts.
     *
     * @param others the hosts
     * @return these settings with those hosts in the place of their own
     */
    public SiteSettings under(List<String> others) {
        return new SiteSettings(
                others,
                root,
                index,
                symlinks,
                hide,
                spa,
                listing,
                cleanUrls,
                trailingSlash,
                tryFiles,
                errorPages,
                compression,
                dev,
                rules);
    }

    static SiteSettings defaults(SiteRoot root) {
        return new SiteSettings(
                List.of("default"),
                root,
                List.of("index.html"),
                SymlinkPolicy.INSIDE,
                true,
                null,
                ListingFormat.OFF,
                false,
                TrailingSlash.ADD,
                List.of(),
                new ErrorPages(Map.of(404, "/404.html"), Map.of()),
                SiteCompressionSettings.defaults(),
                false,
                List.of());
    }
}
