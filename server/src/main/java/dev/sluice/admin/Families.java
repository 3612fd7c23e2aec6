package dev.sluice.admin;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Metric families in the making, whose figures are known already. */
final class Families {
    private final List<MetricSnapshot> all = new ArrayList<>();

    /**
     * What only ever grows.
     *
     * @param name without the {@code _total} that the formats add
     */
    void counter(String name, String help, long value) {
        counter(name, help, Map.of(Labels.EMPTY, value));
    }

    /** The same with labels. Without any figure, the family is left out of the answer. */
    void counter(String name, String help, Map<Labels, Long> values) {
        CounterSnapshot.Builder family = CounterSnapshot.builder().name(name).help(help);
        Unit unit = unit(name);
        if (unit != null) {
            family.unit(unit);
        }
        values.forEach((labels, value) -> family.dataPoint(
                CounterDataPointSnapshot.builder().labels(labels).value(value).build()));
        all.add(family.build());
    }

    /** What goes up and down. */
    void gauge(String name, String help, long value) {
        gauge(name, help, Map.of(Labels.EMPTY, value));
    }

    /** The same with labels. */
    void gauge(String name, String help, Map<Labels, Long> values) {
        GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(name).help(help);
        Unit unit = unit(name);
        if (unit != null) {
            family.unit(unit);
        }
        values.forEach((labels, value) -> family.dataPoint(
                GaugeDataPointSnapshot.builder().labels(labels).value(value).build()));
        all.add(family.build());
    }

    /**
     * A distribution of durations.
     *
     * @param counts how many there are in each bucket alone, the last one without a bound
     */
    void seconds(String name, String help, double[] bounds, long[] counts, double sum) {
        all.add(HistogramSnapshot.builder()
                .name(name)
                .help(help)
                .unit(Unit.SECONDS)
                .dataPoint(HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, counts))
                        .sum(sum)
                        .build())
                .build());
    }

    /**
     * What does not change, and is told by labels.
     *
     * @param name without the {@code _info} that the formats add
     */
    void info(String name, String help, Labels labels) {
        all.add(InfoSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(InfoDataPointSnapshot.builder().labels(labels).build())
                .build());
    }

    /** All of them, sorted by name. */
    MetricSnapshots snapshots() {
        return new MetricSnapshots(all);
    }

    private static @Nullable Unit unit(String name) {
        return name.endsWith("_bytes") ? Unit.BYTES : null;
    }
}
