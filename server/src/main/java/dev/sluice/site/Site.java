package dev.sluice.site;

import java.nio.file.Path;
import java.util.List;

/**
 * A directory to be served, and how.
 *
 * @param root the directory; it may be a symbolic link, which is followed anew for each look-up, so that a link switched to
 *     another release takes effect
 * @param index the names tried, in this order, for a directory
 * @param symlinks what becomes of links below the root
 * @param hideDotFiles whether names that begin with a dot are treated as missing; {@code .well-known} at the top is open
 *     all the same (RFC 8615)
 */
public record Site(Path root, List<String> index, SymlinkPolicy symlinks, boolean hideDotFiles) {
    public Site {
        index = List.copyOf(index);
    }
}
