package dev.sluice.ledger;

import dev.sluice.ledger.LedgerSnapshot.LatencyMicros;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Durations of all requests. Writers are wait-free; a reader flips the recorder's interval and adds it to the sum.
 */
final class Latencies {
    private static final long MAX_MICROS = TimeUnit.HOURS.toMicros(1);
    private static final int SIGNIFICANT_DIGITS = 2;

    private final Recorder recorder = new Recorder(1, MAX_MICROS, SIGNIFICANT_DIGITS);
    private final Histogram sinceStart = new Histogram(1, MAX_MICROS, SIGNIFICANT_DIGITS);
    private @Nullable Histogram interval;

    void record(long micros) {
        // The bounded recorder throws above its maximum: a download of more than an hour counts as an hour.
        recorder.recordValue(Math.min(micros, MAX_MICROS));
    }

    synchronized LatencyMicros read() {
        Histogram latest = recorder.getIntervalHistogram(interval);
        sinceStart.add(latest);
        interval = latest;
        return new LatencyMicros(
                sinceStart.getValueAtPercentile(50),
                sinceStart.getValueAtPercentile(90),
                sinceStart.getValueAtPercentile(99),
                sinceStart.getMaxValue());
    }
}
