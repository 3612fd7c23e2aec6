package dev.sluice.ledger;

import java.util.concurrent.locks.StampedLock;

/**
 * A part of the ledger's totals, written by one thread at a time: so nothing in it need be atomic, a record costs one lock that
 * is mostly free, and whoever reads it finds each record in all of its sums or in none.
 */
final class Page {
    /** Files counted one by one: figures are at most 0.4 % of all requests too high. */
    private static final int FILES_COUNTED = 1024;

    /** Statuses from here on tell of no file. */
    private static final int FIRST_ERROR = 400;

    private final StampedLock lock = new StampedLock();
    private final Totals totals = new Totals();
    private final Fallbacks fallbacks = new Fallbacks();
    private final Latencies latencies = new Latencies();
    private final HeavyHitters files = new HeavyHitters(FILES_COUNTED);

    /** Counts a record, unless somebody else is at this page: then false. */
    boolean offer(Served served) {
        long stamp = lock.tryWriteLock();
        if (stamp == 0) {
            return false;
        }
        try {
            count(served);
            return true;
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** Counts a record as soon as nobody else is at this page. */
    void add(Served served) {
        long stamp = lock.writeLock();
        try {
            count(served);
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    private void count(Served served) {
        totals.add(served);
        fallbacks.add(served);
        latencies.add(served.durationMicros());
        if (served.status() < FIRST_ERROR && served.path().startsWith("/")) {
            files.add(served);
        }
    }

    /** Adds all but the files to what a reader sums up. */
    void addTo(Totals totalSum, Fallbacks fallbackSum, Latencies latencySum) {
        long stamp = lock.writeLock();
        try {
            totals.addTo(totalSum);
            fallbacks.addTo(fallbackSum);
            latencies.addTo(latencySum);
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** Adds the files to what a reader sums up. */
    void addTo(HeavyHitters fileSum) {
        long stamp = lock.writeLock();
        try {
            files.addTo(fileSum);
        } finally {
            lock.unlockWrite(stamp);
        }
    }
}
