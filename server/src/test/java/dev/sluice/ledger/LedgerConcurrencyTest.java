package dev.sluice.ledger;

import static dev.sluice.ledger.SampleServed.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LedgerConcurrencyTest {
    private static final int THREADS = 4;
    private static final int RECORDS = 50_000;
    private static final int RING = 256;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final LongAdder sunk = new LongAdder();
    private final Ledger ledger = new Ledger(RING, served -> sunk.increment());

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void record_severalThreads_sumsAreExact() throws Exception {
        List<Future<?>> writers = startWriters();
        join(writers);

        LedgerSnapshot snapshot = ledger.snapshot();
        long all = (long) THREADS * RECORDS;
        assertEquals(all, snapshot.all().requests());
        assertEquals(all, sunk.sum());
        assertEquals(0, snapshot.active());
        assertEquals(0, snapshot.connections().open());
        assertEquals(all, snapshot.connections().accepted());
        Volume copied = new Volume(all / 2, all / 2 * 100, all / 2 * 100);
        Volume sent = new Volume(all / 2, all / 2 * 1_000, 0);
        assertEquals(copied, snapshot.byStatus().get(200));
        assertEquals(sent, snapshot.byStatus().get(206));
        assertEquals(copied, snapshot.byPath().get(IoPath.COPY));
        assertEquals(sent, snapshot.byPath().get(IoPath.SENDFILE));
        assertEquals(all, snapshot.latency().count());
        assertEquals(all, ledger.topFiles(1).byRequests().get(0).requests());
        assertEquals(all, ledger.nextId() - 1, "every id was drawn once");
    }

    @Test
    void snapshot_whileRecording_neverContradictsItself() throws Exception {
        List<Future<?>> writers = startWriters();
        long before = 0;
        do {
            LedgerSnapshot snapshot = ledger.snapshot();
            assertTrue(snapshot.all().requests() >= before, "totals only grow");
            assertTrue(snapshot.active() >= 0, () -> "active: " + snapshot.active());
            assertTrue(snapshot.connections().open() >= 0);
            assertTrue(snapshot.all().userCopiedBytes() <= snapshot.all().bytes());
            assertEquals(snapshot.all().requests(), snapshot.latency().count());
            Volume copied = snapshot.byPath().get(IoPath.COPY);
            Volume sent = snapshot.byPath().get(IoPath.SENDFILE);
            assertEquals(copied.requests() * 100, copied.bytes());
            assertEquals(sent.requests() * 1_000, sent.bytes());
            before = snapshot.all().requests();
        } while (!writers.stream().allMatch(Future::isDone));
        join(writers);
    }

    @Test
    void recent_whileSeveralRecord_givesNoRecordTwice() throws Exception {
        List<Future<?>> writers = startWriters();
        do {
            List<Long> ids =
                    ledger.recent(served -> true, RING).stream().map(Served::id).toList();
            assertEquals(ids.size(), new HashSet<>(ids).size(), "records given twice");
        } while (!writers.stream().allMatch(Future::isDone));
        join(writers);
    }

    @Test
    void recent_whileOneRecords_neverShowsALapBeforeAsNewest() throws Exception {
        Future<?> writer = threads.submit(writer());
        do {
            List<Long> ids =
                    ledger.recent(served -> true, RING).stream().map(Served::id).toList();
            for (int i = 1; i < ids.size(); i++) {
                assertTrue(ids.get(i) < ids.get(i - 1), "newest first");
            }
        } while (!writer.isDone());
        writer.get();
    }

    private List<Future<?>> startWriters() {
        List<Future<?>> writers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            writers.add(threads.submit(writer()));
        }
        return writers;
    }

    private Callable<Void> writer() {
        return () -> {
            for (int i = 0; i < RECORDS; i++) {
                ledger.connectionOpened();
                ledger.began();
                SampleServed served = sample().id(ledger.nextId());
                ledger.record(
                        i % 2 == 0
                                ? served.status(200)
                                        .observed(IoPath.COPY)
                                        .bytes(100)
                                        .userCopiedBytes(100)
                                        .build()
                                : served.status(206)
                                        .observed(IoPath.SENDFILE)
                                        .bytes(1_000)
                                        .build());
                ledger.connectionClosed();
            }
            return null;
        };
    }

    private static void join(List<Future<?>> writers) throws Exception {
        for (Future<?> writer : writers) {
            writer.get();
        }
    }
}
