package dev.sluice.site;

import dev.sluice.archive.Archive;
import dev.sluice.archive.ArchiveDirectory;
import dev.sluice.archive.ArchiveEntry;
import dev.sluice.archive.ArchiveNode;
import dev.sluice.http.ContentCoding;
import dev.sluice.http.MediaTypes;
import dev.sluice.http.SitePath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The files in an archive. Containment holds since nothing is looked for but by the names that were read from the archive: no name
 * reaches the file system. Thread-safe.
 */
final class ZipTree implements Tree {
    private static final Resolution MISSING = new Resolution.Missing("missing");

    private final Site site;
    private final MediaTypes types;
    private final LongPredicate small;
    private final CurrentArchive current;
    private final LocalLook look = new LocalLook();

    /**
     * @param release told when another archive takes its place
     * @param small for which sizes of files the caller reads one as a whole, in order
     */
    ZipTree(Site site, Root.InArchive root, MediaTypes types, Release release, LongPredicate small) {
        this.site = site;
        this.types = types;
        this.small = small;
        this.current = new CurrentArchive(root, release);
        open();
    }

    /** So that the log of a start tells what of it is not served. If it cannot be opened now, the first request tries again. */
    private void open() {
        try {
            if (current.acquire() instanceof CurrentArchive.Held held) {
                held.archive().release();
            }
        } catch (IOException later) {
            // Whoever asks for a file is told.
        }
    }

    @Override
    public Resolution walk(SitePath path, boolean coded) throws IOException {
        Resolution unseen = Walker.unseen(path, site);
        if (unseen != null) {
            return unseen;
        }
        return look(none -> none.why(), held -> {
            ArchiveNode node = held.root().find(path.segments());
            if (node instanceof ArchiveEntry entry) {
                return path.directory() ? new Resolution.Missing("not-a-file") : open(held, path, entry, coded);
            }
            if (node instanceof ArchiveDirectory directory) {
                return path.directory() ? index(held, path, directory, coded) : moved(path);
            }
            return MISSING;
        });
    }

    private static Resolution moved(SitePath path) {
        return new Resolution.Moved(path.withSlash(true));
    }

    private Resolution index(CurrentArchive.Held held, SitePath path, ArchiveDirectory directory, boolean coded)
            throws IOException {
        for (String name : site.index()) {
            SitePath page = path.child(name);
            if (directory.member(name) instanceof ArchiveEntry entry && Walker.unseen(page, site) == null) {
                return open(held, page, entry, coded);
            }
        }
        return new Resolution.NoIndex(path);
    }

    private Resolution open(CurrentArchive.Held held, SitePath path, ArchiveEntry entry, boolean coded)
            throws IOException {
        FileFacts facts = facts(held, entry, entry.size(), false);
        List<Resolution.Sidecar> sidecars = new ArrayList<>();
        FileChannel channel = null;
        boolean all = false;
        try {
            channel = channel(held.archive(), entry);
            if (coded && types.of(path.name()).compressible()) {
                addSidecars(sidecars, held, path, entry);
            }
            all = true;
            return new Resolution.File(path, channel, facts, sidecars, site.place());
        } finally {
            if (!all) {
                close(channel, sidecars);
            }
        }
    }

    private static void close(@Nullable FileChannel channel, List<Resolution.Sidecar> sidecars) throws IOException {
        if (channel != null) {
            channel.close();
        }
        for (Resolution.Sidecar sidecar : sidecars) {
            sidecar.channel().close();
        }
    }

    private static FileFacts facts(CurrentArchive.Held held, ArchiveEntry entry, long size, boolean gzip) {
        EntryKey key = new EntryKey(held.facts(), entry.headerOffset(), entry.crc(), gzip);
        return new FileFacts(size, entry.modified(), key);
    }

    /** What is stored and large is sent as it lies in the archive; the rest is read by one. */
    private FileChannel channel(Archive archive, ArchiveEntry entry) throws IOException {
        if (entry.deflated()) {
            return archive.deflated(entry);
        }
        return small.test(entry.size()) ? archive.content(entry) : archive.stored(entry);
    }

    private void addSidecars(
            List<Resolution.Sidecar> sidecars, CurrentArchive.Held held, SitePath path, ArchiveEntry entry)
            throws IOException {
        List<String> names = path.segments();
        ArchiveNode directory = held.root().find(names.subList(0, names.size() - 1));
        for (ContentCoding coding : site.sidecars()) {
            ArchiveNode beside =
                    directory instanceof ArchiveDirectory all ? all.member(path.name() + coding.extension()) : null;
            if (beside instanceof ArchiveEntry other && isSidecar(other, entry)) {
                FileFacts facts = facts(held, other, other.size(), false);
                sidecars.add(new Resolution.Sidecar(coding, channel(held.archive(), other), facts));
            } else if (coding == ContentCoding.GZIP && entry.deflated() && entry.gzipSize() < entry.size()) {
                FileFacts facts = facts(held, entry, entry.gzipSize(), true);
                sidecars.add(new Resolution.Sidecar(coding, held.archive().gzip(entry), facts));
            }
        }
    }

    /** One that is older holds what the source was; one that would have to be inflated to be sent is worth nothing. */
    private boolean isSidecar(ArchiveEntry other, ArchiveEntry source) {
        boolean read = small.test(source.size()) && small.test(other.size());
        return !other.modified().isBefore(source.modified()) && (read || !other.deflated());
    }

    /** Looks into the archive as it is now. */
    private <T> T look(Absence<T> absence, Look<T> look) throws IOException {
        CurrentArchive.Sight sight = current.acquire();
        if (!(sight instanceof CurrentArchive.Held held)) {
            return absence.instead((CurrentArchive.None) sight);
        }
        try {
            return look.into(held);
        } finally {
            held.archive().release();
        }
    }

    @FunctionalInterface
    private interface Look<T> {
        T into(CurrentArchive.Held held) throws IOException;
    }

    @FunctionalInterface
    private interface Absence<T> {
        T instead(CurrentArchive.None none);
    }

    @Override
    public boolean list(SitePath path, Predicate<String> taker) throws IOException {
        int depth = path.segments().size();
        return look(none -> false, held -> {
            ArchiveDirectory directory = directory(held, path);
            if (directory != null) {
                for (String name : directory.names()) {
                    if (Lister.listable(site, depth, name) && !taker.test(name)) {
                        break;
                    }
                }
            }
            return directory != null;
        });
    }

    private @Nullable ArchiveDirectory directory(CurrentArchive.Held held, SitePath path) {
        boolean seen = path.directory() && Walker.unseen(path, site) == null;
        return seen && held.root().find(path.segments()) instanceof ArchiveDirectory directory ? directory : null;
    }

    @Override
    public List<Member> members(SitePath path, List<String> names) throws IOException {
        return look(none -> List.of(), held -> {
            ArchiveDirectory directory = directory(held, path);
            return directory == null ? List.<Member>of() : members(held, directory, names);
        });
    }

    /** A directory without a time of its own is as old as the archive. */
    private static List<Member> members(CurrentArchive.Held held, ArchiveDirectory directory, List<String> names) {
        List<Member> members = new ArrayList<>(names.size());
        for (String name : names) {
            ArchiveNode node = directory.member(name);
            if (node instanceof ArchiveEntry entry) {
                members.add(new Member(name, false, entry.size(), entry.modified()));
            } else if (node instanceof ArchiveDirectory below) {
                Instant own = below.modified();
                members.add(new Member(name, true, 0, own == null ? held.facts().modified() : own));
            }
        }
        return members;
    }

    /** Whatever is asked for, it is the archive that decides. */
    @Override
    public List<Step> trail(SitePath path, SitePath found) throws IOException {
        return new Trail(site.place()).steps();
    }

    @Override
    public boolean unchanged(SitePath file, ContentCoding coding, FileFacts before) {
        return unchangedAtOnce(file, coding, before)
                || (before.key() instanceof EntryKey entry
                        && entry.archive()
                                .equals(OpenDescriptors.factsOf(entry.archive().key())));
    }

    @Override
    public boolean unchangedAtOnce(SitePath file, ContentCoding coding, FileFacts before) {
        return before.key() instanceof EntryKey entry && look.confirms(site.place(), entry.archive());
    }

    /** A part of a file does not begin with a block. */
    @Override
    public @Nullable FileChannel openDirect(SitePath file, ContentCoding coding, FileFacts before) {
        return null;
    }

    @Override
    public FileStore store(SitePath file, ContentCoding coding) throws IOException {
        return Files.getFileStore(site.place());
    }

    @Override
    public boolean toldOfPages(SitePath file, ContentCoding coding) {
        return Standing.toldOfPages(site.place());
    }

    @Override
    public void closeIdle() {}

    @Override
    public void retire() {
        current.retire();
    }
}
