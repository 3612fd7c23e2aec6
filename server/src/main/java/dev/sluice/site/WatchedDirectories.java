package dev.sluice.site;

import dev.sluice.http.ContentCoding;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The directories now watched, and what depends on their names. Thread-safe.
 *
 * <p>A key of the JDK belongs to a directory, not to the path under which it was registered: a directory that is moved goes
 * on to be reported under its old path, and one that is registered under two paths has one key. So what is known of a
 * path is given up as soon as something happens to a name on the way to it, and a key is cancelled only when no path is
 * left that has it.
 */
final class WatchedDirectories {
    private final Registrar registrar;
    private final int most;
    private final Map<Path, WatchedDirectory> byPath = new HashMap<>();
    private final Map<WatchKey, List<WatchedDirectory>> byKey = new HashMap<>();
    private final Set<Path> refused = new HashSet<>();
    private final List<WatchKey> cancelled = new ArrayList<>();
    private @Nullable String full;
    private boolean closed;

    /** Has a directory watched. */
    @FunctionalInterface
    interface Registrar {
        /**
         * Registers it.
         *
         * @return its key, or null if this directory is not to be watched
         * @throws IOException if it cannot be watched: a {@link FileSystemException} if that is this directory's fault, any
         *     other if the system watches no more
         */
        @Nullable
        WatchKey register(Path directory) throws IOException;
    }

    /**
     * @param most the most directories to watch
     */
    WatchedDirectories(Registrar registrar, int most) {
        this.registrar = registrar;
        this.most = most;
    }

    /**
     * Watches for the names of a way, in its order: each directory is registered after the name that leads to it is watched
     * for, so that none can be exchanged unnoticed.
     *
     * @return null if a needed directory cannot be watched
     */
    synchronized @Nullable Watch follow(List<Step> steps) {
        Set<Mark> marks = new HashSet<>();
        for (Step step : steps) {
            WatchedDirectory directory = watched(step.directory());
            if (directory != null) {
                Mark mark = directory.mark(step.name());
                if (step.passage()) {
                    mark.leadsOn();
                }
                marks.add(mark);
            } else if (step.needed()) {
                return null;
            }
        }
        return new Watch(List.copyOf(marks));
    }

    private @Nullable WatchedDirectory watched(Path path) {
        WatchedDirectory known = byPath.get(path);
        if (known != null || closed || full != null || refused.contains(path)) {
            return known;
        }
        if (byPath.size() >= most) {
            full = "that is as many directories as are watched at a time, " + most;
            return null;
        }
        WatchKey key = register(path);
        if (key == null) {
            return null;
        }
        WatchedDirectory directory = new WatchedDirectory(path, key);
        byPath.put(path, directory);
        byKey.computeIfAbsent(key, unused -> new ArrayList<>(1)).add(directory);
        return directory;
    }

    private @Nullable WatchKey register(Path path) {
        try {
            WatchKey key = registrar.register(path);
            if (key == null) {
                refused.add(path);
            }
            return key;
        } catch (NoSuchFileException | NotDirectoryException exchanged) {
            return null;
        } catch (FileSystemException unreadable) {
            refused.add(path);
            return null;
        } catch (IOException exhausted) {
            full = exhausted.getMessage();
            return null;
        }
    }

    /**
     * Something happened to a name in a directory.
     *
     * @param stays whether the name was there before, and still is
     */
    synchronized void changed(WatchKey key, String name, boolean stays) {
        for (WatchedDirectory directory : paths(key)) {
            changed(directory, name);
            if (!stays) {
                changed(directory, Step.ANY);
            }
            for (ContentCoding coding : ContentCoding.values()) {
                String extension = coding.extension();
                if (!extension.isEmpty() && name.endsWith(extension)) {
                    // A sidecar: what depends on the file depends on it too.
                    changed(directory, name.substring(0, name.length() - extension.length()));
                }
            }
        }
    }

    /** Events of a directory have been lost: anything may have happened to any of its names. */
    synchronized void overflown(WatchKey key) {
        for (WatchedDirectory directory : paths(key)) {
            directory.names().forEach(name -> changed(directory, name));
        }
    }

    /** A directory is gone, or its file system is. */
    synchronized void gone(WatchKey key) {
        paths(key).forEach(directory -> giveUpFrom(directory.path()));
    }

    /** Another file system lies there now, or lies there no more: whatever is there has other directories than before. */
    synchronized void mounted(Path point) {
        WatchedDirectory above = byPath.get(point.getParent());
        if (above != null) {
            changed(above, String.valueOf(point.getFileName()));
        }
        giveUpFrom(point);
    }

    private List<WatchedDirectory> paths(WatchKey key) {
        return List.copyOf(byKey.getOrDefault(key, List.of()));
    }

    private void changed(WatchedDirectory directory, String name) {
        Mark mark = directory.known(name);
        if (mark == null) {
            return;
        }
        mark.change();
        if (mark.passage()) {
            giveUpFrom(directory.path().resolve(name));
        }
    }

    private void giveUpFrom(Path path) {
        byPath.values().stream()
                .filter(directory -> directory.path().startsWith(path))
                .toList()
                .forEach(this::giveUp);
    }

    /**
     * Gives up what nothing depends on any more. What was refused may be tried again.
     *
     * @param needed tells of a mark whether something depends on it
     */
    synchronized void retain(Predicate<Mark> needed) {
        refused.clear();
        full = null;
        Set<Path> passages = new HashSet<>();
        byPath.values().forEach(directory -> passages.addAll(directory.retain(needed)));
        for (WatchedDirectory directory : List.copyOf(byPath.values())) {
            // Once a name on the way is not watched for, another directory may have the path unnoticed.
            if (directory.isEmpty() || isAtOrBelow(directory.path(), passages)) {
                giveUp(directory);
            }
        }
    }

    private static boolean isAtOrBelow(Path path, Set<Path> others) {
        for (Path above = path; above != null; above = above.getParent()) {
            if (others.contains(above)) {
                return true;
            }
        }
        return false;
    }

    private void giveUp(WatchedDirectory directory) {
        directory.giveUp();
        byPath.remove(directory.path());
        List<WatchedDirectory> same = byKey.getOrDefault(directory.key(), new ArrayList<>());
        same.remove(directory);
        if (same.isEmpty()) {
            byKey.remove(directory.key());
            cancelled.add(directory.key());
        }
    }

    /** Cancels one of the keys that no path has any more. Apart from giving them up, since each takes a system call. */
    synchronized boolean cancelOne() {
        if (cancelled.isEmpty()) {
            return false;
        }
        WatchKey key = cancelled.remove(cancelled.size() - 1);
        if (!byKey.containsKey(key)) {
            key.cancel();
        }
        return true;
    }

    /** Gives up everything, and watches nothing any more. */
    synchronized void close() {
        closed = true;
        List.copyOf(byPath.values()).forEach(this::giveUp);
    }

    /** Why no more directories are watched for now, or null if more may be. */
    synchronized @Nullable String full() {
        return full;
    }

    /** How many directories are watched. */
    synchronized int size() {
        return byPath.size();
    }
}
