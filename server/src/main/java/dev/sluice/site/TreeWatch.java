package dev.sluice.site;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Watches a whole tree of files for somebody who works on it, and tells of changes a moment after the last one of several. The
 * {@link Watcher} is for sites of any size, of which it watches what is hot; this is for those that one person edits.
 *
 * <p>Not looked at is what begins with a dot, {@code node_modules}, and what editors put beside a file while they save it.
 */
public final class TreeWatch implements Closeable {
    private static final Logger LOG = Logger.getLogger("sluice");

    /** Editors write, rename and remove several files to save one. */
    private static final Duration QUIET = Duration.ofMillis(50);

    /** Even if something changes all the time. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(1);

    /** How often the root is looked at: whoever builds a site may remove it, and make it anew. */
    private static final Duration LOOK_AT_ROOT_EVERY = Duration.ofMillis(250);

    /** In the place of names that are not known. */
    private static final String ANY = "";

    /** A root that is not the one there is, whichever that is. */
    private static final Object UNKNOWN = new Object();

    private static final WatchEvent.Kind<?>[] ALL = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};

    private final Path root;
    private final boolean followLinks;
    private final int mostDirectories;
    private final Map<WatchKey, Path> directories = new HashMap<>();
    private final Set<String> pending = new HashSet<>();
    private boolean complained;

    /** Where the root lay when it was last registered. */
    private Path realRoot;

    /** The root that is watched: its key in the file system, or its facts; null if there is none. */
    private @Nullable Object watchedRoot;

    private volatile @Nullable WatchService service;

    /**
     * @param root the directory, or an archive; it may be a link, which may be switched
     * @param followLinks whether what links below the root lead to is watched too
     * @param mostDirectories the most directories to watch; changes in others go unnoticed
     */
    public TreeWatch(Path root, boolean followLinks, int mostDirectories) {
        this.root = root;
        this.realRoot = root;
        this.followLinks = followLinks;
        this.mostDirectories = mostDirectories;
    }

    /**
     * Begins to watch. When this returns, all that happens from then on is told. Blocking. To be called once.
     *
     * @param told of changes, by the names of the files without their directories, in a thread of this watch
     */
    public void begin(Consumer<Set<String>> told) {
        try {
            WatchService opened = root.getFileSystem().newWatchService();
            service = opened;
            lookAtRoot(opened);
            pending.clear();
            Thread thread = new Thread(() -> run(opened, told), "sluice-live-reload");
            thread.setDaemon(true);
            thread.start();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "pages do not reload by themselves, since {0} cannot be watched: {1}", new Object[] {
                root, e.getMessage()
            });
        }
    }

    private void run(WatchService events, Consumer<Set<String>> told) {
        try {
            watch(events, told);
        } catch (ClosedWatchServiceException | InterruptedException stopping) {
            // What ends here is the site, or the server.
        } catch (RuntimeException | Error bug) {
            LOG.log(Level.SEVERE, "pages reload by themselves no more", bug);
        }
    }

    private void watch(WatchService events, Consumer<Set<String>> told) throws InterruptedException {
        long lookedAt = System.nanoTime();
        long changedAt = lookedAt;
        while (true) {
            boolean waiting = !pending.isEmpty();
            WatchKey key = events.poll((waiting ? QUIET : LOOK_AT_ROOT_EVERY).toNanos(), TimeUnit.NANOSECONDS);
            if (key != null) {
                take(events, key);
            }
            long now = System.nanoTime();
            if (now - lookedAt >= LOOK_AT_ROOT_EVERY.toNanos()) {
                lookAtRoot(events);
                lookedAt = now;
            }
            if (!waiting) {
                changedAt = now;
            } else if (key == null || now - changedAt >= LONGEST_SILENCE.toNanos()) {
                told.accept(Set.copyOf(pending));
                pending.clear();
            }
        }
    }

    /** Watches the tree anew if the root is another directory than before. */
    private void lookAtRoot(WatchService events) {
        Object now = rootKey();
        if (Objects.equals(now, watchedRoot)) {
            return;
        }
        directories.keySet().forEach(WatchKey::cancel);
        directories.clear();
        watchedRoot = now;
        pending.add(ANY);
        if (now != null && !(now instanceof FileFacts)) {
            register(events, root);
        }
    }

    /** Of an archive its facts, of which any tells another version of it. */
    private @Nullable Object rootKey() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(root, BasicFileAttributes.class);
            if (attributes.isRegularFile()) {
                return FileFacts.of(attributes);
            }
            Object key = attributes.fileKey();
            return !attributes.isDirectory() ? null : key == null ? root : key;
        } catch (IOException absent) {
            return null;
        }
    }

    private void take(WatchService events, WatchKey key) {
        Path directory = directories.get(key);
        for (WatchEvent<?> event : key.pollEvents()) {
            if (event.kind() == OVERFLOW || event.context() == null) {
                pending.add(ANY);
                // A directory of which nobody has told may be among what was lost.
                watchedRoot = UNKNOWN;
            } else if (directory != null) {
                changed(events, directory.resolve(event.context().toString()), event.kind());
            }
        }
        if (!key.reset()) {
            directories.remove(key);
            if (realRoot.equals(directory)) {
                watchedRoot = UNKNOWN;
            }
        }
    }

    private void changed(WatchService events, Path path, WatchEvent.Kind<?> kind) {
        String name = String.valueOf(path.getFileName());
        if (isIgnored(name)) {
            return;
        }
        boolean isDirectory = kind != ENTRY_DELETE && Files.isDirectory(path);
        if (isDirectory && kind == ENTRY_CREATE) {
            register(events, path);
        }
        // That a directory has other entries, its own watch tells.
        if (!isDirectory || kind == ENTRY_CREATE) {
            pending.add(name);
        }
    }

    /** Whether nothing depends on a file or directory of that name. */
    static boolean isIgnored(String name) {
        return name.startsWith(".")
                || name.equals("node_modules")
                // Emacs; Vim, which tries by this name whether it may write; those of JetBrains.
                || name.endsWith("~")
                || name.startsWith("#")
                || name.equals("4913")
                || name.contains("___jb_");
    }

    private void register(WatchService events, Path from) {
        EnumSet<FileVisitOption> options =
                followLinks ? EnumSet.of(FileVisitOption.FOLLOW_LINKS) : EnumSet.noneOf(FileVisitOption.class);
        try {
            // Without its own links followed, a walk that begins at a link ends there.
            Path start = from;
            if (from.equals(root)) {
                start = from.toRealPath();
                realRoot = start;
            }
            Files.walkFileTree(start, options, Integer.MAX_VALUE, new Registrar(events, start));
        } catch (IOException gone) {
            // That it is gone is told by its parent's watch, or seen by the next look at the root.
            LOG.log(Level.FINE, "not watched", gone);
        }
    }

    private void complain(String why) {
        if (!complained) {
            complained = true;
            LOG.log(
                    Level.WARNING,
                    "pages do not reload when something changes in some directories of {0}: {1} are watched and no more, {2}",
                    new Object[] {root, directories.size(), why});
        }
    }

    @Override
    public void close() {
        WatchService opened = service;
        if (opened != null) {
            try {
                opened.close();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "cannot stop watching {0}: {1}", new Object[] {root, e.toString()});
            }
        }
    }

    /** Has each directory of a tree watched. */
    private final class Registrar extends SimpleFileVisitor<Path> {
        private final WatchService events;
        private final Path start;

        Registrar(WatchService events, Path start) {
            this.events = events;
            this.start = start;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            if (!directory.equals(start) && isIgnored(String.valueOf(directory.getFileName()))) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (directories.size() >= mostDirectories) {
                complain("which is the most");
                return FileVisitResult.TERMINATE;
            }
            try {
                directories.put(directory.register(events, ALL), directory);
                return FileVisitResult.CONTINUE;
            } catch (IOException e) {
                if (Files.isReadable(directory)) {
                    complain(String.valueOf(e.getMessage()));
                }
                return FileVisitResult.SKIP_SUBTREE;
            }
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }
    }
}
