package dev.sluice.ledger;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Why responses were not carried as they were planned, and how many. Reasons are tokens of a small vocabulary, so their
 * number is bounded.
 */
final class Fallbacks {
    private final Map<String, RunningVolume> byReason = new ConcurrentHashMap<>();

    void add(Served served) {
        if (served.fallback()) {
            RunningVolume volume = byReason.get(served.reason());
            if (volume == null) {
                volume = byReason.computeIfAbsent(served.reason(), reason -> new RunningVolume());
            }
            volume.add(served);
        }
    }

    SortedMap<String, Volume> read() {
        SortedMap<String, Volume> sums = new TreeMap<>();
        byReason.forEach((reason, volume) -> sums.put(reason, volume.sum()));
        return sums;
    }
}
