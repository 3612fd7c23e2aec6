package dev.sluice.ledger;

import dev.sluice.ledger.LedgerSnapshot.Connections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What happened: totals since the start, durations, and the last records.
 *
 * <p>Thread-safe. The writing methods are for I/O threads: they take no lock, look nothing up and box nothing; a record
 * costs about a hundred nanoseconds. The reading methods are for worker threads.
 */
public final class Ledger {
    private final AtomicLong ids = new AtomicLong();
    private final LongAdder begun = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder closed = new LongAdder();
    private final Totals totals = new Totals();
    private final Latencies latencies = new Latencies();
    private final RecentRing recent;
    private final Consumer<Served> sink;

    /**
     * Creates an empty ledger.
     *
     * @param ringCapacity how many of the last records to keep, 1..2^30, rounded up to a power of two
     * @param sink is given every record in the thread that records it; must neither block nor throw
     * @throws IllegalArgumentException if the capacity is out of its bounds
     */
    public Ledger(int ringCapacity, Consumer<Served> sink) {
        this.recent = new RecentRing(ringCapacity);
        this.sink = sink;
    }

    /**
     * Draws the number of a request.
     *
     * @return 1, 2, 3 …
     */
    public long nextId() {
        return ids.incrementAndGet();
    }

    /** Counts a request as active. Exactly one {@link #record} or {@link #handedOn} follows each call. */
    public void began() {
        begun.increment();
    }

    /** Takes a {@link #began} back, of a request that somebody else begins anew: no {@link #record} follows. */
    public void handedOn() {
        begun.decrement();
    }

    /**
     * Records a finished request, which is then no longer active.
     *
     * @param served what happened; {@link #began()} was called for this request before
     */
    public void record(Served served) {
        totals.add(served);
        latencies.record(served.durationMicros());
        recent.add(served);
        sink.accept(served);
    }

    /** Counts a client connection as accepted and open. */
    public void connectionOpened() {
        accepted.increment();
    }

    /** Counts a client connection as closed; {@link #connectionOpened()} was called for it before. */
    public void connectionClosed() {
        closed.increment();
    }

    /**
     * Finds among the last records.
     *
     * @param filter which records to return
     * @param limit how many records to return at most, at least 0
     * @return the records that match, the last recorded first; immutable
     */
    public List<Served> recent(Predicate<Served> filter, int limit) {
        return recent.newestFirst(filter, limit);
    }

    /**
     * Reads all totals.
     *
     * @return the totals now
     */
    public LedgerSnapshot snapshot() {
        // Ends are read before beginnings, so neither difference can come out negative.
        Totals.Reading reading = totals.read();
        long finished =
                reading.byStatus().values().stream().mapToLong(Long::longValue).sum();
        long active = begun.sum() - finished;
        long gone = closed.sum();
        long came = accepted.sum();
        return new LedgerSnapshot(
                reading.byStatus(),
                reading.ioPaths(),
                reading.userCopiedBytes(),
                active,
                new Connections(came - gone, came),
                latencies.read());
    }
}
