package dev.sluice.cli.top;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** A line of JSON for each reading: the rates, and what they were made from. All in ASCII: it may land on a terminal. */
final class JsonReport implements Report {
    private final JsonMapper mapper = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();
    private final PrintWriter out;

    JsonReport(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void print(Reading reading, Figures figures) {
        // The one control character that JSON lets stand, and that is ASCII.
        out.println(mapper.writeValueAsString(View.of(reading, figures)).replace("\u007f", "\\u007f"));
    }

    /**
     * The fields, in their order.
     *
     * @param since {@code start} or {@code last}: since when rates are measured
     * @param seconds how long that is
     */
    private record View(
            Instant time,
            String since,
            double seconds,
            double requestsPerSecond,
            double bytesPerSecond,
            double zeroCopyRatio,
            @Nullable Quantiles latencyMicros,
            Map<String, Double> statusPerSecond,
            Map<String, Double> fallbacksPerSecond,
            Map<String, PathRate> ioPaths,
            double hitRatio,
            double evictionsPerSecond,
            JsonNode stats,
            JsonNode requests) {
        static View of(Reading reading, Figures figures) {
            return new View(
                    reading.time(),
                    figures.sinceStart() ? "start" : "last",
                    figures.seconds(),
                    figures.requests().perSecond(),
                    figures.bytes().perSecond(),
                    figures.zeroCopyRatio(),
                    figures.sinceStart() ? figures.latencySinceStart() : figures.latency(),
                    perSecond(figures.statuses()),
                    perSecond(figures.fallbacks()),
                    paths(figures.paths()),
                    figures.hotSet().hitRatio(),
                    figures.hotSet().evictions().perSecond(),
                    reading.stats(),
                    reading.requests().path("requests"));
        }

        private static Map<String, Double> perSecond(Map<String, Rate> rates) {
            return rates.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, rate -> rate.getValue().perSecond(), (a, b) -> a, TreeMap::new));
        }

        private static Map<String, PathRate> paths(List<Figures.Path> paths) {
            Map<String, PathRate> rates = new LinkedHashMap<>();
            paths.forEach(path -> rates.put(
                    path.name(),
                    new PathRate(path.requests().perSecond(), path.bytes().perSecond())));
            return rates;
        }
    }

    private record PathRate(double requestsPerSecond, double bytesPerSecond) {}
}
