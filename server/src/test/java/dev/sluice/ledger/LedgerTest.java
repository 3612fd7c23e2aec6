package dev.sluice.ledger;

import static dev.sluice.ledger.SampleServed.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.ledger.LedgerSnapshot.Connections;
import dev.sluice.ledger.LedgerSnapshot.LatencyMicros;
import dev.sluice.ledger.LedgerSnapshot.PathTotals;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private final List<Served> sunk = new ArrayList<>();
    private final Ledger ledger = new Ledger(4, sunk::add);

    @Test
    void snapshot_nothingRecorded_isZeroWithEveryPath() {
        LedgerSnapshot snapshot = ledger.snapshot();

        assertEquals(0, snapshot.requests());
        assertEquals(Map.of(), snapshot.requestsByStatus());
        assertEquals(IoPath.values().length, snapshot.ioPaths().size());
        assertEquals(1.0, snapshot.zeroCopyRatio());
        assertEquals(new LatencyMicros(0, 0, 0, 0), snapshot.latencyMicros());
    }

    @Test
    void snapshot_variousRecords_sumsByStatusAndByObservedPath() {
        serve(sample().status(200).observed(IoPath.MMAP).bytes(600));
        serve(sample().status(206).observed(IoPath.SENDFILE).bytes(300));
        serve(sample().status(200).observed(IoPath.COPY).bytes(100).userCopiedBytes(100));
        serve(sample().status(304).observed(IoPath.NONE).bytes(0));

        LedgerSnapshot snapshot = ledger.snapshot();

        assertEquals(4, snapshot.requests());
        assertEquals(Map.of(200, 2L, 206, 1L, 304, 1L), snapshot.requestsByStatus());
        assertEquals(new PathTotals(1, 600), snapshot.ioPaths().get(IoPath.MMAP));
        assertEquals(new PathTotals(1, 300), snapshot.ioPaths().get(IoPath.SENDFILE));
        assertEquals(new PathTotals(1, 100), snapshot.ioPaths().get(IoPath.COPY));
        assertEquals(new PathTotals(1, 0), snapshot.ioPaths().get(IoPath.NONE));
        assertEquals(new PathTotals(0, 0), snapshot.ioPaths().get(IoPath.DIRECT));
        assertEquals(1_000, snapshot.bodyBytes());
        assertEquals(100, snapshot.userCopiedBytes());
        assertEquals(0.9, snapshot.zeroCopyRatio(), 1e-9);
    }

    @Test
    void snapshot_lowestAndHighestStatus_areCounted() {
        serve(sample().status(100));
        serve(sample().status(599).observed(IoPath.NONE).bytes(0));

        assertEquals(Map.of(100, 1L, 599, 1L), ledger.snapshot().requestsByStatus());
    }

    @Test
    void snapshot_takenBefore_doesNotChange() {
        LedgerSnapshot before = ledger.snapshot();

        serve(sample());

        assertEquals(0, before.requests());
        assertThrows(
                UnsupportedOperationException.class,
                () -> before.requestsByStatus().put(200, 1L));
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

        assertEquals(new Connections(1, 2), ledger.snapshot().connections());
    }

    @Test
    void snapshot_durations_givePercentilesWithinOnePercent() {
        for (int micros = 1; micros <= 1_000; micros++) {
            serve(sample().durationNanos(micros * 1_000L));
        }

        LatencyMicros latency = ledger.snapshot().latencyMicros();

        assertWithinOnePercent(500, latency.p50());
        assertWithinOnePercent(900, latency.p90());
        assertWithinOnePercent(990, latency.p99());
        assertWithinOnePercent(1_000, latency.max());
        assertEquals(latency, ledger.snapshot().latencyMicros(), "a second reading still covers everything");
    }

    @Test
    void record_longerThanAnHour_countsAsAnHour() {
        serve(sample().durationNanos(Long.MAX_VALUE));

        assertWithinOnePercent(3_600_000_000L, ledger.snapshot().latencyMicros().max());
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

    @Test
    void newSnapshot_sumsDisagree_throws() {
        Map<IoPath, PathTotals> paths = new EnumMap<>(IoPath.class);
        for (IoPath path : IoPath.values()) {
            paths.put(path, new PathTotals(1, 0));
        }

        assertThrows(
                IllegalArgumentException.class,
                () -> new LedgerSnapshot(
                        new TreeMap<>(Map.of(200, 5L)),
                        paths,
                        0,
                        0,
                        new Connections(0, 0),
                        new LatencyMicros(0, 0, 0, 0)));
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
