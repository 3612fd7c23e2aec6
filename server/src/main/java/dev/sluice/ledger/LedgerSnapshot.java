package dev.sluice.ledger;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The totals since the server started, at one moment. Immutable; its sums never contradict each other.
 *
 * @param requestsByStatus finished requests by status code, ascending; a status never sent is absent
 * @param ioPaths finished requests and their body bytes by observed path; every path is present
 * @param userCopiedBytes body bytes that passed through a user-space buffer, at most {@link #bodyBytes()}
 * @param active requests that began and have not finished
 * @param connections client connections
 * @param latencyMicros durations of finished requests
 */
public record LedgerSnapshot(
        SortedMap<Integer, Long> requestsByStatus,
        Map<IoPath, PathTotals> ioPaths,
        long userCopiedBytes,
        long active,
        Connections connections,
        LatencyMicros latencyMicros) {

    /**
     * Copies the maps.
     *
     * @throws IllegalArgumentException if a path is missing, or if statuses and paths don't add up to the same total
     */
    public LedgerSnapshot {
        requestsByStatus = Collections.unmodifiableSortedMap(new TreeMap<>(requestsByStatus));
        ioPaths = Collections.unmodifiableMap(new EnumMap<>(ioPaths));
        if (ioPaths.size() != IoPath.values().length) {
            throw new IllegalArgumentException("ioPaths: " + ioPaths.keySet() + " (expected: every path)");
        }
        long byStatus =
                requestsByStatus.values().stream().mapToLong(Long::longValue).sum();
        long byPath = ioPaths.values().stream().mapToLong(PathTotals::requests).sum();
        if (byStatus != byPath) {
            throw new IllegalArgumentException("ioPaths: " + byPath + " requests (expected: " + byStatus + ")");
        }
    }

    /**
     * All finished requests.
     *
     * @return the sum over statuses, which is also the sum over paths
     */
    public long requests() {
        return ioPaths.values().stream().mapToLong(PathTotals::requests).sum();
    }

    /**
     * All body bytes that reached a socket.
     *
     * @return the sum over paths
     */
    public long bodyBytes() {
        return ioPaths.values().stream().mapToLong(PathTotals::bytes).sum();
    }

    /**
     * The zero-copy ratio: body bytes that never entered a user-space buffer, divided by all body bytes.
     *
     * @return 0..1; 1 while no body byte was sent, since nothing was copied
     */
    public double zeroCopyRatio() {
        long all = bodyBytes();
        return all == 0 ? 1.0 : (double) (all - userCopiedBytes) / all;
    }

    /**
     * What one path carried.
     *
     * @param requests finished requests
     * @param bytes body bytes that reached the socket
     */
    public record PathTotals(long requests, long bytes) {}

    /**
     * Client connections.
     *
     * @param open connections open now
     * @param accepted connections accepted since the start
     */
    public record Connections(long open, long accepted) {}

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
