package dev.sluice.cli.top;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How long requests took, in microseconds. */
record Quantiles(double p50, double p90, double p99) {
    /** Since the start of the server, as it tells it itself. */
    static Quantiles sinceStart(JsonNode stats) {
        JsonNode told = stats.path("latencyMicros");
        return new Quantiles(
                told.path("p50").asDouble(0),
                told.path("p90").asDouble(0),
                told.path("p99").asDouble(0));
    }

    /**
     * Between two readings, from the difference of their histograms, as exact as their buckets are narrow: within one,
     * times are taken to be spread evenly.
     *
     * @return null if there was no request between them, or the server tells no histogram
     */
    static @Nullable Quantiles between(JsonNode before, JsonNode now) {
        List<Bucket> buckets = difference(before.path("latency").path("buckets"), now);
        long all = buckets.isEmpty() ? 0 : buckets.get(buckets.size() - 1).count;
        if (all <= 0) {
            return null;
        }
        return new Quantiles(at(0.50 * all, buckets), at(0.90 * all, buckets), at(0.99 * all, buckets));
    }

    private static List<Bucket> difference(JsonNode before, JsonNode now) {
        JsonNode after = now.path("latency").path("buckets");
        double longest = now.path("latencyMicros").path("max").asDouble(0);
        List<Bucket> buckets = new ArrayList<>();
        if (before.size() != after.size()) {
            return buckets;
        }
        double last = 0;
        for (int i = 0; i < after.size(); i++) {
            JsonNode bound = after.path(i).path("upToMicros");
            // The last bucket has no bound of its own.
            last = Math.max(last, bound.isNumber() ? bound.asDouble() : longest);
            buckets.add(new Bucket(last, count(after.path(i)) - count(before.path(i))));
        }
        return buckets;
    }

    private static long count(JsonNode bucket) {
        return bucket.path("count").asLong(0);
    }

    private static double at(double rank, List<Bucket> buckets) {
        double lower = 0;
        long below = 0;
        for (Bucket bucket : buckets) {
            if (bucket.count >= rank) {
                double part = (rank - below) / Math.max(1, bucket.count - below);
                return lower + part * (bucket.upTo - lower);
            }
            lower = bucket.upTo;
            below = bucket.count;
        }
        return lower;
    }

    /**
     * A bucket of a cumulative histogram.
     *
     * @param upTo its upper bound, in microseconds
     * @param count how many requests took no longer
     */
    private record Bucket(double upTo, long count) {}
}
