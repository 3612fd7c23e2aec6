package dev.sluice.ledger;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which files are asked for most, and which most bytes are sent of, in bounded memory: the frequent-items sketch of Misra and
 * Gries (Finding Repeated Elements, 1982), with the purge by a quantile of Anderson et al. (A High-Performance Algorithm for
 * Identifying Frequent Items in Data Streams, IMC 2017), for two weights at once. Not thread-safe.
 *
 * <p>When it is full it takes from the counts of all files what three quarters of them do not exceed, and forgets whoever has
 * nothing left of either: half of them at least. No count is ever more than what has been taken away too low, which is at most
 * four times all that was counted, divided by its size. The same is true of the sum of several.
 */
final class HeavyHitters {
    private final int size;
    private final Map<Key, Count> files = new HashMap<>();
    private final Count taken = new Count();
    private final Key sought = new Key("", "");

    /**
     * @param size files counted at most, at least 4
     */
    HeavyHitters(int size) {
        this.size = size;
    }

    void add(Served served) {
        sought.tell(served);
        Count count = files.get(sought);
        if (count == null) {
            if (files.size() >= size) {
                purge();
            }
            count = new Count();
            files.put(sought.copy(), count);
        }
        count.requests++;
        count.bytes += served.bytes();
    }

    private void purge() {
        long requests = quantile(
                files.values().stream().mapToLong(count -> count.requests).toArray());
        long bytes =
                quantile(files.values().stream().mapToLong(count -> count.bytes).toArray());
        files.values().removeIf(count -> count.reduce(requests, bytes));
        taken.requests += requests;
        taken.bytes += bytes;
    }

    private static long quantile(long[] values) {
        Arrays.sort(values);
        return values[values.length * 3 / 4];
    }

    /** Adds all to a sum, which has room for it. */
    void addTo(HeavyHitters sum) {
        files.forEach((key, count) ->
                sum.files.computeIfAbsent(key, unknown -> new Count()).add(count));
        sum.taken.add(taken);
    }

    /**
     * Reads it.
     *
     * @param limit how many files each list holds at most
     */
    TopFiles read(int limit) {
        List<TopFiles.Entry> entries = files.entrySet().stream()
                .map(file -> new TopFiles.Entry(
                        file.getKey().site,
                        file.getKey().path,
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

    /** A file. The one that is looked for is told anew each time; those in the table stay what they are. */
    private static final class Key {
        private String site;
        private String path;

        Key(String site, String path) {
            this.site = site;
            this.path = path;
        }

        void tell(Served served) {
            site = served.site();
            path = served.path();
        }

        Key copy() {
            return new Key(site, path);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && path.equals(key.path) && site.equals(key.site);
        }

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
}
