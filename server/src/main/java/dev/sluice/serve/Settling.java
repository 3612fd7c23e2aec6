package dev.sluice.serve;

import dev.sluice.site.FileFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells whether a file has been left alone for long enough to be taken for whole.
 *
 * <p>The kernel stamps a file at the start of a write and with the grain of its clock tick, so that a file stamped less
 * a moment ago may be half-written, or change again without a new stamp ("racily clean", as Git calls it).
 *
 * <p>A stamp alone does not do for an empty file: ext4 shows the new size of a file that is being truncated before the new
 * stamp, for as long as it waits for its journal. So emptiness is believed only when it has lasted. How the
 * file came makes no difference there: one that came whole by a rename may be truncated by its next writer at once.
 */
final class Settling {
    /**
     * For a file that may be written in place: long enough for a writer that is interrupted between truncating and
     * writing. Under load, with two processors for all, one answer in 160 was half-written at 40 ms.
     */
    static final Duration IN_PLACE = Duration.ofMillis(250);

    /** For a file that came by a rename, whole: longer than a clock tick, which is 10 ms at the most. */
    static final Duration RENAMED = Duration.ofMillis(30);

    /** Empty files remembered at a time; one that is forgotten has to prove itself again. */
    private static final int MOST_REMEMBERED = 1024;

    /** Since when ({@link System#nanoTime()}) a file has been seen empty, with these very facts. */
    private final Map<FileFacts, Long> emptySince = new LinkedHashMap<>();

    /**
     * Whether a file may be taken. One in an archive may always be: whoever gave it has looked at the archive.
     *
     * @param renamed whether the path is known to have named another file before
     * @param now the time of day before its facts were read: the thread may have been held up since
     * @param before {@link System#nanoTime()} at that moment
     * @param after the same when they had been read
     */
    boolean settled(FileFacts facts, boolean renamed, Instant now, long before, long after) {
        Duration quiet = renamed ? RENAMED : IN_PLACE;
        return facts.inArchive() || restedAndFull(facts, quiet, now, before, after);
    }

    private boolean restedAndFull(FileFacts facts, Duration quiet, Instant now, long before, long after) {
        return rested(facts, quiet, now) && (facts.size() > 0 || staysEmpty(facts, before, after));
    }

    /** Whether a file's stamp says that nobody wrote to it just now. One from the future says as much as one from the past. */
    static boolean rested(FileFacts facts, Duration quiet, Instant now) {
        return facts.inArchive()
                || Duration.between(facts.modified(), now).abs().compareTo(quiet) >= 0;
    }

    private synchronized boolean staysEmpty(FileFacts facts, long before, long after) {
        Long since = emptySince.putIfAbsent(facts, after);
        if (emptySince.size() > MOST_REMEMBERED) {
            emptySince.remove(emptySince.keySet().iterator().next());
        }
        return since != null && before - since >= IN_PLACE.toNanos();
    }
}
