package dev.sluice.ledger;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The totals since the server started, at one moment. Immutable; its sums never contradict each other, since all are taken from
 * the same cells.
 *
 * @param cells finished requests by site, status, path and coding; what never happened is absent
 * @param fallbacks responses that were not carried as planned, by the reason
 * @param active requests that began and have not finished
 * @param connections client connections
 * @param latency durations of finished requests
 */
public record LedgerSnapshot(
        List<Cell> cells, SortedMap<String, Volume> fallbacks, long active, Connections connections, Latency latency) {

    /** The content codings that are told apart (RFC 9110 §8.4.1, RFC 9659), and none; any other counts as {@code other}. */
    public static final List<String> CODINGS = List.of("identity", "br", "zstd", "gzip");

    /** Copies the list and the map. */
    public LedgerSnapshot {
        cells = List.copyOf(cells);
        fallbacks = Collections.unmodifiableSortedMap(new TreeMap<>(fallbacks));
    }

    /**
     * What was answered in all.
     *
     * @return the sum over all cells
     */
    public Volume all() {
        return cells.stream().map(Cell::volume).reduce(Volume.ZERO, Volume::plus);
    }

    /**
     * What was answered, by status code.
     *
     * @return ascending; a status never sent is absent
     */
    public SortedMap<Integer, Volume> byStatus() {
        return sums(Cell::status);
    }

    /**
     * What was answered, by observed path.
     *
     * @return every path
     */
    public Map<IoPath, Volume> byPath() {
        Map<IoPath, Volume> sums = new EnumMap<>(IoPath.class);
        for (IoPath path : IoPath.values()) {
            sums.put(path, Volume.ZERO);
        }
        sums.putAll(sums(Cell::path));
        return sums;
    }

    /**
     * What was answered, by site.
     *
     * @return by the site's name; a site that answered nothing is absent
     */
    public SortedMap<String, Volume> bySite() {
        return sums(Cell::site);
    }

    /**
     * What was answered, by content coding.
     *
     * @return {@code identity} for none; a coding never sent is absent
     */
    public SortedMap<String, Volume> byCoding() {
        return sums(Cell::coding);
    }

    private <K extends Comparable<K>> SortedMap<K, Volume> sums(Function<Cell, K> key) {
        SortedMap<K, Volume> sums = new TreeMap<>();
        cells.forEach(cell -> sums.merge(key.apply(cell), cell.volume(), Volume::plus));
        return sums;
    }

    /**
     * What was answered in one way.
     *
     * @param site the site's name, or {@link Served#NO_SITE}
     * @param status the status code
     * @param path the observed path
     * @param coding the content coding: {@code identity}, {@code br}, {@code zstd}, {@code gzip} or {@code other}
     * @param volume how much
     */
    public record Cell(String site, int status, IoPath path, String coding, Volume volume) {}

    /**
     * Client connections.
     *
     * @param open connections open now
     * @param accepted connections accepted since the start
     * @param refused connections closed at once since the start, since their client had too many
     */
    public record Connections(long open, long accepted, long refused) {}

    /**
     * Durations since the start.
     *
     * @param count how many
     * @param sumMicros of all of them, in microseconds
     * @param percentiles exact to about 1 %
     * @param buckets how many took no longer than each bound, ascending, exact to about 1 % of the bound; {@code count} is
     *     behind the last
     */
    public record Latency(long count, long sumMicros, LatencyMicros percentiles, List<Bucket> buckets) {
        /** Copies the list. */
        public Latency {
            buckets = List.copyOf(buckets);
        }
    }

    /**
     * Durations up to a bound.
     *
     * @param upToMicros the bound, which is included, in microseconds
     * @param count how many took no longer
     */
    public record Bucket(long upToMicros, long count) {}

    /**
     * Durations since the start, in microseconds, exact to about 1 %; durations above one hour count as one hour. All
     * are 0 before the first request.
     *
     * @param p50 the median
     * @param p90 the 90th percentile
     * @param p99 the 99th percentile
     * @param max the longest
     */
    public record LatencyMicros(long p50, long p90, long p99, long max) {}
}
