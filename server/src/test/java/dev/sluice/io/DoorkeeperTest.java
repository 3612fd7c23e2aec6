package dev.sluice.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class DoorkeeperTest {
    private static final int WINDOW = 100;

    private final Doorkeeper doorkeeper = new Doorkeeper(10_000);
    private final SplittableRandom random = new SplittableRandom(9);

    @Test
    void admits_firstRequest_isNotLetIn() {
        assertFalse(doorkeeper.admits(random.nextLong(), WINDOW));
    }

    @Test
    void admits_secondRequest_isLetIn() {
        long file = random.nextLong();
        doorkeeper.admits(file, WINDOW);

        assertTrue(doorkeeper.admits(file, WINDOW));
    }

    @Test
    void admits_letIn_isForgotten() {
        long file = random.nextLong();
        doorkeeper.admits(file, WINDOW);
        doorkeeper.admits(file, WINDOW);

        assertFalse(doorkeeper.admits(file, WINDOW));
    }

    @Test
    void admits_atTheEndOfTheWindow_isLetIn() {
        long file = random.nextLong();
        doorkeeper.admits(file, WINDOW);
        others(WINDOW - 1);

        assertTrue(doorkeeper.admits(file, WINDOW));
    }

    @Test
    void admits_afterTheWindow_isAFirstRequestAgain() {
        long file = random.nextLong();
        doorkeeper.admits(file, WINDOW);
        others(WINDOW);

        assertFalse(doorkeeper.admits(file, WINDOW));
        assertTrue(doorkeeper.admits(file, WINDOW));
    }

    @Test
    void admits_everythingOnce_letsNextToNothingIn() {
        assertEquals(0, others(1_000_000), 10);
    }

    @Test
    void admits_moreFilesThanItCanRemember_forgetsTheOldest() {
        Doorkeeper small = new Doorkeeper(1);
        long first = random.nextLong();
        small.admits(first, Integer.MAX_VALUE);
        for (int i = 0; i < 100_000; i++) {
            small.admits(random.nextLong(), Integer.MAX_VALUE);
        }

        assertFalse(small.admits(first, Integer.MAX_VALUE));
    }

    private int others(int count) {
        int letIn = 0;
        for (int i = 0; i < count; i++) {
            letIn += doorkeeper.admits(random.nextLong(), WINDOW) ? 1 : 0;
        }
        return letIn;
    }
}
