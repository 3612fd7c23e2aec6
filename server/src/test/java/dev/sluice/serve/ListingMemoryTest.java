package dev.sluice.serve;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class ListingMemoryTest {
    private static final int BLOCK = 64 << 10;

    private final ListingMemory memory = new ListingMemory(3 * BLOCK);

    @Test
    void take_ordinaryListing_isNeverRefused() {
        memory.claim().take(4 * BLOCK - 1);
        assertTrue(memory.claim().take(BLOCK - 1));
    }

    @Test
    void take_moreThanIsFree_isRefusedUntilOthersAreDone() {
        ListingMemory.Claim first = memory.claim();
        assertTrue(first.take(3 * BLOCK));
        ListingMemory.Claim second = memory.claim();
        assertFalse(second.take(BLOCK));
        assertFalse(second.beyondAll());
        second.close();

        first.close();
        first.close();
        assertTrue(memory.claim().take(3 * BLOCK));
        assertFalse(memory.claim().take(BLOCK));
    }

    @Test
    void beyondAll_moreThanThereIsAltogether_isTrue() {
        ListingMemory.Claim claim = memory.claim();
        assertFalse(claim.take(10L * BLOCK));
        assertTrue(claim.beyondAll());
    }
}
