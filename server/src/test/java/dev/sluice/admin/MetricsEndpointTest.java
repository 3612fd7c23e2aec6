package dev.sluice.admin;

import static dev.sluice.ledger.SampleServed.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.ledger.Feed;
import dev.sluice.ledger.IoPath;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.LedgerSnapshot;
import dev.sluice.ledger.SampleServed;
import dev.sluice.metrics.Scrape;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsEndpointTest {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final Ledger ledger = new Ledger(16, served -> {});
    private final AtomicBoolean ready = new AtomicBoolean(true);
    private final MetricsEndpoint metrics = new MetricsEndpoint(new AdminPorts(
            ledger,
            () -> new CacheFigures(1, 2, 3, 4, 5, 6, 7),
            new TwoRegions(),
            Map::of,
            ReloadPort.NothingToRead::new,
            query -> {
                throw new AssertionError("nothing is explained here");
            },
            ready::get,
            new ServerInfo("1.2.3", 42, Instant.EPOCH),
            () -> 9,
            new StreamPort(new Feed(), Duration.ofSeconds(15)),
            null));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "''|" + TEXT,
                "*/*|" + TEXT,
                "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8|" + TEXT,
                "text/plain;version=0.0.4;q=0.5,*/*;q=0.1|" + TEXT,
                "application/openmetrics-text|" + OPEN_METRICS,
                // Prometheus 2.42, and 3.
                "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;"
                        + "version=0.0.4;q=0.5,*/*;q=0.1|"
                        + OPEN_METRICS,
                "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,text/plain;version=0.0.4;q=0.3|"
                        + OPEN_METRICS,
                // Prometheus with native histograms: the format it likes best is one that is not here.
                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.7,"
                        + "text/plain;version=0.0.4;q=0.3|"
                        + TEXT,
                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.7,"
                        + "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.3|"
                        + OPEN_METRICS,
            })
    void answer_accept_choosesTheFormat(String accept, String contentType) {
        Answer answer = metrics.answer(accept);

        assertEquals(200, answer.status());
        assertEquals(contentType, answer.mediaType());
        assertEquals(contentType.equals(OPEN_METRICS), text(answer).endsWith("\n# EOF\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "application/openmetrics-text"})
    void answer_nothingHappened_hasWhatNeedsNoRequest(String accept) {
        Scrape scrape = scrape(accept);

        assertEquals(0, scrape.value("sluice_requests_active"));
        assertEquals(0, scrape.value("sluice_connections_open"));
        assertEquals(0, scrape.value("sluice_connections_accepted_total"));
        assertEquals(0, scrape.value("sluice_connections_refused_total"));
        assertEquals(0, scrape.value("sluice_request_duration_seconds_count"));
        assertEquals(0, scrape.value("sluice_request_duration_seconds_bucket", "le", "+Inf"));
        assertEquals(1, scrape.value("sluice_cache_entries"));
        assertEquals(2, scrape.value("sluice_cache_bytes"));
        assertEquals(3, scrape.value("sluice_cache_capacity_bytes"));
        assertEquals(4, scrape.value("sluice_cache_hits_total"));
        assertEquals(5, scrape.value("sluice_cache_misses_total"));
        assertEquals(6, scrape.value("sluice_cache_admissions_total"));
        assertEquals(7, scrape.value("sluice_cache_evictions_total"));
        assertEquals(9, scrape.value("sluice_access_log_dropped_lines_total"));
        assertEquals(1, scrape.value("sluice_build_info", "version", "1.2.3"));
        assertEquals(Map.of(), scrape.family("sluice_requests_total"));
        assertTrue(scrape.value("process_resident_memory_bytes") > 0);
        assertTrue(scrape.value("jvm_memory_used_bytes", "area", "heap") > 0);
    }

    @Test
    void answer_severalRecords_hasACellForEachWayOfAnswering() {
        record(sample().site("a.example").observed(IoPath.MMAP).bytes(750).contentCoding("br"));
        record(sample().site("a.example").observed(IoPath.MMAP).bytes(50).contentCoding("br"));
        record(sample().site("a.example")
                .status(206)
                .observed(IoPath.MMAP)
                .bytes(5)
                .contentCoding("br"));
        record(sample().site("a.example").observed(IoPath.SENDFILE).bytes(1_000).userCopiedBytes(1));
        record(sample().site("-").status(304).observed(IoPath.NONE).bytes(0));
        Scrape scrape = scrape("");

        assertEquals(4, scrape.family("sluice_requests_total").size());
        assertEquals(2, scrape.value("sluice_requests_total", labels("a.example", "200", "mmap", "br")));
        assertEquals(1, scrape.value("sluice_requests_total", labels("a.example", "206", "mmap", "br")));
        assertEquals(1, scrape.value("sluice_requests_total", labels("a.example", "200", "sendfile", "identity")));
        assertEquals(1, scrape.value("sluice_requests_total", labels("-", "304", "none", "identity")));
        // Over all statuses, and only where there was a body.
        assertEquals(2, scrape.family("sluice_response_body_bytes_total").size());
        assertEquals(2, scrape.family("sluice_user_copied_bytes_total").size());
        assertEquals(805, scrape.sum("sluice_response_body_bytes_total", "io_path", "mmap"));
        assertEquals(1_000, scrape.sum("sluice_response_body_bytes_total", "coding", "identity"));
        assertEquals(0, scrape.sum("sluice_user_copied_bytes_total", "io_path", "mmap"));
        assertEquals(1, scrape.sum("sluice_user_copied_bytes_total", "site", "a.example"));
    }

    @Test
    void answer_anyRecords_addsUpToTheLedger() {
        for (int i = 0; i < 500; i++) {
            record(sample().status(200 + i % 7)
                    .site("site" + i % 3)
                    .observed(i % 5 == 0 ? IoPath.COPY : IoPath.MMAP)
                    .contentCoding(i % 2 == 0 ? null : "zstd")
                    .bytes(i)
                    .userCopiedBytes(i / 2)
                    .durationNanos(i * 1_000_000L));
        }
        LedgerSnapshot told = ledger.snapshot();
        Scrape scrape = scrape("");

        assertEquals(told.all().requests(), scrape.sum("sluice_requests_total"));
        assertEquals(told.all().bytes(), scrape.sum("sluice_response_body_bytes_total"));
        assertEquals(told.all().userCopiedBytes(), scrape.sum("sluice_user_copied_bytes_total"));
        told.byStatus()
                .forEach((status, volume) -> assertEquals(
                        volume.requests(), scrape.sum("sluice_requests_total", "status", String.valueOf(status))));
        told.byPath()
                .forEach((path, volume) -> assertEquals(
                        volume.bytes(), scrape.sum("sluice_response_body_bytes_total", "io_path", path.label())));
        assertEquals(told.latency().count(), scrape.value("sluice_request_duration_seconds_count"));
        assertEquals(told.latency().sumMicros() / 1e6, scrape.fraction("sluice_request_duration_seconds_sum"));
        told.latency()
                .buckets()
                .forEach(bucket -> assertEquals(
                        bucket.count(),
                        scrape.value(
                                "sluice_request_duration_seconds_bucket",
                                "le",
                                String.valueOf(bucket.upToMicros() / 1e6))));
        assertEquals(500, scrape.value("sluice_request_duration_seconds_bucket", "le", "+Inf"));
    }

    @Test
    void answer_fallbacks_areToldByTheirReason() {
        record(sample().fallback("tls").observed(IoPath.COPY).bytes(10).userCopiedBytes(10));
        record(sample().fallback("client-gone").bytes(7).userCopiedBytes(2));
        record(sample().reason("hot"));
        Scrape scrape = scrape("");

        assertEquals(2, scrape.family("sluice_fallbacks_total").size());
        assertEquals(1, scrape.value("sluice_fallbacks_total", "reason", "tls"));
        assertEquals(10, scrape.value("sluice_fallback_bytes_total", "reason", "tls"));
        assertEquals(7, scrape.value("sluice_fallback_bytes_total", "reason", "client-gone"));
        assertEquals(2, scrape.value("sluice_fallback_user_copied_bytes_total", "reason", "client-gone"));
    }

    /** A site's name is a host of the configuration, but who knows. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a\"} 1\nsluice_ready 0",
                "\\",
                "\\n",
                "*.b\u00fccher.example",
                "a,b=\"c\"",
                "\u2028\ud83d\ude00"
            })
    void answer_hostileSite_isEscaped(String site) {
        record(sample().site(site));

        for (String accept : List.of("", "application/openmetrics-text")) {
            Scrape scrape = scrape(accept);
            assertEquals(1, scrape.value("sluice_requests_total", labels(site, "200", "mmap", "identity")));
            assertEquals(1, scrape.value("sluice_ready"));
        }
    }

    @Test
    void answer_regions_areCountedByState() {
        Scrape scrape = scrape("");

        assertEquals(4, scrape.family("sluice_cache_regions").size());
        assertEquals(1, scrape.value("sluice_cache_regions", "state", "active"));
        assertEquals(1, scrape.value("sluice_cache_regions", "state", "full"));
        assertEquals(0, scrape.value("sluice_cache_regions", "state", "draining"));
        assertEquals(5, scrape.value("sluice_cache_region_leases"));
    }

    @Test
    void answer_draining_isNotReady() {
        ready.set(false);

        assertEquals(0, scrape("").value("sluice_ready"));
    }

    @Test
    void answer_calledTwice_tellsWhatHappenedBetween() {
        assertEquals(0, scrape("").sum("sluice_requests_total"));

        record(sample());

        assertEquals(1, scrape("").sum("sluice_requests_total"));
    }

    @Test
    void answer_openMetrics_hasUnitsAndNoSampleOfTheOtherFormat() {
        record(sample());
        String openMetrics = text(metrics.answer("application/openmetrics-text"));

        assertTrue(openMetrics.contains("# TYPE sluice_requests counter\n"), openMetrics);
        assertTrue(openMetrics.contains("# TYPE sluice_build info\n"), openMetrics);
        assertTrue(openMetrics.contains("# UNIT sluice_cache_bytes bytes\n"), openMetrics);
        assertTrue(openMetrics.contains("# UNIT sluice_request_duration_seconds seconds\n"), openMetrics);
        assertFalse(text(metrics.answer("")).contains("# EOF"));
    }

    private void record(SampleServed served) {
        ledger.began();
        ledger.record(served.build());
    }

    private Scrape scrape(String accept) {
        return Scrape.parse(text(metrics.answer(accept)));
    }

    private static String text(Answer answer) {
        return new String((byte[]) answer.body(), StandardCharsets.UTF_8);
    }

    private static String[] labels(String site, String status, String path, String coding) {
        return new String[] {"site", site, "status", status, "io_path", path, "coding", coding};
    }

    private static final class TwoRegions implements CachePort {
        @Override
        public CacheContents contents(int limit) {
            throw new AssertionError("a scrape looks at no file");
        }

        @Override
        public List<CacheContents.Region> regions() {
            return List.of(
                    new CacheContents.Region(0, 1, 32, 30, 2, 1, 9, "active"),
                    new CacheContents.Region(1, 1, 64, 60, 2, 4, 9, "full"));
        }

        @Override
        public int purge(String path) {
            throw new AssertionError("a scrape purges nothing");
        }
    }
}
