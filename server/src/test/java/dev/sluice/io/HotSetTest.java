package dev.sluice.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class HotSetTest {
    private static final long FRESH = 1_000;

    private final Region region = new Region(0, ByteBuffer.allocateDirect(64 << 10), null, IndexSegment.none());
    private final HotSet<String> hotSet = new HotSet<>(FRESH);

    @Test
    void acquire_admitted_isLeasedAndAHit() {
        admit("/a", 0);
        HotSet.Leased<String> leased = hotSet.acquire("/a", 1);

        assertEquals("value of /a", leased.entry().value());
        assertEquals(1, region.leases());
        assertEquals(1, hotSet.hits());
    }

    @Test
    void acquire_unknown_isNullAndNoHit() {
        assertNull(hotSet.acquire("/a", 0));
        assertEquals(0, hotSet.hits());
    }

    @Test
    void acquire_atTheEndOfTheFreshTime_isServedAndAMomentLaterNot() {
        admit("/a", 0);

        assertNotNull(hotSet.acquire("/a", FRESH));
        assertNull(hotSet.acquire("/a", FRESH + 1));
        assertEquals(1, region.leases());
    }

    @Test
    void acquire_clockWrapsAround_isServed() {
        admit("/a", Long.MAX_VALUE - 10);

        assertNotNull(hotSet.acquire("/a", Long.MIN_VALUE + 10));
    }

    @Test
    void acquire_stale_isKeptForTheOneWhoChecks() {
        HotSet.Entry<String> entry = admit("/a", 0);

        assertNull(hotSet.acquire("/a", 2 * FRESH));
        assertSame(entry, hotSet.peek("/a"));
    }

    @Test
    void acquire_evictedRegion_isNullAndCountsAsEviction() {
        admit("/a", 0);
        region.drain();

        assertNull(hotSet.acquire("/a", 1));
        assertNull(hotSet.peek("/a"));
        assertEquals(1, hotSet.evictions());
        assertEquals(0, region.leases());
    }

    @Test
    void retire_held_isTakenOutAndNothingIsHeldAnyMore() {
        admit("/a", 0);
        assertNotNull(hotSet.acquire("/a", 1));

        hotSet.retire();
        admit("/b", 0);

        assertNull(hotSet.acquire("/a", 1));
        assertNull(hotSet.acquire("/b", 1));
        assertEquals(0, region.bodies().size());
        assertEquals(1, region.leases());
    }

    @Test
    void claimCheck_firstHalfOfTheFreshTime_isNobodys() {
        assertFalse(hotSet.claimCheck(admit("/a", 0), FRESH / 2 - 1));
    }

    @Test
    void claimCheck_secondHalf_isOneCallers() {
        HotSet.Entry<String> entry = admit("/a", 0);

        assertTrue(hotSet.claimCheck(entry, FRESH / 2));
        assertFalse(hotSet.claimCheck(entry, FRESH));
    }

    @Test
    void claimCheck_manyThreads_isOneCallers() throws Exception {
        HotSet.Entry<String> entry = admit("/a", 0);
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        Callable<Boolean> claim = () -> {
            start.await();
            return hotSet.claimCheck(entry, FRESH);
        };
        try {
            List<Future<Boolean>> claims = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                claims.add(threads.submit(claim));
            }
            start.countDown();
            int claimed = 0;
            for (Future<Boolean> one : claims) {
                claimed += one.get() ? 1 : 0;
            }
            assertEquals(1, claimed);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void confirm_claimedEntry_isFreshFromTheBeginOfTheCheck() {
        HotSet.Entry<String> entry = admit("/a", 0);
        hotSet.claimCheck(entry, FRESH);
        hotSet.confirm(entry, FRESH);

        assertNotNull(hotSet.acquire("/a", 2 * FRESH));
        assertNull(hotSet.acquire("/a", 2 * FRESH + 1));
        assertTrue(hotSet.claimCheck(entry, 2 * FRESH));
    }

    @Test
    void abandonCheck_claimedEntry_maybeClaimedAgainAndGrowsOld() {
        HotSet.Entry<String> entry = admit("/a", 0);
        hotSet.claimCheck(entry, FRESH);
        hotSet.abandonCheck(entry);

        assertTrue(hotSet.claimCheck(entry, FRESH));
        assertNull(hotSet.acquire("/a", FRESH + 1));
    }

    @Test
    void acquire_sourceInDoubt_isNullUntilItIsConfirmed() {
        AtomicLong changedAt = new AtomicLong(-1);
        Look.Doubt doubt = moment -> changedAt.get() >= moment;
        HotSet.Entry<String> entry = hotSet.admit("/a", body(region, 100), "a", new Look(0, 10 * FRESH, doubt));
        assertNotNull(hotSet.acquire("/a", 5 * FRESH));

        changedAt.set(5 * FRESH);
        assertNull(hotSet.acquire("/a", 5 * FRESH + 1));
        assertFalse(hotSet.servable(entry, 5 * FRESH + 1));
        hotSet.confirm(entry, new Look(5 * FRESH + 1, 10 * FRESH, doubt));
        assertNotNull(hotSet.acquire("/a", 5 * FRESH + 1));
    }

    @Test
    void tolerate_unsettledSource_isServedForMomentsUntilTheFreshTimeIsOver() {
        HotSet<String> patient = new HotSet<>(5 * Look.WHILE_UNSETTLED);
        HotSet.Entry<String> entry = patient.admit("/a", body(region, 100), "a", 0);
        long noticed = Look.WHILE_UNSETTLED;
        for (int round = 0; round < 5; round++) {
            long now = noticed + round * Look.WHILE_UNSETTLED;
            assertTrue(patient.tolerate(entry, now), "round " + round);
            assertNotNull(patient.acquire("/a", now + Look.WHILE_UNSETTLED));
            assertNull(patient.acquire("/a", now + Look.WHILE_UNSETTLED + 1));
        }
        assertFalse(patient.tolerate(entry, noticed + 5 * Look.WHILE_UNSETTLED));

        patient.confirm(entry, noticed + 5 * Look.WHILE_UNSETTLED);
        assertTrue(patient.tolerate(entry, noticed + 6 * Look.WHILE_UNSETTLED), "that was another time");
    }

    @Test
    void admit_newVersion_takesThePlaceOfTheOld() {
        HotSet.Entry<String> old = admit("/a", 0);
        HotSet.Entry<String> next = admit("/a", 1);

        assertSame(next, hotSet.acquire("/a", 2).entry());
        assertEquals(1, hotSet.size());
        hotSet.remove(old);
        assertSame(next, hotSet.peek("/a"));
    }

    @Test
    void remove_current_isNoEviction() {
        hotSet.remove(admit("/a", 0));

        assertNull(hotSet.acquire("/a", 1));
        assertEquals(0, hotSet.evictions());
    }

    @Test
    void sweep_someRegionsGone_keepsTheRest() {
        Region other = new Region(1, ByteBuffer.allocateDirect(64 << 10), null, IndexSegment.none());
        admit("/gone", 0);
        hotSet.admit("/kept", body(other, 100), "kept", 0);
        region.drain();
        hotSet.sweep();

        assertNull(hotSet.peek("/gone"));
        assertNotNull(hotSet.peek("/kept"));
        assertEquals(1, hotSet.evictions());
    }

    @Test
    void figures_fewCalls_addUp() {
        admit("/a", 0);
        hotSet.admit("/b", body(region, 23), "b", 0);
        hotSet.missed();

        assertEquals(2, hotSet.size());
        assertEquals(123, hotSet.bytes());
        assertEquals(2, hotSet.admissions());
        assertEquals(1, hotSet.misses());
    }

    @Test
    void admit_newVersion_leavesTheOldBytesAsWaste() {
        admit("/a", 0);
        int one = region.liveBytes();
        admit("/a", 1);

        assertEquals(one, region.liveBytes());
    }

    @Test
    void remove_entryWithAttached_leavesAllItsBytesAsWaste() {
        HotSet.Entry<String> entry = admit("/a", 0);
        hotSet.attach(entry, List.of(body(region, 50)));
        assertEquals(150, hotSet.bytes());
        hotSet.remove(entry);

        assertEquals(0, region.liveBytes());
    }

    @Test
    void attach_entryAlreadyGone_leavesTheBytesAsWaste() {
        HotSet.Entry<String> entry = admit("/a", 0);
        hotSet.remove(entry);
        hotSet.attach(entry, List.of(body(region, 50)));

        assertEquals(0, region.liveBytes());
    }

    @Test
    void purge_someKeys_takesThoseOutAndCountsThem() {
        admit("/a/1", 0);
        admit("/a/2", 0);
        admit("/b", 0);

        assertEquals(2, hotSet.purge(key -> key.startsWith("/a/")));
        assertEquals(1, hotSet.size());
        assertEquals(0, hotSet.evictions());
        assertEquals(1, region.bodies().size());
    }

    private HotSet.Entry<String> admit(String key, long now) {
        return hotSet.admit(key, body(region, 100), "value of " + key, now);
    }

    private static RegionBody body(Region region, int length) {
        int offset = region.tail();
        RegionBody body = new RegionBody(new RegionSlice(region, region.generation(), offset, region.append(length)));
        region.add(body);
        return body;
    }
}
