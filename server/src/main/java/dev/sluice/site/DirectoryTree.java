package dev.sluice.site;

import dev.sluice.http.ContentCoding;
import dev.sluice.http.MediaTypes;
import dev.sluice.http.SitePath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The files below a directory. Thread-safe. */
final class DirectoryTree implements Tree {
    private final Site site;
    private final Walker walker;
    private final Walker direct;
    private final Lister lister;
    private final Trails trails;
    private final LocalLook look = new LocalLook();
    private final OpenDirectories directories = new OpenDirectories();
    private final @Nullable KnownDirectories known;

    /**
     * @param release told which directory the root is
     * @param watcher watches for directories that are entered again and again, or null
     * @param lookedAtLater for which sizes of files the caller looks at them again
     */
    DirectoryTree(
            Site site, MediaTypes types, Release release, @Nullable Watcher watcher, LongPredicate lookedAtLater) {
        this.site = site;
        // Where links are followed by the system, a walk does not see all names on its way.
        this.known = watcher == null || site.symlinks() == SymlinkPolicy.ALWAYS
                ? null
                : new KnownDirectories(site, watcher, release, directories);
        this.walker = new Walker(site, types, release, Opening.CACHED, lookedAtLater, directories, known);
        this.direct = new Walker(site, types, release, Opening.DIRECT, size -> false, directories, known);
        this.lister = new Lister(site, walker);
        this.trails = new Trails(site);
    }

    @Override
    public Resolution walk(SitePath path, boolean coded) throws IOException {
        return walker.walk(path, coded);
    }

    @Override
    public boolean list(SitePath directory, Predicate<String> taker) throws IOException {
        return lister.list(directory, taker);
    }

    @Override
    public List<Member> members(SitePath directory, List<String> names) throws IOException {
        return lister.members(directory, names);
    }

    @Override
    public List<Step> trail(SitePath path, SitePath found) throws IOException {
        return trails.to(path, found);
    }

    @Override
    public boolean unchanged(SitePath file, ContentCoding coding, FileFacts before) throws IOException {
        if (unchangedAtOnce(file, coding, before)) {
            return true;
        }
        FileFacts now = facts(Tree.itself(file, coding));
        boolean elsewhere = now == null || !now.key().equals(before.key());
        return before.equals(elsewhere ? OpenDescriptors.factsOf(before.key()) : now);
    }

    /** Looks at the file alone that a path names, and not at what lies beside it. */
    private @Nullable FileFacts facts(SitePath path) throws IOException {
        if (walker.walk(path, false) instanceof Resolution.File file) {
            file.close();
            return file.facts();
        }
        return null;
    }

    @Override
    public boolean unchangedAtOnce(SitePath file, ContentCoding coding, FileFacts before) {
        return look.confirms(place(file, coding), before);
    }

    @Override
    public @Nullable FileChannel openDirect(SitePath file, ContentCoding coding, FileFacts before) throws IOException {
        if (!(direct.walk(Tree.itself(file, coding), false) instanceof Resolution.File found)) {
            return null;
        }
        if (found.facts().equals(before)) {
            return found.channel();
        }
        found.close();
        return null;
    }

    @Override
    public FileStore store(SitePath file, ContentCoding coding) throws IOException {
        return Files.getFileStore(place(file, coding));
    }

    @Override
    public boolean toldOfPages(SitePath file, ContentCoding coding) {
        return Standing.toldOfPages(place(file, coding));
    }

    @Override
    public void closeIdle() {
        directories.closeIdle();
    }

    @Override
    public void retire() {
        if (known != null) {
            known.retire();
        }
        directories.giveUp();
    }

    /** Where the system finds it, links followed. Good for questions whose wrong answer costs time and nothing else. */
    private Path place(SitePath file, ContentCoding coding) {
        Path place = site.place();
        for (String name : Tree.itself(file, coding).segments()) {
            place = place.resolve(name);
        }
        return place;
    }
}
