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
        store = new RegionStore(directory, 3 * REGION, REGION);
    }

    @Test
    void new_lessThanOneRegion_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new RegionStore(directory, REGION - 1, REGION));
    }

    @Test
    void new_missingDirectory_failsAtOnce() {
        assertThrows(IOException.class, () -> new RegionStore(directory.resolve("none"), REGION, REGION));
    }

    @Test
    void new_anyStore_leavesNoFileBehind() throws IOException {
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void capacity_oddBudget_isWholeRegions() throws IOException {
        assertEquals(2 * REGION, new RegionStore(directory, 3 * REGION - 1, REGION).capacity());
    }

    @Test
    void reserve_filledSlot_isReadBack() {
        byte[] body = {1, 2, 3, 4, 5};
        RegionSlice slice = keep(body);

        assertArrayEquals(body, bytes(slice));
        assertEquals(5, slice.length());
    }

    @Test
    void view_part_isThatPartAndReadOnly() {
        ByteBuffer view = keep(new byte[] {1, 2, 3, 4, 5}).view(1, 3);

        assertEquals(2, view.get(0));
        assertEquals(3, view.remaining());
        assertTrue(view.isReadOnly());
        assertTrue(view.isDirect());
    }

    @Test
    void view_beyondTheBody_isRefused() {
        RegionSlice slice = keep(new byte[5]);

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
        assertEquals(List.of(0, 1, 2), List.of(fill().region(), fill().region(), fill().region()));
        assertEquals(0, store.evictions());
    }

    @Test
    void reserve_allFull_evictsTheColdest() {
        List<RegionSlice> slices = List.of(fill(), fill(), fill());
        use(slices.get(0), 3);
        use(slices.get(1), 1);
        use(slices.get(2), 2);

        assertEquals(1, fill().region());
        assertEquals(1, store.evictions());
        assertTrue(slices.get(0).live());
        assertFalse(slices.get(1).live());
        assertTrue(slices.get(2).live());
    }

    @Test
    void acquire_evictedSlice_isRefusedForEver() {
        RegionSlice old = fill();
        fill();
        fill();
        RegionSlice next = fill();

        assertEquals(old.region(), next.region());
        assertFalse(old.acquire());
        assertEquals(0, store.leases());
    }

    @Test
    void reserve_coldestIsPinned_takesTheNextAndKeepsThePinnedBytes() {
        RegionSlice pinned = keep(new byte[] {7, 7, 7});
        pinned.acquire();
        keep(new byte[REGION]);
        keep(new byte[REGION]);
        for (int round = 0; round < 10; round++) {
            assertNotEquals(pinned.region(), fill().region());
        }

        assertArrayEquals(new byte[] {7, 7, 7}, bytesOfLeased(pinned));
        pinned.release();
    }

    @Test
    void reserve_everyRegionPinned_isNull() {
        List<RegionSlice> pinned = List.of(fill(), fill(), fill());
        pinned.forEach(RegionSlice::acquire);

        assertNull(store.reserve(1));
        pinned.get(1).release();
        pinned.get(2).release();
        pinned.get(0).release();
        assertNotNull(store.reserve(1));
    }

    /** One body that finds no room must not cost the hot set all the bodies it holds. */
    @Test
    void reserve_everyRegionPinned_givesUpOneRegionOnly() {
        List<RegionSlice> pinned = List.of(fill(), fill(), fill());
        pinned.forEach(RegionSlice::acquire);
        for (int attempt = 0; attempt < 5; attempt++) {
            store.reserve(1);
        }

        assertEquals(2, pinned.stream().filter(RegionSlice::live).count());
        assertEquals(1, store.evictions());
    }

    private RegionSlice fill() {
        return keep(new byte[REGION]);
    }

    private RegionSlice keep(byte[] body) {
        RegionStore.Slot slot = store.reserve(body.length);
        slot.memory().put(body);
        slot.slice().release();
        return slot.slice();
    }

    private static void use(RegionSlice slice, int times) {
        for (int use = 0; use < times * 10; use++) {
            slice.acquire();
            slice.release();
        }
    }

    private static byte[] bytes(RegionSlice slice) {
        assertTrue(slice.acquire());
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
