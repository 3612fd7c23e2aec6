package dev.sluice.ledger;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which files are asked for most, and which most bytes are sent of, in bounded memory: the frequent-items sketch of Misra and
 * Gries (Finding Repeated Elements, 1982), with the purge by a quantile of Anderson et al. (A High-Performance Algorithm for
 * Identifying Frequent Items in Data Streams, IMC 2017), for two weights at once.
 *
 * <p>It is made of stripes, so that a writer waits for nobody: one that is taken is passed over. A full stripe takes from the
 * counts of all its files what three quarters of them do not exceed, and forgets whoever has nothing left of either: half of
 * them at least. No count is ever more than what has been taken away too low, which is at most four times all that was counted
 * in the stripe, divided by its size.
 */
final class HeavyHitters {
    private static final int STRIPES = 4;

    private final Stripe[] stripes = new Stripe[STRIPES];

    /**
     * @param size files that a stripe counts at most, at least 4
     */
    HeavyHitters(int size) {
        Arrays.setAll(stripes, i -> new Stripe(size));
    }

    void add(Served served) {
        Key key = new Key(served.site(), served.path());
        int first = (int) Thread.currentThread().getId() & STRIPES - 1;
        for (int i = 0; i < STRIPES; i++) {
            if (stripes[first + i & STRIPES - 1].offer(key, served.bytes())) {
                return;
            }
        }
        stripes[first].add(key, served.bytes());
    }

    /**
     * Reads it.
     *
     * @param limit how many files each list holds at most
     */
    TopFiles read(int limit) {
        Map<Key, Count> all = new HashMap<>();
        Count taken = new Count();
        for (Stripe stripe : stripes) {
            stripe.addTo(all, taken);
        }
        List<TopFiles.Entry> entries = all.entrySet().stream()
                .map(file -> new TopFiles.Entry(
                        file.getKey().site(),
                        file.getKey().path(),
                        file.getValue().requests + taken.requests,
                        file.getValue().bytes + taken.bytes))
                .toList();
        return new TopFiles(
                first(entries, limit, Comparator.comparingLong(TopFiles.Entry::requests)),
                first(entries, limit, Comparator.comparingLong(TopFiles.Entry::bytes)),
                new TopFiles.Overcount(taken.requests, taken.bytes));
    }

    private static List<TopFiles.Entry> first(
            List<TopFiles.Entry> entries, int limit, Comparator<TopFiles.Entry> ascending) {
        return entries.stream()
                .sorted(ascending.reversed().thenComparing(TopFiles.Entry::path))
                .limit(limit)
                .toList();
    }

    private record Key(String site, String path) {
        /** Both texts know their hash; the record's own would be found out by reflection. */
        @Override
        public int hashCode() {
            return 31 * path.hashCode() + site.hashCode();
        }
    }

    private static final class Count {
        private long requests;
        private long bytes;

        void add(Count more) {
            requests += more.requests;
            bytes += more.bytes;
        }

        /** Whether nothing is left. */
        boolean reduce(long byRequests, long byBytes) {
            requests = Math.max(0, requests - byRequests);
            bytes = Math.max(0, bytes - byBytes);
            return requests == 0 && bytes == 0;
        }
    }

    private static final class Stripe {
        private final ReentrantLock lock = new ReentrantLock();
        private final int size;
        private final Map<Key, Count> files = new HashMap<>();
        private final Count taken = new Count();

        Stripe(int size) {
            this.size = size;
        }

        /** Counts a response, unless somebody else is at it: then false. */
        boolean offer(Key key, long bytes) {
            if (!lock.tryLock()) {
                return false;
            }
            try {
                count(key, bytes);
                return true;
            } finally {
                lock.unlock();
            }
        }

        void add(Key key, long bytes) {
            lock.lock();
            try {
                count(key, bytes);
            } finally {
                lock.unlock();
            }
        }

        private void count(Key key, long bytes) {
            Count count = files.get(key);
            if (count == null) {
                if (files.size() >= size) {
                    purge();
                }
                count = new Count();
                files.put(key, count);
            }
            count.requests++;
            count.bytes += bytes;
        }

        private void purge() {
            long requests = quantile(
                    files.values().stream().mapToLong(count -> count.requests).toArray());
            long bytes = quantile(
                    files.values().stream().mapToLong(count -> count.bytes).toArray());
            files.values().removeIf(count -> count.reduce(requests, bytes));
            taken.requests += requests;
            taken.bytes += bytes;
        }

        private static long quantile(long[] values) {
            Arrays.sort(values);
            return values[values.length * 3 / 4];
        }

        void addTo(Map<Key, Count> all, Count takenInAll) {
            lock.lock();
            try {
                files.forEach((key, count) ->
                        all.computeIfAbsent(key, k -> new Count()).add(count));
                takenInAll.add(taken);
            } finally {
                lock.unlock();
            }
        }
    }
}
