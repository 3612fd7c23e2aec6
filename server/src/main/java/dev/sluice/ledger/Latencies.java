package dev.sluice.ledger;

import dev.sluice.ledger.LedgerSnapshot.Bucket;
import dev.sluice.ledger.LedgerSnapshot.Latency;
import dev.sluice.ledger.LedgerSnapshot.LatencyMicros;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Durations of requests. Not thread-safe. */
final class Latencies {
    /** Bounds of the buckets, in microseconds: from a hot file's answer to the longest download that is told apart. */
    private static final long[] BOUNDS = {
        10,
        25,
        50,
        100,
        250,
        500,
        1_000,
        2_500,
        5_000,
        10_000,
        25_000,
        50_000,
        100_000,
        250_000,
        500_000,
        1_000_000,
        2_500_000,
        5_000_000,
        10_000_000,
        30_000_000,
        60_000_000,
        300_000_000,
        1_800_000_000
    };

    private static final long MAX_MICROS = TimeUnit.HOURS.toMicros(1);
    private static final int SIGNIFICANT_DIGITS = 2;

    private final Histogram histogram = new Histogram(1, MAX_MICROS, SIGNIFICANT_DIGITS);
    private long sumMicros;

    void add(long micros) {
        // A bounded histogram throws above its maximum: a download of more than an hour counts as an hour.
        histogram.recordValue(Math.min(micros, MAX_MICROS));
        sumMicros += micros;
    }

    void addTo(Latencies sum) {
        sum.histogram.add(histogram);
        sum.sumMicros += sumMicros;
    }

    Latency read() {
        List<Bucket> buckets = Arrays.stream(BOUNDS)
                .mapToObj(bound -> new Bucket(bound, histogram.getCountBetweenValues(0, bound)))
                .toList();
        LatencyMicros percentiles = new LatencyMicros(
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(90),
                histogram.getValueAtPercentile(99),
                histogram.getMaxValue());
        return new Latency(histogram.getTotalCount(), sumMicros, percentiles, buckets);
    }
}
