package dev.sluice.serve;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.site.FileFacts;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SettlingTest {
    private static final Instant NOW = Instant.parse("2020-01-02T03:04:05Z");
    private static final long MILLI = 1_000_000;

    private final Settling settling = new Settling();

    @Test
    void settled_stampedJustNow_isFalse() {
        assertFalse(settled(0));
        assertFalse(settled(249));
    }

    @Test
    void settled_stampedAWhileAgo_isTrue() {
        assertTrue(settled(250));
        assertTrue(settled(1_000_000_000));
    }

    @Test
    void settled_stampFromTheFuture_goesByTheDistance() {
        assertFalse(settled(-249));
        assertTrue(settled(-250));
    }

    @Test
    void settled_cameByARename_needsLess() {
        assertFalse(settling.settled(stamped(29), true, NOW, 0, 0));
        assertTrue(settling.settled(stamped(30), true, NOW, 0, 0));
    }

    @Test
    void settled_emptyForTheFirstTime_isFalseHoweverOldTheStamp() {
        assertFalse(settling.settled(empty("key"), false, NOW, 0, 0));
    }

    @Test
    void settled_emptyForLong_isTrue() {
        settling.settled(empty("key"), false, NOW, 0, 0);

        assertFalse(settling.settled(empty("key"), false, NOW, 249 * MILLI, 249 * MILLI));
        assertTrue(settling.settled(empty("key"), false, NOW, 250 * MILLI, 250 * MILLI));
    }

    /** It may be a file that came whole and is being truncated now. */
    @Test
    void settled_emptyAndCameByARename_needsAsLong() {
        settling.settled(empty("key"), true, NOW, 0, 0);

        assertFalse(settling.settled(empty("key"), true, NOW, 249 * MILLI, 249 * MILLI));
        assertTrue(settling.settled(empty("key"), true, NOW, 250 * MILLI, 250 * MILLI));
    }

    @Test
    void settled_firstLookHeldUp_emptinessCountsFromItsEnd() {
        settling.settled(empty("key"), false, NOW, 0, 200 * MILLI);

        assertFalse(settling.settled(empty("key"), false, NOW, 300 * MILLI, 300 * MILLI));
        assertTrue(settling.settled(empty("key"), false, NOW, 450 * MILLI, 450 * MILLI));
    }

    @Test
    void settled_anotherEmptyFile_hasToProveItselfToo() {
        settling.settled(empty("key"), false, NOW, 0, 0);

        assertFalse(settling.settled(empty("other"), false, NOW, 250 * MILLI, 250 * MILLI));
    }

    @Test
    void settled_manyEmptyFiles_forgetsTheFirst() {
        settling.settled(empty("first"), false, NOW, 0, 0);
        for (int i = 0; i < 1_024; i++) {
            settling.settled(empty("file " + i), false, NOW, 0, 0);
        }

        assertTrue(settling.settled(empty("file 1023"), false, NOW, 250 * MILLI, 250 * MILLI));
        assertFalse(settling.settled(empty("first"), false, NOW, 250 * MILLI, 250 * MILLI));
    }

    private boolean settled(long ageMillis) {
        return settling.settled(stamped(ageMillis), false, NOW, 0, 0);
    }

    private static FileFacts stamped(long ageMillis) {
        return new FileFacts(1, NOW.minusMillis(ageMillis), "key");
    }

    private static FileFacts empty(String key) {
        return new FileFacts(0, NOW.minusSeconds(60), key);
    }
}
