package dev.sluice.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;

/**
 * The last records, bounded. A writer claims a sequence number and stores into its slot without waiting for anyone.
 *
 * <p>An entry carries its sequence number, because between claim and store a slot still holds the entry of one lap
 * before: a reader must not show that one as the newest. It skips such a slot; the record appears in the next reading.
 */
final class RecentRing {
    private final AtomicReferenceArray<Entry> slots;
    private final int mask;
    private final AtomicLong next = new AtomicLong();

    RecentRing(int capacity) {
        slots = new AtomicReferenceArray<>(PowerOfTwo.atLeast(capacity));
        mask = slots.length() - 1;
    }

    void add(Served served) {
        long sequence = next.getAndIncrement();
        slots.lazySet((int) sequence & mask, new Entry(sequence, served));
    }

    List<Served> newestFirst(Predicate<Served> filter, int limit) {
        List<Served> found = new ArrayList<>(Math.min(limit, slots.length()));
        long newest = next.get() - 1;
        long oldest = Math.max(0, newest - mask);
        for (long sequence = newest; sequence >= oldest && found.size() < limit; sequence--) {
            Entry entry = slots.get((int) sequence & mask);
            if (entry != null && entry.sequence == sequence && filter.test(entry.served)) {
                found.add(entry.served);
            }
        }
        return List.copyOf(found);
    }

    private record Entry(long sequence, Served served) {}
}
