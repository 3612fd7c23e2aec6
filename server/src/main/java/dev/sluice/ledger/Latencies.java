package dev.sluice.ledger;

import dev.sluice.ledger.LedgerSnapshot.Bucket;
import dev.sluice.ledger.LedgerSnapshot.Latency;
import dev.sluice.ledger.LedgerSnapshot.LatencyMicros;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Durations of all requests. Writers are wait-free; a reader flips the recorder's interval and adds it to the sum.
 */
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

    private final Recorder recorder = new Recorder(1, MAX_MICROS, SIGNIFICANT_DIGITS);
    private final LongAdder sumMicros = new LongAdder();
    private final Histogram sinceStart = new Histogram(1, MAX_MICROS, SIGNIFICANT_DIGITS);
    private @Nullable Histogram interval;

    void record(long micros) {
        // The bounded recorder throws above its maximum: a download of more than an hour counts as an hour.
        recorder.recordValue(Math.min(micros, MAX_MICROS));
        sumMicros.add(micros);
    }

    synchronized Latency read() {
        Histogram latest = recorder.getIntervalHistogram(interval);
        sinceStart.add(latest);
        interval = latest;
        List<Bucket> buckets = Arrays.stream(BOUNDS)
                .mapToObj(bound -> new Bucket(bound, sinceStart.getCountBetweenValues(0, bound)))
                .toList();
        LatencyMicros percentiles = new LatencyMicros(
                sinceStart.getValueAtPercentile(50),
                sinceStart.getValueAtPercentile(90),
                sinceStart.getValueAtPercentile(99),
                sinceStart.getMaxValue());
        return new Latency(sinceStart.getTotalCount(), sumMicros.sum(), percentiles, buckets);
    }
}
