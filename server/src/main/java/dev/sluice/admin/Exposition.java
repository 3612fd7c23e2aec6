package dev.sluice.admin;

import io.prometheus.metrics.config.PrometheusProperties;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmBufferPoolMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmClassLoadingMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmCompilationMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmRuntimeInfoMetric;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** All metrics, in the formats that they can be had in. */
final class Exposition {
    /** A scrape of a server with two sites. */
    private static final int TYPICAL_SIZE = 16 << 10;

    private final PrometheusRegistry registry;
    private final ExpositionFormatWriter openMetrics;
    private final ExpositionFormatWriter text;

    private Exposition(PrometheusRegistry registry, ExpositionFormats formats) {
        this.registry = registry;
        this.openMetrics = formats.getOpenMetricsTextFormatWriter();
        this.text = formats.getPrometheusTextFormatWriter();
    }

    static Exposition of(AdminPorts ports) {
        // What the client takes from the environment and from files on the class path is meant for other programs.
        PrometheusProperties properties = PrometheusProperties.builder().build();
        PrometheusRegistry registry = new PrometheusRegistry();
        registry.register(new SluiceCollector(ports));
        registerJvm(registry, properties);
        return new Exposition(registry, ExpositionFormats.init(properties));
    }

    /**
     * What JvmMetrics registers, but for two: the allocations by memory pool, which listen to each collection of garbage, and
     * the native memory, which has the platform's MBean server made (500 classes) to find that nobody asked the JVM to track it.
     */
    private static void registerJvm(PrometheusRegistry registry, PrometheusProperties properties) {
        JvmBufferPoolMetrics.builder(properties).register(registry);
        JvmClassLoadingMetrics.builder(properties).register(registry);
        JvmCompilationMetrics.builder(properties).register(registry);
        JvmGarbageCollectorMetrics.builder(properties).register(registry);
        JvmMemoryMetrics.builder(properties).register(registry);
        JvmRuntimeInfoMetric.builder(properties).register(registry);
        JvmThreadsMetrics.builder(properties).register(registry);
        ProcessMetrics.builder(properties).register(registry);
    }

    /**
     * A scrape.
     *
     * @param accept the Accept field; OpenMetrics 1.0 for who takes it, else the text format 0.0.4, which everybody does
     */
    Answer answer(String accept) {
        // Not left to ExpositionFormats.findWriter: who prefers protobuf gets the writer for it, even though that is
        // not here.
        ExpositionFormatWriter writer = openMetrics.accepts(accept) ? openMetrics : text;
        ByteArrayOutputStream octets = new ByteArrayOutputStream(TYPICAL_SIZE);
        try {
            writer.write(octets, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Answer.ok(writer.getContentType(), octets.toByteArray());
    }
}
