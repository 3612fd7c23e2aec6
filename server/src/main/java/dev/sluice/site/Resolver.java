package dev.sluice.site;

import dev.sluice.http.SitePath;
import java.io.IOException;
import java.nio.channels.FileChannel;
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
import org.jspecify.annotations.Nullable;

/**
 * Finds what a path names below a site's root, and opens it.
 *
 * <p>Containment holds by construction and without a race: every component is opened relative to the directory opened
 * before it (openat(2)) and never through a symbolic link. A link is read as text, its target is spelled out as components
 * below the root, and the walk starts again from there; so however the tree is rearranged meanwhile, no walk leaves the
 * root.
 *
 * <p>Blocking: to be called on a worker. Thread-safe.
 */
public final class Resolver {
    /** As many links as Linux follows in one path (path_resolution(7)). */
    private static final int MAX_LINKS = 40;

    /** How often a file that is replaced between two looks at it is looked at again. */
    private static final int MAX_RACES = 10;

    private static final Resolution MISSING = new Resolution.Missing("missing");

    private final Site site;

    public Resolver(Site site) {
        this.site = site;
    }

    /**
     * Opens the file that a path names.
     *
     * @throws IOException if the root cannot be opened, or reading fails in another way than by absence
     */
    public Resolution resolve(SitePath path) throws IOException {
        if (!path.servable()) {
            return new Resolution.Missing("separator-in-name");
        }
        if (site.hideDotFiles() && hidden(path.segments())) {
            return new Resolution.Missing("hidden");
        }
        try {
            return walk(new Target(path.segments(), path.directory()), 0);
        } catch (InvalidPathException unencodable) {
            return new Resolution.Missing("name-not-in-locale");
        }
    }

    /**
     * Looks at the file that a path names.
     *
     * @return its facts, or null if the path names no file now
     * @throws IOException as {@link #resolve}
     */
    public @Nullable FileFacts examine(SitePath path) throws IOException {
        if (resolve(path) instanceof Resolution.File file) {
            file.channel().close();
            return file.facts();
        }
        return null;
    }

    /**
     * Whether a file that is open here still has the facts it had. One that has been replaced or deleted meanwhile counts as
     * unchanged if its own bytes are: it is whole, only its name is gone.
     *
     * @param path where it was found
     * @param before the facts it had
     * @throws IOException as {@link #resolve}
     */
    public boolean unchanged(SitePath path, FileFacts before) throws IOException {
        FileFacts now = examine(path);
        boolean elsewhere = now == null || !now.key().equals(before.key());
        return before.equals(elsewhere ? OpenDescriptors.factsOf(before.key()) : now);
    }

    /** Dot-files are hidden at any depth; only the top-level {@code .well-known} is meant to be public (RFC 8615). */
    private static boolean hidden(List<String> segments) {
        for (int i = 0; i < segments.size(); i++) {
            boolean wellKnown = i == 0 && segments.get(i).equals(".well-known");
            if (segments.get(i).startsWith(".") && !wellKnown) {
                return true;
            }
        }
        return false;
    }

    /**
     * What a walk looks for.
     *
     * @param directory whether it ended in a slash: then only a directory will do, and its index is meant
     */
    private record Target(List<String> components, boolean directory) {
        Target index(String name) {
            List<String> file = new ArrayList<>(components);
            file.add(name);
            return new Target(file, false);
        }
    }

    private Resolution walk(Target target, int links) throws IOException {
        if (links > MAX_LINKS) {
            return new Resolution.Missing("too-many-links");
        }
        try (Directory root = Directory.open(site.root(), site.symlinks() == SymlinkPolicy.ALWAYS)) {
            return step(root, target, 0, links);
        }
    }

    private Resolution step(Directory here, Target target, int at, int links) throws IOException {
        if (at == target.components.size()) {
            return target.directory ? index(here, target, links) : new Resolution.NeedsSlash();
        }
        try {
            return look(here, target, at, links);
        } catch (NoSuchFileException | NotDirectoryException absent) {
            return MISSING;
        } catch (NotLinkException replaced) {
            return walk(target, links + 1);
        } catch (AccessDeniedException denied) {
            return new Resolution.Missing("unreadable");
        } catch (FileSystemException other) {
            return absentByName(other);
        }
    }

    private Resolution look(Directory here, Target target, int at, int links) throws IOException {
        String name = target.components.get(at);
        BasicFileAttributes attributes = here.attributes(name);
        if (attributes.isSymbolicLink()) {
            return follow(target, at, links);
        }
        if (attributes.isDirectory()) {
            try (Directory next = here.enter(name)) {
                return step(next, target, at + 1, links);
            }
        }
        boolean wanted = attributes.isRegularFile() && at == target.components.size() - 1 && !target.directory;
        return wanted ? open(here, name) : new Resolution.Missing("not-a-file");
    }

    private Resolution index(Directory here, Target target, int links) throws IOException {
        for (String name : site.index()) {
            Resolution found = step(here, target.index(name), target.components.size(), links);
            if (found instanceof Resolution.File || found instanceof Resolution.Changing) {
                return found;
            }
        }
        return new Resolution.Missing("no-index");
    }

    private Resolution follow(Target target, int at, int links) throws IOException {
        if (site.symlinks() == SymlinkPolicy.NEVER) {
            return new Resolution.Missing("symlink");
        }
        List<String> before = target.components.subList(0, at);
        Path link = site.root();
        for (String component : target.components.subList(0, at + 1)) {
            link = link.resolve(component);
        }
        List<String> spelledOut = Links.spellOut(site.root(), before, Files.readSymbolicLink(link));
        if (spelledOut == null) {
            return new Resolution.Missing("symlink-outside");
        }
        spelledOut.addAll(target.components.subList(at + 1, target.components.size()));
        return walk(new Target(spelledOut, target.directory), links + 1);
    }

    /** Opens a regular file so that the facts are those of the very file that is open. */
    private static Resolution open(Directory directory, String name) throws IOException {
        for (int race = 0; race < MAX_RACES; race++) {
            FileFacts before = FileFacts.of(directory.attributes(name));
            FileChannel channel = directory.open(name);
            boolean same = false;
            try {
                same = FileFacts.of(directory.attributes(name)).equals(before);
                if (same) {
                    return new Resolution.File(channel, before, name);
                }
            } finally {
                if (!same) {
                    channel.close();
                }
            }
        }
        return new Resolution.Changing();
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
