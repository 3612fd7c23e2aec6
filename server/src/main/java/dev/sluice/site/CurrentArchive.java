package dev.sluice.site;

import dev.sluice.archive.Archive;
import dev.sluice.archive.ArchiveDirectory;
import dev.sluice.archive.DamagedArchiveException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The archive that a site is served from: open, and opened anew when another one lies in its place. Requests that have begun with
 * the old one finish with it. One that cannot be read changes nothing, as long as the old one still has its bytes. Thread-safe.
 */
final class CurrentArchive {
    private static final Logger LOG = Logger.getLogger("sluice");

    /** One that was written to more recently may not be whole yet. */
    private static final Duration REST = Duration.ofMillis(250);

    private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(1);

    private static final Resolution CHANGING = new Resolution.Changing();
    private static final Resolution ABSENT = new Resolution.RootAbsent();

    private final Root.InArchive place;
    private final Release release;
    private volatile @Nullable Held current;

    /** It is no archive that can be served, and stays none as long as it has these facts. */
    private @Nullable FileFacts refused;

    /** Whether it could not be read at the last try, as may pass: for want of a right, or since a disk failed. */
    private boolean failed;

    private long failedAt;
    private boolean complained;
    private boolean retired;

    /**
     * @param release told of each archive that takes the place of another
     */
    CurrentArchive(Root.InArchive place, Release release) {
        this.place = place;
        this.release = release;
    }

    /** What a look at the archive's place comes to. */
    sealed interface Sight {}

    /**
     * An archive, leased.
     *
     * @param facts of its file
     * @param root the directory in it that is served
     */
    record Held(Archive archive, FileFacts facts, ArchiveDirectory root) implements Sight {}

    /**
     * None for now.
     *
     * @param why what that makes of a path
     */
    record None(Resolution why) implements Sight {}

    /** The archive as it is now; whoever gets one gives the lease back. */
    Sight acquire() throws IOException {
        FileFacts now = facts(place.path());
        Held held = current;
        return held != null && held.facts().equals(now) && held.archive().acquire() ? held : exchange(now);
    }

    private static @Nullable FileFacts facts(Path path) {
        try {
            return FileFacts.of(Files.readAttributes(path, BasicFileAttributes.class));
        } catch (IOException gone) {
            return null;
        }
    }

    private synchronized Sight exchange(@Nullable FileFacts now) throws IOException {
        Held held = current;
        if (held != null && held.facts().equals(now) && held.archive().acquire()) {
            return held;
        }
        if (now == null) {
            return instead(held, null, "it is gone");
        }
        if (now.equals(refused)) {
            return instead(held, now, "it is as it was");
        }
        if (failed && System.nanoTime() - failedAt < TRY_AGAIN_AFTER.toNanos()) {
            return instead(held, now, "it could not be read a moment ago");
        }
        if (Duration.between(now.modified(), Instant.now()).abs().compareTo(REST) < 0) {
            return new None(CHANGING);
        }
        try {
            Archive opened = Archive.open(place.path());
            return take(opened, now, held);
        } catch (IOException e) {
            if (OutOfDescriptors.is(e)) {
                throw e;
            }
            if (e instanceof DamagedArchiveException) {
                refused = now;
                return instead(held, now, String.valueOf(e.getMessage()));
            }
            failedAt = System.nanoTime();
            failed = true;
            return instead(held, now, e.toString());
        }
    }

    private Sight take(Archive opened, FileFacts facts, @Nullable Held before) throws IOException {
        boolean taken = false;
        try {
            if (!facts.equals(facts(place.path()))) {
                return new None(CHANGING);
            }
            Held fresh = new Held(opened, facts, opened.directory(place.within()));
            taken = true;
            keep(fresh, before);
            return fresh;
        } finally {
            if (!taken) {
                opened.release();
            }
        }
    }

    /** From now on it is this one, which is the caller's, too. */
    private void keep(Held fresh, @Nullable Held before) {
        refused = null;
        failed = false;
        complained = false;
        if (fresh.archive().leftOut() != null) {
            LOG.log(Level.WARNING, "of the archive {0} is not served: {1}", new Object[] {
                place.path(), fresh.archive().leftOut()
            });
        }
        if (retired) {
            return;
        }
        fresh.archive().acquire();
        current = fresh;
        release.seen(fresh.facts());
        if (before != null) {
            before.archive().release();
            LOG.log(Level.INFO, "the archive {0} is another one now", place.path());
        }
    }

    /** What was opened before, unless somebody has written into its very file. */
    private Sight instead(@Nullable Held held, @Nullable FileFacts now, String why) {
        boolean whole =
                held != null && (now == null || !now.key().equals(held.facts().key()));
        if (!complained) {
            complained = true;
            LOG.log(Level.WARNING, "the archive {0} cannot be read: {1}; {2}", new Object[] {
                place.path(), why, whole ? "the one before stays" : "requests get 503 until it can"
            });
        }
        if (held != null && whole && held.archive().acquire()) {
            return held;
        }
        release.lost();
        return new None(ABSENT);
    }

    /** Closes it, as soon as all who read it have finished. */
    synchronized void retire() {
        retired = true;
        Held held = current;
        current = null;
        if (held != null) {
            held.archive().release();
        }
    }
}
