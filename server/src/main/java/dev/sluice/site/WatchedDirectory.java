package dev.sluice.site;

import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A directory that is watched for the sake of some of its names. Guarded by {@link WatchedDirectories}. */
final class WatchedDirectory {
    private final Path path;
    private final WatchKey key;
    private final Map<String, Mark> marks = new HashMap<>();

    WatchedDirectory(Path path, WatchKey key) {
        this.path = path;
        this.key = key;
    }

    Path path() {
        return path;
    }

    WatchKey key() {
        return key;
    }

    /** The mark of a name, made if there is none yet. */
    Mark mark(String name) {
        return marks.computeIfAbsent(name, unused -> new Mark());
    }

    /** The mark of a name, or null if nothing depends on it. */
    @Nullable
    Mark known(String name) {
        return marks.get(name);
    }

    /** All names on which something depends. */
    Collection<String> names() {
        return List.copyOf(marks.keySet());
    }

    /**
     * Gives up the marks that are no longer needed.
     *
     * @return where the passages among them lead
     */
    List<Path> retain(Predicate<Mark> needed) {
        List<Path> passages = new ArrayList<>();
        marks.entrySet().removeIf(entry -> {
            Mark mark = entry.getValue();
            boolean unused = !needed.test(mark);
            if (unused) {
                mark.change();
                if (mark.passage()) {
                    passages.add(path.resolve(entry.getKey()));
                }
            }
            return unused;
        });
        return passages;
    }

    boolean isEmpty() {
        return marks.isEmpty();
    }

    /** Gives up all marks. */
    void giveUp() {
        marks.values().forEach(Mark::change);
        marks.clear();
    }
}
