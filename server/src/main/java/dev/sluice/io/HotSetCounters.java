package dev.sluice.io;

import java.util.concurrent.atomic.LongAdder;

/** What hot sets did. Several may count together, so that what one did is not forgotten when it is given up. Thread-safe. */
public final class HotSetCounters {
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder admissions = new LongAdder();
    private final LongAdder evictions = new LongAdder();

    void hit() {
        hits.increment();
    }

    void missed() {
        misses.increment();
    }

    void admitted() {
        admissions.increment();
    }

    void evicted() {
        evictions.increment();
    }

    /** Requests answered from them. */
    public long hits() {
        return hits.sum();
    }

    /** Requests for files small enough to be held that were not held, or not fresh. */
    public long misses() {
        return misses.sum();
    }

    /** Bodies put in. */
    public long admissions() {
        return admissions.sum();
    }

    /** Bodies that left because their region was evicted. */
    public long evictions() {
        return evictions.sum();
    }
}
