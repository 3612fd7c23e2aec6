package dev.sluice.ledger;

import static dev.sluice.ledger.SampleServed.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.ledger.LedgerSnapshot.Connections;
import dev.sluice.ledger.LedgerSnapshot.LatencyMicros;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private final List<Served> sunk = new ArrayList<>();
    private final Ledger ledger = new Ledger(4, sunk::add);

    @Test
    void snapshot_nothingRecorded_isZeroWithEveryPath() {
        LedgerSnapshot snapshot = ledger.snapshot();

        assertEquals(Volume.ZERO, snapshot.all());
        assertEquals(List.of(), snapshot.cells());
        assertEquals(IoPath.values().length, snapshot.byPath().size());
        assertEquals(1.0, snapshot.all().zeroCopyRatio());
        assertEquals(new LatencyMicros(0, 0, 0, 0), snapshot.latency().percentiles());
    }

    @Test
    void snapshot_variousRecords_sumsByStatusAndByObservedPath() {
        serve(sample().status(200).observed(IoPath.MMAP).bytes(600));
        serve(sample().status(206).observed(IoPath.SENDFILE).bytes(300));
        serve(sample().status(200).observed(IoPath.COPY).bytes(100).userCopiedBytes(100));
        serve(sample().status(304).observed(IoPath.NONE).bytes(0));

        LedgerSnapshot snapshot = ledger.snapshot();

        assertEquals(new Volume(4, 1_000, 100), snapshot.all());
        assertEquals(
                Map.of(200, new Volume(2, 700, 100), 206, new Volume(1, 300, 0), 304, new Volume(1, 0, 0)),
                snapshot.byStatus());
        assertEquals(new Volume(1, 600, 0), snapshot.byPath().get(IoPath.MMAP));
        assertEquals(new Volume(1, 300, 0), snapshot.byPath().get(IoPath.SENDFILE));
        assertEquals(new Volume(1, 100, 100), snapshot.byPath().get(IoPath.COPY));
        assertEquals(new Volume(1, 0, 0), snapshot.byPath().get(IoPath.NONE));
        assertEquals(Volume.ZERO, snapshot.byPath().get(IoPath.DIRECT));
        assertEquals(0.9, snapshot.all().zeroCopyRatio(), 1e-9);
    }

    @Test
    void snapshot_severalSitesAndCodings_sumsEach() {
        serve(sample().site("a").bytes(10));
        serve(sample().site("a").contentCoding("br").bytes(4));
        serve(sample().site("b").contentCoding("br").bytes(3));
        serve(sample().site("b").contentCoding("compress").bytes(1));

        LedgerSnapshot snapshot = ledger.snapshot();

        assertEquals(Map.of("a", new Volume(2, 14, 0), "b", new Volume(2, 4, 0)), snapshot.bySite());
        assertEquals(
                Map.of("identity", new Volume(1, 10, 0), "br", new Volume(2, 7, 0), "other", new Volume(1, 1, 0)),
                snapshot.byCoding());
    }

    @Test
    void snapshot_notCarriedAsPlanned_countsTheReason() {
        serve(sample().observed(IoPath.COPY).fallback("tls").bytes(10).userCopiedBytes(10));
        serve(sample().observed(IoPath.COPY).fallback("tls").bytes(5).userCopiedBytes(5));
        serve(sample().fallback("changed").bytes(2));
        serve(sample());

        assertEquals(
                Map.of("tls", new Volume(2, 15, 15), "changed", new Volume(1, 2, 0)),
                ledger.snapshot().fallbacks());
    }

    @Test
    void topFiles_variousRecords_countsFilesThatWereFound() {
        serve(sample().site("a").path("/much").bytes(1_000));
        serve(sample().site("a").path("/often").bytes(1));
        serve(sample().site("a").path("/often").bytes(1));
        serve(sample().site("b").path("/often").bytes(1));
        serve(sample().path("/missing").status(404));
        serve(sample().path("*").status(200));

        TopFiles top = ledger.topFiles(2);

        TopFiles.Entry often = new TopFiles.Entry("a", "/often", 2, 2);
        TopFiles.Entry much = new TopFiles.Entry("a", "/much", 1, 1_000);
        assertEquals(List.of(often, much), top.byRequests());
        assertEquals(List.of(much, often), top.byBytes());
        assertEquals(new TopFiles.Overcount(0, 0), top.overcount());
    }

    @Test
    void snapshot_durations_fillTheBuckets() {
        serve(sample().durationNanos(10_000));
        serve(sample().durationNanos(60_000));
        serve(sample().durationNanos(9_000_000));

        LedgerSnapshot.Latency latency = ledger.snapshot().latency();

        assertEquals(3, latency.count());
        assertEquals(9_070, latency.sumMicros());
        assertEquals(
                List.of(1L, 2L, 2L, 3L),
                latency.buckets().stream()
                        .filter(bucket -> Set.of(50L, 100L, 5_000L, 10_000L).contains(bucket.upToMicros()))
                        .map(LedgerSnapshot.Bucket::count)
                        .toList());
    }

    @Test
    void record_idle_leavesNoTrace() {
        Ledger idle = Ledger.idle();

        idle.record(sample().build());

        assertTrue(idle.isIdle());
        assertEquals(Volume.ZERO, idle.snapshot().all());
        assertEquals(List.of(), idle.recent(served -> true, 10));
    }

    @Test
    void snapshot_lowestAndHighestStatus_areCounted() {
        serve(sample().status(100));
        serve(sample().status(599).observed(IoPath.NONE).bytes(0));

        assertEquals(Set.of(100, 599), ledger.snapshot().byStatus().keySet());
    }

    @Test
    void snapshot_takenBefore_doesNotChange() {
        LedgerSnapshot before = ledger.snapshot();

        serve(sample());

        assertEquals(0, before.all().requests());
    }

    @Test
    void snapshot_requestBegun_isActiveUntilRecorded() {
        ledger.began();
        ledger.began();
        ledger.record(sample().build());

        assertEquals(1, ledger.snapshot().active());
    }

    @Test
    void snapshot_connectionClosed_staysAccepted() {
        ledger.connectionOpened();
        ledger.connectionOpened();
        ledger.connectionClosed();

        assertEquals(new Connections(1, 2, 0), ledger.snapshot().connections());
    }

    @Test
    void snapshot_durations_givePercentilesWithinOnePercent() {
        for (int micros = 1; micros <= 1_000; micros++) {
            serve(sample().durationNanos(micros * 1_000L));
        }

        LatencyMicros latency = ledger.snapshot().latency().percentiles();

        assertWithinOnePercent(500, latency.p50());
        assertWithinOnePercent(900, latency.p90());
        assertWithinOnePercent(990, latency.p99());
        assertWithinOnePercent(1_000, latency.max());
        assertEquals(latency, ledger.snapshot().latency().percentiles(), "a second reading still covers everything");
    }

    @Test
    void record_longerThanAnHour_countsAsAnHour() {
        serve(sample().durationNanos(Long.MAX_VALUE));

        assertWithinOnePercent(
                3_600_000_000L, ledger.snapshot().latency().percentiles().max());
    }

    @Test
    void record_anything_reachesTheSink() {
        Served served = sample().build();

        ledger.record(served);

        assertEquals(List.of(served), sunk);
    }

    @Test
    void recent_moreThanTheRingHolds_givesTheNewestFirst() {
        for (long id = 1; id <= 6; id++) {
            serve(sample().id(id));
        }

        assertEquals(List.of(6L, 5L, 4L, 3L), ids(ledger.recent(served -> true, 10)));
    }

    @Test
    void recent_filterAndLimit_countOnlyMatches() {
        for (long id = 1; id <= 4; id++) {
            serve(sample().id(id));
        }

        assertEquals(List.of(3L), ids(ledger.recent(served -> served.id() % 2 == 1, 1)));
        assertEquals(List.of(), ids(ledger.recent(served -> true, 0)));
    }

    @Test
    void nextId_calledTwice_counts() {
        assertEquals(1, ledger.nextId());
        assertEquals(2, ledger.nextId());
    }

    @Test
    void new_capacityZero_throws() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new Ledger(0, served -> {}));

        assertTrue(e.getMessage().startsWith("capacity: 0 (expected: 1.."), e.getMessage());
    }

    private static void assertWithinOnePercent(long expected, long actual) {
        assertTrue(Math.abs(actual - expected) <= expected / 100, () -> actual + " (expected: about " + expected + ")");
    }

    private void serve(SampleServed served) {
        ledger.began();
        ledger.record(served.build());
    }

    private static List<Long> ids(List<Served> records) {
        return records.stream().map(Served::id).toList();
    }
}
