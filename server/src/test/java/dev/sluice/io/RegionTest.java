package dev.sluice.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RegionTest {
    private static final int SIZE = 4 * Region.SMALLEST_SLOT;

    private final ByteBuffer memory = ByteBuffer.allocateDirect(SIZE);
    private final Region region = new Region(3, memory, null, IndexSegment.none());

    @Test
    void append_oddLength_startsTheNextBodyOnACacheLine() {
        region.append(Region.SMALLEST_SLOT + 1);
        mark(region.append(8));

        int expected = Region.SMALLEST_SLOT + Region.ALIGNMENT;
        assertEquals(1, memory.get(expected));
    }

    @Test
    void append_smallBody_isChargedTheSmallestSlot() {
        region.append(1);
        mark(region.append(1));

        assertEquals(1, memory.get(Region.SMALLEST_SLOT));
    }

    @Test
    void append_anyLength_givesRoomOfExactlyThatLength() {
        assertEquals(777, region.append(777).capacity());
    }

    @Test
    void append_exactlyTheRest_fits() {
        assertNotNull(region.append(SIZE));
        assertNull(region.append(0));
    }

    @Test
    void append_moreThanTheRest_takesNothing() {
        region.append(SIZE - Region.SMALLEST_SLOT);

        assertNull(region.append(Region.SMALLEST_SLOT + 1));
        assertNotNull(region.append(Region.SMALLEST_SLOT));
    }

    @Test
    void acquire_otherGeneration_isRefused() {
        assertFalse(region.acquire(region.generation() + 1));
        assertEquals(0, region.leases());
    }

    @Test
    void acquire_draining_isRefusedWhileOldLeasesStay() {
        assertTrue(region.acquire(0));
        region.drain();

        assertFalse(region.acquire(0));
        assertEquals(1, region.leases());
    }

    @Test
    void reset_leased_isRefused() {
        region.acquire(0);
        region.drain();

        assertFalse(region.reset());
        region.release();
        assertTrue(region.reset());
    }

    @Test
    void reset_notDraining_isRefused() {
        assertFalse(region.reset());
        assertEquals(0, region.generation());
    }

    @Test
    void reset_drained_startsANewGenerationFromTheBeginning() {
        region.append(SIZE);
        region.add(new RegionBody(new RegionSlice(region, 0, 0, memory)));
        region.drain();
        region.reset();

        assertEquals(1, region.generation());
        assertFalse(region.draining());
        assertEquals(List.of(), region.bodies());
        assertFalse(region.acquire(0));
        assertTrue(region.acquire(1));
        assertNotNull(region.append(SIZE));
    }

    @Test
    void liveBytes_someDiscarded_countsTheRoomOfTheRest() {
        RegionBody small = place(10);
        RegionBody large = place(Region.SMALLEST_SLOT + 1);

        assertEquals(2 * Region.SMALLEST_SLOT + Region.ALIGNMENT, region.liveBytes());
        small.discard();
        assertEquals(List.of(large), region.bodies());
        assertEquals(Region.SMALLEST_SLOT + Region.ALIGNMENT, region.liveBytes());
    }

    private RegionBody place(int length) {
        int offset = region.tail();
        RegionBody body = new RegionBody(new RegionSlice(region, 0, offset, region.append(length)));
        region.add(body);
        return body;
    }

    private static void mark(ByteBuffer slot) {
        slot.put(0, (byte) 1);
    }
}
