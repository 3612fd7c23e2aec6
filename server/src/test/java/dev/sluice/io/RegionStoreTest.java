package dev.sluice.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RegionStoreTest {
    private static final int REGION = 8 << 10;

    @TempDir
    Path directory;

    private RegionStore store;

    @BeforeEach
    void makeStoreOfThreeRegions() throws IOException {
        store = new RegionStore(directory, new RegionBudget(REGION, 3));
    }

    @Test
    void new_missingDirectory_failsAtOnce() {
        assertThrows(IOException.class, () -> new RegionStore(directory.resolve("none"), new RegionBudget(REGION, 1)));
    }

    @Test
    void new_anyStore_leavesNoFileBehind() throws IOException {
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void reserve_filledSlot_isReadBack() {
        byte[] body = {1, 2, 3, 4, 5};
        RegionBody kept = keep(body);

        assertArrayEquals(body, bytes(kept));
        assertEquals(5, kept.length());
    }

    @Test
    void view_part_isThatPartAndReadOnly() {
        ByteBuffer view = keep(new byte[] {1, 2, 3, 4, 5}).acquire().view(1, 3);

        assertEquals(2, view.get(0));
        assertEquals(3, view.remaining());
        assertTrue(view.isReadOnly());
        assertTrue(view.isDirect());
    }

    @Test
    void view_beyondTheBody_isRefused() {
        RegionSlice slice = keep(new byte[5]).acquire();

        assertThrows(IndexOutOfBoundsException.class, () -> slice.view(1, 5));
    }

    @Test
    void reserve_newSlot_isLeased() {
        RegionStore.Slot slot = store.reserve(1);

        assertEquals(1, store.leases());
        slot.slice().release();
        assertEquals(0, store.leases());
    }

    @Test
    void reserve_moreThanARegion_takesNothing() {
        assertNull(store.reserve(REGION + 1));
        assertNull(store.reserve(Integer.MAX_VALUE));
        assertEquals(0, store.leases());
        assertEquals(0, store.evictions());
    }

    @Test
    void reserve_activeRegionFull_opensAnother() {
        assertEquals(List.of(0, 1), List.of(fill().region(), fill().region()));
        assertEquals(0, store.evictions());
    }

    @Test
    void reserve_asManyBodiesAsARegionMayHold_opensAnother() throws IOException {
        store = new RegionStore(directory, new RegionBudget(REGION, 3, 4));
        List<Integer> regions = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            RegionBody body = keep(new byte[1]);
            body.acquire().release();
            regions.add(body.region());
        }

        assertEquals(List.of(0, 0, 0, 0, 1), regions.subList(0, 5));
        // Those in demand are copied on, but never as many as to leave no place for a new one.
        assertTrue(store.bodies() <= 12, () -> store.bodies() + " bodies");
        assertTrue(store.evictions() > 0);
    }

    @Test
    void reserve_regionsClosedByCount_areNotTakenForWaste() throws IOException {
        store = new RegionStore(directory, new RegionBudget(REGION, 4, 3));
        RegionBody old = fill();
        List<RegionBody> small = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            small.add(keep(new byte[1]));
        }

        assertTrue(store.evictions() > 0);
        assertFalse(old.live());
        assertTrue(small.stream().allMatch(RegionBody::live));
    }

    @Test
    void roomy_oneRegionLeft_isInReserve() {
        assertTrue(store.roomy());
        fill();
        fill();
        assertTrue(store.roomy());
        fill();

        assertFalse(store.roomy());
        assertEquals(1, store.evictions());
    }

    @Test
    void reserve_allFull_evictsTheOldest() {
        List<RegionBody> bodies = List.of(fill(), fill(), fill());

        assertFalse(bodies.get(0).live());
        assertTrue(bodies.get(1).live());
        assertTrue(bodies.get(2).live());
    }

    @Test
    void reserve_allFull_copiesWhatWasUsedForward() {
        RegionBody used = keep(new byte[] {1, 2, 3});
        RegionBody unused = keep(new byte[] {4});
        use(used, 1);
        fillUp();

        assertFalse(unused.live());
        assertEquals(2, used.region());
        assertArrayEquals(new byte[] {1, 2, 3}, bytes(used));
    }

    @Test
    void reserve_allFull_copiesTheMostUsedForItsLengthFirst() {
        RegionBody large = keep(new byte[REGION / 2]);
        RegionBody small = keep(new byte[REGION / 4]);
        RegionBody often = keep(new byte[REGION / 4]);
        use(large, 3);
        use(small, 2);
        use(often, 9);
        fillUp();

        // Half a region and two quarters do not fit into three quarters of one.
        assertTrue(often.live());
        assertTrue(small.live());
        assertFalse(large.live());
    }

    @Test
    void reserve_usedOnceLongAgo_isEvictedInTheEnd() {
        RegionBody used = keep(new byte[10]);
        use(used, 1);
        for (int round = 0; round < 10; round++) {
            keep(new byte[REGION / 2]);
        }

        assertFalse(used.live());
    }

    @Test
    void reserve_bodyDiscarded_isNotCopied() {
        RegionBody replaced = keep(new byte[10]);
        use(replaced, 5);
        replaced.discard();
        fillUp();

        assertFalse(replaced.live());
    }

    @Test
    void reserve_allBodiesDiscarded_reusesThatRegionFirst() {
        RegionBody old = fill();
        RegionBody replaced = fill();
        replaced.discard();
        keep(new byte[10]);

        assertTrue(old.live());
        assertFalse(replaced.live());
    }

    @Test
    void acquire_evictedBody_isRefusedForEver() {
        RegionBody old = fill();
        fill();
        fill();
        fill();

        assertNull(old.acquire());
        assertEquals(0, store.leases());
    }

    @Test
    void reserve_oldestIsPinned_takesTheNextAndKeepsThePinnedBytes() {
        RegionSlice pinned = keep(new byte[] {7, 7, 7}).acquire();
        fill();
        for (int round = 0; round < 10; round++) {
            assertNotEquals(pinned.region(), fill().region());
        }

        assertArrayEquals(new byte[] {7, 7, 7}, bytesOfLeased(pinned));
        pinned.release();
    }

    /** Readers that do not finish cost room, but nothing that is in demand: it is copied out of the region they pin. */
    @Test
    void reserve_everyRegionPinned_movesWhatIsInDemandAndGoesOn() {
        RegionBody demanded = keep(new byte[] {7, 7, 7});
        RegionSlice one = demanded.acquire();
        RegionSlice two = keep(new byte[REGION]).acquire();
        RegionBody third = keep(new byte[10]);

        assertNotNull(third);
        assertArrayEquals(new byte[] {7, 7, 7}, bytes(demanded));
        assertNotEquals(one.region(), demanded.region());
        assertArrayEquals(new byte[] {7, 7, 7}, bytesOfLeased(one));
        one.release();
        two.release();
    }

    @Test
    void reserve_everyRegionPinnedAndNoneInReserve_isNullUntilOneIsReleased() {
        List<RegionSlice> pinned = List.of(fillLeased(), fillLeased(), fillLeased());

        assertNull(store.reserve(REGION));
        assertEquals(1, store.evictions());
        pinned.get(0).release();
        assertNotNull(store.reserve(1));
    }

    private RegionBody fill() {
        return keep(new byte[REGION]);
    }

    /** Two regions are full then, whatever stood in the first, and the third, which was in reserve, is begun. */
    private void fillUp() {
        fill();
        keep(new byte[Region.SMALLEST_SLOT]);
    }

    private RegionSlice fillLeased() {
        RegionStore.Slot slot = store.reserve(REGION);
        return slot.slice();
    }

    private RegionBody keep(byte[] body) {
        RegionStore.Slot slot = store.reserve(body.length);
        slot.memory().put(body);
        slot.slice().release();
        return slot.body();
    }

    private static void use(RegionBody body, int times) {
        for (int use = 0; use < times; use++) {
            body.acquire().release();
        }
    }

    private static byte[] bytes(RegionBody body) {
        RegionSlice slice = body.acquire();
        try {
            return bytesOfLeased(slice);
        } finally {
            slice.release();
        }
    }

    private static byte[] bytesOfLeased(RegionSlice slice) {
        byte[] bytes = new byte[slice.length()];
        slice.view(0, bytes.length).get(bytes);
        return bytes;
    }
}
