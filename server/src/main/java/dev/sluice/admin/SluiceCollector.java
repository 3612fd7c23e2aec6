package dev.sluice.admin;

import dev.sluice.ledger.Feed;
import dev.sluice.ledger.LedgerSnapshot;
import dev.sluice.ledger.LedgerSnapshot.Bucket;
import dev.sluice.ledger.LedgerSnapshot.Latency;
import dev.sluice.ledger.Volume;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * The figures of Sluice itself. Each scrape makes all of them from one snapshot of the ledger, so they agree with one another
 * and with {@code /api/stats}.
 */
final class SluiceCollector implements MultiCollector {
    private static final double MICROS = 1e6;

    private static final List<String> REGION_STATES = List.of("empty", "active", "full", "draining");

    private final AdminPorts ports;

    SluiceCollector(AdminPorts ports) {
        this.ports = ports;
    }

    @Override
    public MetricSnapshots collect() {
        Families families = new Families();
        LedgerSnapshot snapshot = ports.ledger().snapshot();
        requests(families, snapshot);
        bodies(families, snapshot);
        fallbacks(families, snapshot);
        duration(families, snapshot.latency());
        connections(families, snapshot.connections());
        cache(families, ports.cache().get());
        regions(families, ports.contents().regions());
        streams(families, ports.streams().feed());
        server(families);
        return families.snapshots();
    }

    private static void requests(Families families, LedgerSnapshot snapshot) {
        Map<Labels, Long> requests = new LinkedHashMap<>();
        snapshot.cells()
                .forEach(cell -> requests.put(
                        Labels.of(
                                "site",
                                cell.site(),
                                "status",
                                String.valueOf(cell.status()),
                                "io_path",
                                cell.path().label(),
                                "coding",
                                cell.coding()),
                        cell.volume().requests()));
        families.counter(
                "sluice_requests", "Finished requests, by the I/O path that really carried the body.", requests);
        families.gauge("sluice_requests_active", "Requests that began and have not finished.", snapshot.active());
    }

    private static void bodies(Families families, LedgerSnapshot snapshot) {
        Map<Labels, Volume> bodies = new LinkedHashMap<>();
        for (LedgerSnapshot.Cell cell : snapshot.cells()) {
            // Most of the cells without a byte are of the path none; they would be twice as many series as the others.
            if (cell.volume().bytes() > 0) {
                Labels labels =
                        Labels.of("site", cell.site(), "io_path", cell.path().label(), "coding", cell.coding());
                bodies.merge(labels, cell.volume(), Volume::plus);
            }
        }
        families.counter(
                "sluice_response_body_bytes", "Body bytes that reached the socket.", each(bodies, Volume::bytes));
        families.counter(
                "sluice_user_copied_bytes",
                "Body bytes of those that passed through a buffer in user space.",
                each(bodies, Volume::userCopiedBytes));
    }

    private static void fallbacks(Families families, LedgerSnapshot snapshot) {
        Map<Labels, Volume> fallbacks = new LinkedHashMap<>();
        snapshot.fallbacks().forEach((reason, volume) -> fallbacks.put(Labels.of("reason", reason), volume));
        families.counter(
                "sluice_fallbacks",
                "Responses that were not carried as planned, by the reason.",
                each(fallbacks, Volume::requests));
        families.counter(
                "sluice_fallback_bytes",
                "Body bytes of responses that were not carried as planned, by the reason.",
                each(fallbacks, Volume::bytes));
        families.counter(
                "sluice_fallback_user_copied_bytes",
                "Body bytes of those that passed through a buffer in user space.",
                each(fallbacks, Volume::userCopiedBytes));
    }

    private static Map<Labels, Long> each(Map<Labels, Volume> volumes, ToLongFunction<Volume> figure) {
        Map<Labels, Long> figures = new LinkedHashMap<>();
        volumes.forEach((labels, volume) -> figures.put(labels, figure.applyAsLong(volume)));
        return figures;
    }

    /** The ledger's buckets are cumulative, and the client's are not. */
    private static void duration(Families families, Latency latency) {
        List<Bucket> buckets = latency.buckets();
        double[] bounds = new double[buckets.size() + 1];
        long[] counts = new long[bounds.length];
        long before = 0;
        for (int i = 0; i < buckets.size(); i++) {
            bounds[i] = buckets.get(i).upToMicros() / MICROS;
            counts[i] = buckets.get(i).count() - before;
            before = buckets.get(i).count();
        }
        bounds[buckets.size()] = Double.POSITIVE_INFINITY;
        counts[buckets.size()] = latency.count() - before;
        families.seconds(
                "sluice_request_duration_seconds",
                "From the receipt of a request to the end of its response, downloads included.",
                bounds,
                counts,
                latency.sumMicros() / MICROS);
    }

    private static void connections(Families families, LedgerSnapshot.Connections connections) {
        families.gauge("sluice_connections_open", "Client connections open now.", connections.open());
        families.counter("sluice_connections_accepted", "Client connections accepted.", connections.accepted());
        families.counter(
                "sluice_connections_refused",
                "Client connections closed at once, since their client had too many.",
                connections.refused());
    }

    private static void cache(Families families, CacheFigures cache) {
        families.gauge("sluice_cache_entries", "Bodies that the hot set holds.", cache.entries());
        families.gauge("sluice_cache_bytes", "Bytes of the bodies that the hot set holds.", cache.bytes());
        families.gauge("sluice_cache_capacity_bytes", "Bytes that the hot set can hold.", cache.capacityBytes());
        families.counter("sluice_cache_hits", "Requests served from the hot set.", cache.hits());
        families.counter("sluice_cache_misses", "Requests that looked into the hot set in vain.", cache.misses());
        families.counter("sluice_cache_admissions", "Bodies taken into the hot set.", cache.admissions());
        families.counter("sluice_cache_evictions", "Bodies that the hot set let go.", cache.evictions());
    }

    private static void regions(Families families, List<CacheContents.Region> regions) {
        Map<Labels, Long> states = new LinkedHashMap<>();
        REGION_STATES.forEach(state -> states.put(Labels.of("state", state), 0L));
        regions.forEach(region -> states.merge(Labels.of("state", region.state()), 1L, Long::sum));
        families.gauge("sluice_cache_regions", "Regions of the hot set that have been made, by their state.", states);
        families.gauge(
                "sluice_cache_region_leases",
                "Responses that read from a region now.",
                regions.stream().mapToLong(CacheContents.Region::leases).sum());
    }

    private static void streams(Families families, Feed feed) {
        families.gauge("sluice_streams_open", "Readers of the stream of requests now.", feed.open());
        families.counter(
                "sluice_streams_dropped",
                "Readers of the stream of requests that were given up because they did not keep up.",
                feed.dropped());
    }

    private void server(Families families) {
        families.counter(
                "sluice_access_log_dropped_lines",
                "Lines missing from the access log, since it could not be written as fast as requests came.",
                ports.accessLogDropped().getAsLong());
        families.gauge(
                "sluice_ready",
                "1 while new requests are welcome, 0 while the server starts or drains.",
                ports.ready().getAsBoolean() ? 1 : 0);
        families.info(
                "sluice_build",
                "Which Sluice this is.",
                Labels.of("version", ports.server().version()));
    }
}
