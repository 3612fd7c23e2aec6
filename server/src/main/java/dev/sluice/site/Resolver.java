package dev.sluice.site;

import dev.sluice.http.ContentCoding;
import dev.sluice.http.MediaTypes;
import dev.sluice.http.SitePath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a path names below a site's root, and opens it: tries the candidates for the path in their order
 * and minds the site's policy of slashes.
 *
 * <p>Blocking: to be called on a worker. Thread-safe.
 */
public final class Resolver {
    /** How often a look-up begins anew when the root is switched meanwhile. */
    private static final int MAX_SWITCHES = 4;

    private final Site site;
    private final Release release = new Release();
    private final Tree tree;
    private final @Nullable Watcher watcher;

    /**
     * @param types tell for which files a sidecar is looked for
     */
    public Resolver(Site site, MediaTypes types) {
        this(site, types, null, size -> false);
    }

    /**
     * @param watcher watches for what {@link #watch} is asked for, or null
     * @param lookedAtLater for which sizes of files the caller reads one as a whole and then looks at it again, so that it need
     *     not be looked at when it has just been opened
     */
    public Resolver(Site site, MediaTypes types, @Nullable Watcher watcher, LongPredicate lookedAtLater) {
        this.site = site;
        this.tree = site.root() instanceof Root.InArchive root
                ? new ZipTree(site, root, types, release, lookedAtLater)
                : new DirectoryTree(site, types, release, watcher, lookedAtLater);
        this.watcher = watcher;
    }

    /**
     * Opens the file that a path names, and what lies coded beside it.
     *
     * @throws IOException if reading fails in another way than by absence
     */
    public Resolution resolve(SitePath path) throws IOException {
        Resolution chosen = choose(path);
        return chosen instanceof Resolution.Missing missing
                ? new Resolution.Missing(missing.reason(), site.candidates().otherwise())
                : chosen;
    }

    /** Of candidates some of which were looked for in one release and some in the next, none may be the right one. */
    private Resolution choose(SitePath path) throws IOException {
        int switches = release.switches();
        Resolution chosen = chooseOnce(path);
        for (int again = 0; release.switches() != switches && again < MAX_SWITCHES; again++) {
            if (chosen instanceof Resolution.File file) {
                file.close();
            }
            switches = release.switches();
            chosen = chooseOnce(path);
        }
        return chosen;
    }

    private Resolution chooseOnce(SitePath path) throws IOException {
        @Nullable Resolution otherwise = null;
        for (SitePath candidate : site.candidates().of(path)) {
            Resolution found = mindSlash(path, candidate, tree.walk(candidate, true));
            if (found.conclusive()) {
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
            return mindSlash(path, candidate.withSlash(true), tree.walk(candidate.withSlash(true), true));
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
     * Has what decides a path's answer watched.
     *
     * @param path as it was resolved
     * @param found the path of the file that it led to
     * @return tells whether another look is needed, or null if that cannot be watched for now
     * @throws IOException if reading links or directories fails in another way than by absence
     */
    public @Nullable Watch watch(SitePath path, SitePath found) throws IOException {
        return watcher == null ? null : watcher.follow(() -> tree.trail(path, found));
    }

    /**
     * Whether the root was seen to be another directory than before (a link switched to another release, another directory
     * in its place) at a moment or later.
     *
     * @param moment {@link System#nanoTime()}
     */
    public boolean switchedSince(long moment) {
        return release.switchedSince(moment);
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
        return tree.list(directory, taker);
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
        return tree.members(directory, names);
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
        return tree.unchanged(file, coding, before);
    }

    /**
     * The same by a single look at the place where the file, which is open here, was found. It never waits for a disk, unless
     * another file system has been mounted there.
     *
     * @return false also if the file may be unchanged
     */
    public boolean unchangedAtOnce(SitePath file, ContentCoding coding, FileFacts before) {
        return tree.unchangedAtOnce(file, coding, before);
    }

    /**
     * Opens once more what was found, but past the page cache (O_DIRECT).
     *
     * @param file what was found, where
     * @param coding which of its representations: itself, or a file beside it
     * @param before the facts that one had
     * @return the channel, to be read by whole blocks; null if the path does not name that version any more
     * @throws IOException as {@link #resolve(SitePath)}, and if the file system refuses it
     */
    public @Nullable FileChannel openDirect(SitePath file, ContentCoding coding, FileFacts before) throws IOException {
        return tree.openDirect(file, coding, before);
    }

    /**
     * The file system in which a file lies that was found.
     *
     * @throws IOException if it cannot be told, or the file has gone
     */
    public FileStore store(SitePath file, ContentCoding coding) throws IOException {
        return tree.store(file, coding);
    }

    /** Closes what is kept open for reuse; others will be. */
    public void closeIdle() {
        tree.closeIdle();
    }

    /** Lets go of what is kept open and watched. Look-ups that come all the same find what there is. */
    public void retire() {
        tree.retire();
    }

    /** Whether the kernel tells this process which pages of a file that was found are in memory. */
    public boolean toldOfPages(SitePath file, ContentCoding coding) {
        return tree.toldOfPages(file, coding);
    }
}
