package dev.sluice.site;

import dev.sluice.http.MediaTypes;
import dev.sluice.http.SitePath;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Walks from a site's root to the file or directory that a path names, and opens it.
 *
 * <p>Containment holds by construction and without a race: every component is opened relative to the directory opened
 * before it (openat(2)) and never through a symbolic link. A link is read as text, its target is spelled out as components
 * below the root, and the walk starts again from there; so however the tree is rearranged meanwhile, no walk leaves the
 * root.
 */
final class Walker {
    /** As many links as Linux follows in one path (path_resolution(7)). */
    private static final int MAX_LINKS = 40;

    private static final Logger LOG = Logger.getLogger("sluice");
    private static final Resolution MISSING = new Resolution.Missing("missing");

    /** Not 404, which caches and search engines would believe: the fault is here, and will pass. */
    private static final Resolution ROOT_ABSENT = new Resolution.RootAbsent();

    private final Site site;

    private final Opener opener;
    private final Release release;
    private final OpenDirectories directories;
    private final @Nullable KnownDirectories known;

    /**
     * @param release told which directory the root is at each look-up
     * @param opening how files are opened
     * @param lookedAtLater for which sizes of files the caller looks at them again
     * @param directories that are open
     * @param known at which a walk may begin; null if each begins at the root
     */
    Walker(
            Site site,
            MediaTypes types,
            Release release,
            Opening opening,
            LongPredicate lookedAtLater,
            OpenDirectories directories,
            @Nullable KnownDirectories known) {
        this.site = site;
        this.release = release;
        this.directories = directories;
        this.known = known;
        this.opener = new Opener(site.sidecars(), types, opening, lookedAtLater);
    }

    /**
     * Finds what a path names.
     *
     * @param coded whether files that hold it coded are looked for
     * @throws IOException if the root cannot be opened, or reading fails in another way than by absence
     */
    Resolution walk(SitePath path, boolean coded) throws IOException {
        return walk(path, coded, path.directory() ? this::index : Walker::moved);
    }

    /**
     * Looks into a directory.
     *
     * @param directory a path with a slash
     * @param look is given the directory, open for as long as it looks
     * @return what it saw, or null if the path names no directory
     * @throws IOException as {@link #walk(SitePath, boolean)}
     */
    <T> @Nullable T look(SitePath directory, Look<T> look) throws IOException {
        List<T> seen = new ArrayList<>(1);
        walk(directory, false, (here, target, links) -> {
            seen.add(look.into(here));
            return new Resolution.NoIndex(target.shown);
        });
        return seen.isEmpty() ? null : seen.get(0);
    }

    /** What somebody wants to know of an open directory. */
    @FunctionalInterface
    interface Look<T> {
        T into(Directory directory) throws IOException;
    }

    private Resolution walk(SitePath path, boolean coded, Arrival arrival) throws IOException {
        Resolution unseen = unseen(path, site);
        if (unseen != null) {
            return unseen;
        }
        try {
            return walk(new Target(path.segments(), path.directory(), path, coded, arrival), 0);
        } catch (InvalidPathException unencodable) {
            return new Resolution.Missing("name-not-in-locale");
        }
    }

    /** What it comes to for a path that nobody looks for, whatever lies there; null for one that is looked for. */
    static @Nullable Resolution unseen(SitePath path, Site site) {
        if (!path.servable()) {
            return new Resolution.Missing("separator-in-name");
        }
        return site.hideDotFiles() && hidden(path.segments()) ? new Resolution.Missing("hidden") : null;
    }

    /** Dot-files are hidden at any depth; only the top-level {@code .well-known} is meant to be public (RFC 8615). */
    private static boolean hidden(List<String> segments) {
        for (int i = 0; i < segments.size(); i++) {
            if (hidden(i, segments.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** The same for one name, at that many directories below the root. */
    static boolean hidden(int depth, String name) {
        boolean wellKnown = depth == 0 && name.equals(".well-known");
        return name.startsWith(".") && !wellKnown;
    }

    /** What is done where a walk ends in a directory. */
    @FunctionalInterface
    private interface Arrival {
        Resolution at(Directory here, Target target, int links) throws IOException;
    }

    /**
     * What a walk looks for.
     *
     * @param components by which it goes, below the root
     * @param directory whether it ended in a slash: then only a directory will do, and its index is meant
     * @param shown the path that names it, whatever links are on the way
     * @param coded whether files that hold it coded are looked for
     * @param arrival what is done with a directory at its end
     * @param began {@link System#nanoTime()} before the walk
     */
    private record Target(
            List<String> components, boolean directory, SitePath shown, boolean coded, Arrival arrival, long began) {
        Target(List<String> components, boolean directory, SitePath shown, boolean coded, Arrival arrival) {
            this(components, directory, shown, coded, arrival, System.nanoTime());
        }

        Target index(String name) {
            List<String> file = new ArrayList<>(components);
            file.add(name);
            return new Target(file, false, shown.child(name), coded, Walker::moved, began);
        }

        Target spelledOut(List<String> others) {
            return new Target(others, directory, shown, coded, arrival);
        }
    }

    private Resolution walk(Target target, int links) throws IOException {
        int last = target.components.size() - 1;
        if (known != null && last >= 0 && links <= MAX_LINKS) {
            try (Directory parent = known.enter(target.components.subList(0, last))) {
                if (parent != null) {
                    Resolution found = step(parent, target, last, links);
                    // It may have been exchanged and emptied just now, and its event be on its way.
                    if (!(found instanceof Resolution.Missing) || parent.isAtItsPath()) {
                        return found;
                    }
                }
            }
        }
        return walkFromRoot(target, links);
    }

    private Resolution walkFromRoot(Target target, int links) throws IOException {
        if (links > MAX_LINKS) {
            return new Resolution.Missing("too-many-links");
        }
        try (Directory root = Directory.open(site.place(), directories, site.symlinks() == SymlinkPolicy.ALWAYS)) {
            if (release.seen(root.key())) {
                LOG.log(Level.INFO, "the root {0} is there again", site.place());
            }
            return step(root, target, 0, links);
        } catch (Directory.RootAbsentException absent) {
            if (release.lost()) {
                LOG.log(
                        Level.WARNING,
                        "the root {0} cannot be opened: {1}; requests get 503 until it can",
                        new Object[] {site.place(), absent.getMessage()});
            }
            return ROOT_ABSENT;
        }
    }

    private Resolution step(Directory here, Target target, int at, int links) throws IOException {
        if (at == target.components.size()) {
            return target.arrival.at(here, target, links);
        }
        if (known != null && !here.known() && at == target.components.size() - 1) {
            known.ledTo(target.components.subList(0, at), here, target.began);
        }
        try {
            return look(here, target, at, links);
        } catch (NoSuchFileException | NotDirectoryException absent) {
            return MISSING;
        } catch (NotLinkException replaced) {
            return walkFromRoot(target, links + 1);
        } catch (AccessDeniedException denied) {
            return new Resolution.Missing("unreadable");
        } catch (FileSystemException other) {
            return absentByName(other);
        }
    }

    private Resolution look(Directory here, Target target, int at, int links) throws IOException {
        String name = target.components.get(at);
        BasicFileAttributes attributes = here.attributes(name);
        if (!here.names(name)) {
            return new Resolution.Missing("spelled-otherwise");
        }
        if (attributes.isSymbolicLink()) {
            return follow(target, at, links);
        }
        if (attributes.isDirectory()) {
            try (Directory next = here.enter(name, attributes.fileKey())) {
                return step(next, target, at + 1, links);
            }
        }
        boolean wanted = attributes.isRegularFile() && at == target.components.size() - 1 && !target.directory;
        return wanted
                ? opener.open(here, name, FileFacts.of(attributes), target.shown, target.coded)
                : new Resolution.Missing("not-a-file");
    }

    private static Resolution moved(Directory here, Target target, int links) {
        return new Resolution.Moved(target.shown.withSlash(true));
    }

    private Resolution index(Directory here, Target target, int links) throws IOException {
        for (String name : site.index()) {
            Resolution found = step(here, target.index(name), target.components.size(), links);
            if (found.conclusive()) {
                return found;
            }
        }
        return new Resolution.NoIndex(target.shown);
    }

    private Resolution follow(Target target, int at, int links) throws IOException {
        if (site.symlinks() == SymlinkPolicy.NEVER) {
            return new Resolution.Missing("symlink");
        }
        List<String> before = target.components.subList(0, at);
        Path link = site.place();
        for (String component : target.components.subList(0, at + 1)) {
            link = link.resolve(component);
        }
        List<String> spelledOut = Links.spellOut(site.place(), before, Files.readSymbolicLink(link));
        if (spelledOut == null) {
            return new Resolution.Missing("symlink-outside");
        }
        spelledOut.addAll(target.components.subList(at + 1, target.components.size()));
        return walk(target.spelledOut(spelledOut), links + 1);
    }

    /** Names the file system cannot hold, and links that appeared between two looks, are absence, not failure. */
    private static Resolution absentByName(FileSystemException e) throws FileSystemException {
        String why = String.valueOf(e.getReason());
        if (why.contains("too long") || why.contains("symbolic links")) {
            return MISSING;
        }
        throw e;
    }
}
