package dev.sluice.admin;

import dev.sluice.ledger.Feed;
import dev.sluice.ledger.IoPath;
import dev.sluice.ledger.LedgerSnapshot;
import dev.sluice.ledger.TopFiles;
import dev.sluice.ledger.Volume;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The answer of {@code /api/stats}; its component names are the public contract. */
record StatsView(
        Server server,
        Requests requests,
        LedgerSnapshot.Connections connections,
        Map<String, Volume> ioPaths,
        ZeroCopy zeroCopy,
        Map<String, Volume> sites,
        Map<String, Volume> codings,
        Map<String, Volume> fallbacks,
        TopFiles topFiles,
        CacheFigures cache,
        LedgerSnapshot.LatencyMicros latencyMicros,
        Latency latency,
        Streams streams,
        AccessLog accessLog) {
    private static final int MOST_TOP_FILES = 20;

    static StatsView of(AdminPorts ports, Instant now) {
        LedgerSnapshot snapshot = ports.ledger().snapshot();
        return new StatsView(
                Server.of(ports.server(), now),
                Requests.of(snapshot),
                snapshot.connections(),
                ioPaths(snapshot),
                ZeroCopy.of(snapshot.all()),
                snapshot.bySite(),
                codings(snapshot.byCoding()),
                snapshot.fallbacks(),
                ports.ledger().topFiles(MOST_TOP_FILES),
                ports.cache().get(),
                snapshot.latency().percentiles(),
                Latency.of(snapshot.latency()),
                Streams.of(ports.streams().feed()),
                new AccessLog(ports.accessLogDropped().getAsLong()));
    }

    private static Map<String, Volume> ioPaths(LedgerSnapshot snapshot) {
        Map<String, Volume> named = new LinkedHashMap<>();
        Map<IoPath, Volume> byPath = snapshot.byPath();
        byPath.forEach((path, volume) -> named.put(path.label(), volume));
        return named;
    }

    private static Map<String, Volume> codings(SortedMap<String, Volume> sent) {
        Map<String, Volume> all = new LinkedHashMap<>();
        // Told although no response may have had them.
        LedgerSnapshot.CODINGS.forEach(coding -> all.put(coding, Volume.ZERO));
        all.putAll(sent);
        return all;
    }

    record Server(String version, long pid, Instant startedAt, long uptimeSeconds) {
        static Server of(ServerInfo info, Instant now) {
            // The wall clock may have been set back since the start.
            long uptime = Math.max(0, Duration.between(info.startedAt(), now).toSeconds());
            return new Server(info.version(), info.pid(), info.startedAt(), uptime);
        }
    }

    record Requests(long total, long active, Map<Integer, Long> status) {
        static Requests of(LedgerSnapshot snapshot) {
            Map<Integer, Long> byStatus = new LinkedHashMap<>();
            snapshot.byStatus().forEach((status, volume) -> byStatus.put(status, volume.requests()));
            return new Requests(snapshot.all().requests(), snapshot.active(), byStatus);
        }
    }

    record ZeroCopy(long bodyBytes, long userCopiedBytes, double ratio) {
        static ZeroCopy of(Volume all) {
            return new ZeroCopy(all.bytes(), all.userCopiedBytes(), all.zeroCopyRatio());
        }
    }

    /** Cumulative, as Prometheus has them: the last bucket has no bound and holds all. */
    record Latency(long count, long sumMicros, List<Bucket> buckets) {
        static Latency of(LedgerSnapshot.Latency latency) {
            List<Bucket> buckets = new ArrayList<>();
            latency.buckets().forEach(bucket -> buckets.add(new Bucket(bucket.upToMicros(), bucket.count())));
            buckets.add(new Bucket(null, latency.count()));
            return new Latency(latency.count(), latency.sumMicros(), buckets);
        }

        record Bucket(@Nullable Long upToMicros, long count) {}
    }

    /** Readers of {@code /api/requests/stream}: now, and given up since the start because they did not keep up. */
    record Streams(int open, long dropped) {
        static Streams of(Feed feed) {
            return new Streams(feed.open(), feed.dropped());
        }
    }

    record AccessLog(long dropped) {}
}
