package dev.sluice.site;

import dev.sluice.http.ContentCoding;
import dev.sluice.http.MediaTypes;
import dev.sluice.http.SitePath;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a path names below a site's root, and opens it: tries the candidates for the path in their order, each by a
 * {@link Walker}, and minds the site's policy of slashes.
 *
 * <p>Blocking: to be called on a worker. Thread-safe.
 */
public final class Resolver {
    private final Site site;
    private final Walker walker;
    private final Lister lister;

    /**
     * @param types tell for which files a sidecar is looked for
     */
    public Resolver(Site site, MediaTypes types) {
        this.site = site;
        this.walker = new Walker(site, types);
        this.lister = new Lister(site, walker);
    }

    /**
     * Opens the file that a path names, and what lies coded beside it.
     *
     * @throws IOException if the root cannot be opened, or reading fails in another way than by absence
     */
    public Resolution resolve(SitePath path) throws IOException {
        Resolution chosen = choose(path);
        return chosen instanceof Resolution.Missing missing
                ? new Resolution.Missing(missing.reason(), site.candidates().otherwise())
                : chosen;
    }

    private Resolution choose(SitePath path) throws IOException {
        @Nullable Resolution otherwise = null;
        for (SitePath candidate : site.candidates().of(path)) {
            Resolution found = mindSlash(path, candidate, walker.walk(candidate, true));
            if (found instanceof Resolution.File || found instanceof Resolution.Changing) {
                return found;
            }
            if (otherwise == null || otherwise instanceof Resolution.Missing) {
                otherwise = found;
            }
        }
        return otherwise == null ? new Resolution.Missing("no-candidate") : otherwise;
    }

    /** What a candidate comes to by the site's policy of slashes. */
    private Resolution mindSlash(SitePath path, SitePath candidate, Resolution found) throws IOException {
        if (found instanceof Resolution.Moved && site.slash() != TrailingSlash.ADD) {
            return mindSlash(path, candidate.withSlash(true), walker.walk(candidate.withSlash(true), true));
        }
        if (found instanceof Resolution.File file && slashTooMany(path, candidate)) {
            file.close();
            return new Resolution.Moved(path.withSlash(false));
        }
        return found;
    }

    /** The index of a directory may have its slash, unless none has; a page found under a longer name never has. */
    private boolean slashTooMany(SitePath path, SitePath candidate) {
        if (!path.directory() || path.segments().isEmpty() || site.slash() == TrailingSlash.KEEP) {
            return false;
        }
        boolean longerName = !candidate.directory()
                && candidate.encoded().startsWith(path.withSlash(false).encoded());
        return longerName || (candidate.directory() && site.slash() == TrailingSlash.REMOVE);
    }

    /** Looks at the file alone that a path names, and not at what lies beside it. */
    private @Nullable FileFacts facts(SitePath path) throws IOException {
        if (walker.walk(path, false) instanceof Resolution.File file) {
            file.close();
            return file.facts();
        }
        return null;
    }

    /**
     * Looks at what a path names.
     *
     * @return its version, or null if the path names no file now
     * @throws IOException as {@link #resolve(SitePath)}
     */
    public @Nullable Version examine(SitePath path) throws IOException {
        if (choose(path) instanceof Resolution.File file) {
            file.close();
            return file.version();
        }
        return null;
    }

    /**
     * Reads the names in a directory, in no order, without a look at what they name: some may turn out to be nothing that is
     * served. Hidden names, and those that no path can hold, are left out.
     *
     * @param directory its path, with its last slash
     * @param taker takes each name; false to take no more
     * @return false if the path names no directory
     * @throws IOException as {@link #resolve(SitePath)}
     */
    public boolean list(SitePath directory, Predicate<String> taker) throws IOException {
        return lister.list(directory, taker);
    }

    /**
     * Looks at members of a directory.
     *
     * @param directory its path, with its last slash
     * @param names some of those that {@link #list} gave
     * @return what is known of them, in the same order, but for those that are not served: neither file nor directory, links
     *     that are not followed, and what has gone meanwhile
     * @throws IOException as {@link #resolve(SitePath)}
     */
    public List<Member> members(SitePath directory, List<String> names) throws IOException {
        return lister.members(directory, names);
    }

    /**
     * Whether a file that is open here still has the facts it had. One that has been replaced or deleted meanwhile counts as
     * unchanged if its own bytes are: it is whole, only its name is gone.
     *
     * @param file what was found, where
     * @param coding which of its representations: itself, or a file beside it
     * @param before the facts that one had
     * @throws IOException as {@link #resolve(SitePath)}
     */
    public boolean unchanged(SitePath file, ContentCoding coding, FileFacts before) throws IOException {
        SitePath itself = coding == ContentCoding.IDENTITY ? file : file.withSuffix(coding.extension());
        FileFacts now = facts(itself);
        boolean elsewhere = now == null || !now.key().equals(before.key());
        return before.equals(elsewhere ? OpenDescriptors.factsOf(before.key()) : now);
    }
}
