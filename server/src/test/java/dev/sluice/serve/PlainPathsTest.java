package dev.sluice.serve;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class PlainPathsTest {
    @Test
    void knows_whatWasNoted_andHardlyAnythingElse() {
        PlainPaths paths = new PlainPaths();
        for (int i = 0; i < 20_000; i++) {
            paths.note("/noted/" + i);
        }
        int known = 0;
        int others = 0;
        for (int i = 0; i < 20_000; i++) {
            known += paths.knows("/noted/" + i) ? 1 : 0;
            others += paths.knows("/other/" + i) ? 1 : 0;
        }
        // Two may want the same place, and the later one has it.
        assertTrue(known > 16_000, "known: " + known);
        assertTrue(others < 20, "others: " + others);
    }

    @Test
    void knows_ofNothingNoted_isFalse() {
        PlainPaths paths = new PlainPaths();
        assertFalse(paths.knows("/"));
        assertFalse(paths.knows("")); // Whose hash is 0.
    }
}
