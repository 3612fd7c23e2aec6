package dev.sluice.site;

import dev.sluice.http.ContentCoding;
import java.nio.file.Path;
import java.util.List;

/**
 * What is to be served, and how.
 *
 * @param root where its files are; it may be a symbolic link, which is followed anew for each look-up, so that a link switched to
 *     another release takes effect
 * @param index the names tried, in this order, for a directory
 * @param symlinks what becomes of links below the root; those in an archive are never followed
 * @param hideDotFiles whether names that begin with a dot are treated as missing; {@code .well-known} at the top is open
 *     all the same (RFC 8615)
 * @param candidates which files are tried for a path
 * @param slash what becomes of a path whose last slash is missing or too many
 * @param sidecars the codings for which a file beside the one found is looked for
 */
public record Site(
        Root root,
        List<String> index,
        SymlinkPolicy symlinks,
        boolean hideDotFiles,
        Candidates candidates,
        TrailingSlash slash,
        List<ContentCoding> sidecars) {
    /** Copies the lists. */
    public Site {
        index = List.copyOf(index);
        sidecars = List.copyOf(sidecars);
    }

    /** A directory. */
    public Site(
            Path root,
            List<String> index,
            SymlinkPolicy symlinks,
            boolean hideDotFiles,
            Candidates candidates,
            TrailingSlash slash,
            List<ContentCoding> sidecars) {
        this(new Root.Directory(root), index, symlinks, hideDotFiles, candidates, slash, sidecars);
    }

    /** A directory served file by file, without sidecars. */
    public Site(Path root, List<String> index, SymlinkPolicy symlinks, boolean hideDotFiles) {
        this(root, index, symlinks, hideDotFiles, Candidates.EXACT, TrailingSlash.ADD, List.of());
    }

    /** The path of the root. */
    Path place() {
        return root.path();
    }
}
