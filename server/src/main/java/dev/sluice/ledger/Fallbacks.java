package dev.sluice.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Why responses were not carried as they were planned, and how many. Reasons are tokens of a small vocabulary, so their
 * number is bounded. Not thread-safe.
 */
final class Fallbacks {
    private final Map<String, RunningVolume> byReason = new HashMap<>();

    void add(Served served) {
        if (served.fallback()) {
            of(served.reason()).add(served);
        }
    }

    void addTo(Fallbacks sum) {
        byReason.forEach((reason, volume) -> sum.of(reason).add(volume));
    }

    private RunningVolume of(String reason) {
        return byReason.computeIfAbsent(reason, unknown -> new RunningVolume());
    }

    SortedMap<String, Volume> read() {
        SortedMap<String, Volume> volumes = new TreeMap<>();
        byReason.forEach((reason, volume) -> volumes.put(reason, volume.read()));
        return volumes;
    }
}
