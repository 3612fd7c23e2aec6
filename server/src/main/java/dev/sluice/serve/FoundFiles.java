package dev.sluice.serve;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.http.ContentCoding;
import dev.sluice.http.SitePath;
import dev.sluice.io.Look;
import dev.sluice.plan.Entrance;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Large files that were found a moment ago and are still open: a part of one can be sent from the I/O thread, without a worker
 * that looks for the file again.
 *
 * <p>What was found counts for as long as a look at a hot file does, and only if a look at the place, which for an open file on
 * a file system of this machine never waits for a disk, sees that very file unchanged. Thread-safe.
 */
final class FoundFiles {
    /** As many as are kept open. */
    private static final int MOST = 1024;

    /** An open file keeps its bytes on the disk after it has been deleted, and its file system from being unmounted. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final Cache<String, FoundFile> files = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(KEPT)
            .executor(Runnable::run)
            .build();

    /**
     * A file that was found.
     *
     * @param path that it was asked for by
     * @param entrance what the rules say of that
     * @param loaded its only representation, whose lease counts only when it is handed out
     * @param look at the way to it
     */
    record FoundFile(SitePath path, Entrance entrance, Loaded.Elsewhere loaded, Look look) {
        private Source.FromFile source() {
            return (Source.FromFile) Objects.requireNonNull(loaded.sources().get(ContentCoding.IDENTITY));
        }
    }

    /**
     * Notes a file, if it is one that every client gets in the same form, and that a look at once confirms.
     *
     * @param loaded what is sent of it; its lease stays the caller's
     */
    void note(SitePath path, Entrance entrance, Loaded.Elsewhere loaded, Look look) {
        FoundFile file = new FoundFile(path, entrance, loaded, look);
        boolean one = loaded.sources().size() == 1
                && loaded.sources().get(ContentCoding.IDENTITY) instanceof Source.FromFile
                && loaded.found().streamable().isEmpty();
        if (one && entrance.open() && file.source().unchanged().atOnce()) {
            files.put(path.encoded(), file);
        }
    }

    /**
     * A file that may be sent as it was found.
     *
     * @param now {@link System#nanoTime()}
     * @return the file, with a lease that goes with what is loaded; null if it is to be looked for
     */
    @Nullable
    FoundFile acquire(String path, long now) {
        FoundFile found = files.getIfPresent(path);
        if (found == null) {
            return null;
        }
        if (found.look().counts(now) && found.source().file().acquire()) {
            if (found.source().unchanged().atOnce()) {
                return found;
            }
            found.source().release();
        }
        files.asMap().remove(path, found);
        return null;
    }

    /** Forgets all of them. */
    void clear() {
        files.invalidateAll();
    }

    /** Hands on the looks in use. */
    void looks(Consumer<Look> taker) {
        files.asMap().values().forEach(found -> taker.accept(found.look()));
    }
}
