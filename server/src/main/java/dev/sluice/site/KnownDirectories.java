package dev.sluice.site;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The directories that look-ups led to again and again, by the names on the way: while all names on it are watched and
 * nothing happens to any of them, a walk may begin in the last directory instead of at the root. What the files there are
 * is looked at each time, as ever.
 *
 * <p>A directory becomes known by a walk from the root that began when its way was watched already. Where nothing can be
 * watched none ever is. Thread-safe.
 */
final class KnownDirectories {
    private static final int MOST = 1024;

    /** After this long a walk goes all the way again: a file system that is mounted over a directory raises no event. */
    private static final Duration KNOWN = Duration.ofSeconds(5);

    /** So many walks to a directory make it worth being watched. */
    private static final int WALKS = 4;

    /** In a larger directory it is cheaper to ask for each name. */
    private static final int MOST_NAMES = 10_000;

    private final Site site;
    private final Watcher watcher;
    private final Release release;
    private final OpenDirectories open;
    private final Runnable unused;
    private final Cache<List<String>, Known> known = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(Duration.ofMinutes(1))
            .executor(Runnable::run)
            .build();

    /**
     * @param watcher tells of changes
     * @param release knows of switches of the root
     * @param open the directories that are open
     */
    KnownDirectories(Site site, Watcher watcher, Release release, OpenDirectories open) {
        this.site = site;
        this.watcher = watcher;
        this.release = release;
        this.open = open;
        this.unused = watcher.usedBy(this::watches);
    }

    /** One that walks have led to. */
    private static final class Known {
        private final AtomicInteger walks = new AtomicInteger();
        private volatile @Nullable Watched watched;
        private volatile @Nullable Confirmed confirmed;
    }

    /**
     * That the names on the way are watched.
     *
     * @param way tells of changes; null where it cannot be watched
     * @param at {@link System#nanoTime()} before that was begun
     */
    private record Watched(@Nullable Watch way, long at) {}

    /**
     * Where a walk from the root ended.
     *
     * @param watched that its way was watched when it began
     * @param shared the directory, as it was open; not leased
     * @param coded what lies coded there; null if that is not known
     * @param at {@link System#nanoTime()} before it began
     */
    private record Confirmed(
            Watched watched,
            Path path,
            OpenDirectories.Shared shared,
            @Nullable Coded coded,
            long at) {}

    /** The names in a directory that other files may lie coded under. */
    static final class Coded {
        private final Watch members;
        private final long listedAt;
        private final Set<String> names = new HashSet<>();

        private Coded(Watch members, long listedAt) {
            this.members = members;
            this.listedAt = listedAt;
        }

        /** Whether this is all there is. */
        boolean counts() {
            return !members.changedSince(listedAt);
        }

        boolean hold(String name) {
            return names.contains(name);
        }
    }

    /**
     * Opens a directory.
     *
     * @param names on the way to it, below the root
     * @return the directory, or null if a walk has to find it
     */
    @Nullable
    Directory enter(List<String> names) {
        Known there = known.getIfPresent(names);
        Confirmed confirmed = there == null ? null : there.confirmed;
        if (there == null || confirmed == null || System.nanoTime() - confirmed.at() > KNOWN.toNanos()) {
            return null;
        }
        if (!quiet(confirmed.watched())) {
            known.asMap().remove(names, there);
            return null;
        }
        OpenDirectories.Shared shared = confirmed.shared();
        return open.acquireAgain(shared) ? new Directory(confirmed.path(), open, shared, confirmed.coded()) : null;
    }

    /** Once something has happened, what happens later may go unnoticed: the watch may have been given up. */
    private boolean quiet(@Nullable Watched watched) {
        return watched != null
                && watched.way() != null
                && !watched.way().changedSince(watched.at())
                && !release.switchedSince(watched.at());
    }

    /**
     * A walk from the root has led to a directory.
     *
     * @param names on the way to it, none of them a link
     * @param began {@link System#nanoTime()} before the walk
     */
    void ledTo(List<String> names, Directory here, long began) throws IOException {
        try {
            learn(names, here, began);
        } catch (FileSystemException exchanged) {
            // What was opened on the walk is good all the same; the next one begins at the root, too.
        }
    }

    private void learn(List<String> names, Directory here, long began) throws IOException {
        if (here.key() == null) {
            return;
        }
        Known there = known.get(List.copyOf(names), unused -> new Known());
        Watched watched = there.watched;
        if (there.walks.incrementAndGet() < WALKS) {
            return;
        }
        if (watched != null && quiet(watched)) {
            if (began - watched.at() > 0) {
                there.confirmed =
                        new Confirmed(watched, here.path(), here.shared(), coded(there, watched, names, here), began);
            }
        } else if (watched == null || began - watched.at() > KNOWN.toNanos() || watched.way() != null) {
            // The first time it is made the watch tells of a change, and counts from the next walk on.
            there.confirmed = null;
            there.watched = watch(names);
        }
    }

    private @Nullable Coded coded(Known there, Watched watched, List<String> names, Directory here) throws IOException {
        if (site.sidecars().isEmpty()) {
            return null;
        }
        Confirmed before = there.confirmed;
        Coded known = before == null || !before.watched().equals(watched) ? null : before.coded();
        return known != null && known.counts() ? known : list(names, here);
    }

    private Watched watch(List<String> names) throws IOException {
        long at = System.nanoTime();
        return new Watched(watcher.follow(() -> trail(names)), at);
    }

    private List<Step> trail(List<String> names) throws IOException {
        Trail trail = new Trail(site.place());
        trail.add(names);
        return trail.steps();
    }

    /** With the way, so that it is noticed when another directory has the path. */
    private List<Step> members(List<String> names) throws IOException {
        Trail trail = new Trail(site.place());
        if (!trail.addMembers(names)) {
            throw new NoSuchFileException(String.join("/", names), null, "exchanged meanwhile");
        }
        return trail.steps();
    }

    /** Lists what may be a file's coded form; null if that cannot be watched, or is too much. */
    private @Nullable Coded list(List<String> names, Directory here) throws IOException {
        long listedAt = System.nanoTime();
        Watch members = watcher.follow(() -> members(names));
        if (members != null && members.changedSince(listedAt)) {
            // The marks that were made for it count as changed. Now they are there, unless they have been given up.
            listedAt = System.nanoTime();
            members = watcher.follow(() -> members(names));
        }
        if (members == null) {
            return null;
        }
        Coded coded = new Coded(members, listedAt);
        int[] left = {MOST_NAMES};
        here.names(name -> {
            if (site.sidecars().stream().anyMatch(coding -> name.endsWith(coding.extension()))) {
                coded.names.add(name);
            }
            return left[0]-- > 0;
        });
        return left[0] < 0 ? null : coded;
    }

    /** What it has watched need not be watched any more. */
    void retire() {
        unused.run();
    }

    private void watches(Consumer<Watch> taker) {
        for (Known there : known.asMap().values()) {
            Watched watched = there.watched;
            if (watched != null && watched.way() != null) {
                taker.accept(watched.way());
            }
            Confirmed confirmed = there.confirmed;
            if (confirmed != null && confirmed.coded() != null) {
                taker.accept(confirmed.coded().members);
            }
        }
    }
}
