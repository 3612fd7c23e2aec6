package dev.sluice.config;

import java.util.List;
import java.util.Map;

/**
 * One website.
 *
 * @param root the directory it serves
 * @param index the names tried, in this order, when a directory is requested; may be empty
 * @param symlinks which symbolic links below the root are followed
 * @param hide whether names that begin with a dot are hidden, except {@code /.well-known/} (RFC 8615)
 * @param errorPages for a status code the path, within the site, of the page that is its body; only 404 for now
 */
public record SiteSettings(
        SiteRoot root, List<String> index, SymlinkPolicy symlinks, boolean hide, Map<Integer, String> errorPages) {

    /** Copies the collections. */
    public SiteSettings {
        index = List.copyOf(index);
        errorPages = Map.copyOf(errorPages);
    }

    static SiteSettings defaults(SiteRoot root) {
        return new SiteSettings(root, List.of("index.html"), SymlinkPolicy.INSIDE, true, Map.of(404, "/404.html"));
    }
}
