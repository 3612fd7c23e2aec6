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
 * <p>Thread-safe. The writing methods are for I/O threads: they box nothing and wait for
 * nobody, unless each page is being read or written; a record costs a few hundred nanoseconds. The reading methods are for
 * worker threads.
 */
public final class Ledger {
    private final AtomicLong ids = new AtomicLong();
    private final LongAdder begun = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder closed = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final Pages pages = new Pages();
    private final RecentRing recent;
    private final Consumer<Served> sink;
    private final boolean idle;

    /**
     * Creates an empty ledger.
     *
     * @param ringCapacity how many of the last records to keep, 1..2^30, rounded up to a power of two
     * @param sink is given every record in the thread that records it; must neither block nor throw
     * @throws IllegalArgumentException if the capacity is out of its bounds
     */
    public Ledger(int ringCapacity, Consumer<Served> sink) {
        this(ringCapacity, sink, false);
    }

    private Ledger(int ringCapacity, Consumer<Served> sink, boolean idle) {
        this.recent = new RecentRing(ringCapacity);
        this.sink = sink;
        this.idle = idle;
    }

    /**
     * Creates a ledger that stays empty, for a server that nobody asks what happened.
     *
     * @return one whose {@link #isIdle} is true
     */
    public static Ledger idle() {
        return new Ledger(1, served -> {}, true);
    }

    /**
     * Whether nothing is recorded.
     *
     * @return true if no {@link #record} need be made
     */
    public boolean isIdle() {
        return idle;
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
        if (idle) {
            return;
        }
        pages.add(served);
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

    /** Counts a client connection as refused; it counts as nothing else. */
    public void connectionRefused() {
        refused.increment();
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
        Totals totals = new Totals();
        Fallbacks fallbacks = new Fallbacks();
        Latencies latencies = new Latencies();
        // Ends are read before beginnings, so neither difference can come out negative.
        pages.addTo(totals, fallbacks, latencies);
        List<LedgerSnapshot.Cell> cells = totals.read();
        long finished =
                cells.stream().mapToLong(cell -> cell.volume().requests()).sum();
        long active = begun.sum() - finished;
        long gone = closed.sum();
        long came = accepted.sum();
        return new LedgerSnapshot(
                cells, fallbacks.read(), active, new Connections(came - gone, came, refused.sum()), latencies.read());
    }

    /**
     * Reads which files are most wanted.
     *
     * @param limit how many each list holds at most, at least 0
     * @return the files of responses below status 400 since the start
     */
    public TopFiles topFiles(int limit) {
        return pages.topFiles(limit);
    }
}
