package dev.sluice.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class ReleaseTest {
    private final Release release = new Release();

    @Test
    void switchedSince_theSameRoot_isNever() {
        long before = System.nanoTime();
        release.seen("one");
        release.seen("one");
        release.seen(null);

        assertFalse(release.switchedSince(before));
        assertEquals(0, release.switches());
    }

    @Test
    void switchedSince_anotherRoot_isFromThenOnPast() {
        release.seen("one");
        long before = System.nanoTime();
        release.seen("two");

        assertTrue(release.switchedSince(before));
        assertFalse(release.switchedSince(System.nanoTime() + 1));
        assertEquals(1, release.switches());
    }

    @Test
    void lost_andSeenAgain_isToldOnceEach() {
        assertFalse(release.seen("one"));
        long before = System.nanoTime();
        assertTrue(release.lost());
        assertFalse(release.lost());
        assertTrue(release.switchedSince(before));
        assertTrue(release.seen("one"));
        assertFalse(release.seen("one"));
        assertTrue(release.lost());
    }
}
