package dev.sluice.admin;

import dev.sluice.ledger.LedgerSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The answer of {@code /api/stats}; its component names are the public contract. */
record StatsView(
        Server server,
        Requests requests,
        LedgerSnapshot.Connections connections,
        Map<String, LedgerSnapshot.PathTotals> ioPaths,
        ZeroCopy zeroCopy,
        CacheFigures cache,
        LedgerSnapshot.LatencyMicros latencyMicros,
        AccessLog accessLog) {

    static StatsView of(AdminPorts ports, Instant now) {
        LedgerSnapshot snapshot = ports.ledger().snapshot();
        Map<String, LedgerSnapshot.PathTotals> ioPaths = new LinkedHashMap<>();
        snapshot.ioPaths().forEach((path, totals) -> ioPaths.put(path.label(), totals));
        return new StatsView(
                Server.of(ports.server(), now),
                new Requests(snapshot.requests(), snapshot.active(), snapshot.requestsByStatus()),
                snapshot.connections(),
                ioPaths,
                new ZeroCopy(snapshot.bodyBytes(), snapshot.userCopiedBytes(), snapshot.zeroCopyRatio()),
                ports.cache().get(),
                snapshot.latencyMicros(),
                new AccessLog(ports.accessLogDropped().getAsLong()));
    }

    record Server(String version, long pid, Instant startedAt, long uptimeSeconds) {
        static Server of(ServerInfo info, Instant now) {
            // The wall clock may have been set back since the start.
            long uptime = Math.max(0, Duration.between(info.startedAt(), now).toSeconds());
            return new Server(info.version(), info.pid(), info.startedAt(), uptime);
        }
    }

    record Requests(long total, long active, Map<Integer, Long> status) {}

    record ZeroCopy(long bodyBytes, long userCopiedBytes, double ratio) {}

    record AccessLog(long dropped) {}
}
