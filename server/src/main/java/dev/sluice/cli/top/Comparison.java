package dev.sluice.cli.top;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Two readings of the same counters. What an older or newer server does not tell counts as 0.
 *
 * @param now the later one
 * @param before the earlier one; null for the start of the server, when all counters were 0
 * @param seconds the time between them, more than 0
 */
record Comparison(JsonNode now, @Nullable JsonNode before, double seconds) {
    /** Compares with an earlier reading, or with the server's start if there is none of the same run. */
    static Comparison of(Reading now, @Nullable Reading before) {
        if (before == null || !now.isOfTheSameRunAs(before) || now.nanos() <= before.nanos()) {
            long uptime = now.stats().path("server").path("uptimeSeconds").asLong(0);
            return new Comparison(now.stats(), null, Math.max(1, uptime));
        }
        double nanos = now.nanos() - before.nanos();
        return new Comparison(now.stats(), before.stats(), nanos / TimeUnit.SECONDS.toNanos(1));
    }

    /** Whether the rates are averages since the start. */
    boolean isSinceStart() {
        return before == null;
    }

    Rate rate(String... path) {
        long total = number(path);
        long earlier = before == null ? 0 : Math.max(0, at(before, path).asLong(0));
        return new Rate(Math.max(0, total - earlier) / seconds, total);
    }

    /** The counters that are members of an object, in its order. */
    Map<String, Rate> rates(String... path) {
        Map<String, Rate> rates = new LinkedHashMap<>();
        String[] member = Arrays.copyOf(path, path.length + 1);
        for (String name : names(path)) {
            member[path.length] = name;
            rates.put(name, rate(member));
        }
        return rates;
    }

    /** How a number stands now: at least 0. */
    long number(String... path) {
        return Math.max(0, at(now, path).asLong(0));
    }

    String text(String... path) {
        return at(now, path).asString("");
    }

    JsonNode node(String... path) {
        return at(now, path);
    }

    List<String> names(String... path) {
        return List.copyOf(at(now, path).propertyNames());
    }

    private static JsonNode at(JsonNode node, String... path) {
        JsonNode found = node;
        for (String name : path) {
            found = found.path(name);
        }
        return found;
    }
}
