package dev.sluice.cli.top;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is shown of a reading. Text is as the server told it, hostile where it stems from a request.
 *
 * @param sinceStart whether rates are averages since the start of the server, and not since an earlier reading
 * @param seconds the time that rates are of
 * @param requests finished requests
 * @param active requests that are being answered
 * @param bytes body bytes sent
 * @param copied how many of them passed through a user-space buffer
 * @param latency of the time that rates are of; null if it is not known or there was no request
 * @param latencySinceStart of all requests
 * @param statuses finished requests by status code
 * @param fallbacks requests that were not carried as planned, by reason
 * @param paths by I/O path, in the server's order
 * @param filesByRequests the files most asked for since the start
 * @param filesByBytes the files of which most was sent
 * @param latest the latest requests, newest first
 */
record Figures(
        Server server,
        boolean sinceStart,
        double seconds,
        Rate requests,
        long active,
        Rate bytes,
        Rate copied,
        Connections connections,
        @Nullable Quantiles latency,
        Quantiles latencySinceStart,
        Map<String, Rate> statuses,
        Map<String, Rate> fallbacks,
        List<Path> paths,
        HotSet hotSet,
        List<File> filesByRequests,
        List<File> filesByBytes,
        List<Request> latest) {

    /**
     * Reads what a reading tells.
     *
     * @param before an earlier reading; null for averages since the start
     */
    static Figures of(Reading now, @Nullable Reading before) {
        Comparison counters = Comparison.of(now, before);
        JsonNode earlier = counters.before();
        return new Figures(
                new Server(
                        counters.text("server", "version"),
                        counters.number("server", "pid"),
                        counters.number("server", "uptimeSeconds")),
                counters.isSinceStart(),
                counters.seconds(),
                counters.rate("requests", "total"),
                counters.number("requests", "active"),
                counters.rate("zeroCopy", "bodyBytes"),
                counters.rate("zeroCopy", "userCopiedBytes"),
                new Connections(counters.number("connections", "open"), counters.rate("connections", "accepted")),
                earlier == null ? null : Quantiles.between(earlier, counters.now()),
                Quantiles.sinceStart(counters.now()),
                counters.rates("requests", "status"),
                fallbacks(counters),
                paths(counters),
                HotSet.of(counters),
                files(counters, "byRequests"),
                files(counters, "byBytes"),
                latest(now.requests()));
    }

    /** Of body bytes, those that never entered a user-space buffer: 0..1; 1 if there were none. */
    double zeroCopyRatio() {
        return 1 - copied.share(bytes);
    }

    double zeroCopyRatioSinceStart() {
        return bytes.total() == 0 ? 1 : Math.max(0, 1 - (double) copied.total() / bytes.total());
    }

    private static Map<String, Rate> fallbacks(Comparison counters) {
        Map<String, Rate> fallbacks = new LinkedHashMap<>();
        counters.names("fallbacks").forEach(name -> fallbacks.put(name, counters.rate("fallbacks", name, "requests")));
        return fallbacks;
    }

    private static List<Path> paths(Comparison counters) {
        return counters.names("ioPaths").stream()
                .map(name -> new Path(
                        name, counters.rate("ioPaths", name, "requests"), counters.rate("ioPaths", name, "bytes")))
                .toList();
    }

    private static List<File> files(Comparison counters, String order) {
        // Where there is one site alone its name tells nothing.
        boolean several = counters.names("sites").size() > 1;
        List<File> files = new ArrayList<>();
        for (JsonNode file : counters.node("topFiles", order)) {
            files.add(new File(
                    (several ? file.path("site").asString("") : "")
                            + file.path("path").asString(""),
                    file.path("requests").asLong(0),
                    file.path("bytes").asLong(0)));
        }
        return files;
    }

    private static List<Request> latest(JsonNode told) {
        List<Request> latest = new ArrayList<>();
        for (JsonNode request : told.path("requests")) {
            latest.add(Request.of(request));
        }
        return latest;
    }

    record Server(String version, long pid, long uptimeSeconds) {}

    record Connections(long open, Rate accepted) {}

    record Path(String name, Rate requests, Rate bytes) {}

    /** A file, by its path, after the first host of its site if there are several; since the start. */
    record File(String name, long requests, long bytes) {}

    record HotSet(long entries, long bytes, long capacityBytes, Rate hits, Rate misses, Rate evictions) {
        private static HotSet of(Comparison counters) {
            return new HotSet(
                    counters.number("cache", "entries"),
                    counters.number("cache", "bytes"),
                    counters.number("cache", "capacityBytes"),
                    counters.rate("cache", "hits"),
                    counters.rate("cache", "misses"),
                    counters.rate("cache", "evictions"));
        }

        /** Of look-ups, those that found the body: 0..1; of all since the start if there was none of late, then 0. */
        double hitRatio() {
            if (looked() > 0) {
                return hits.perSecond() / looked();
            }
            return hits.total() == 0 ? 0 : (double) hits.total() / (hits.total() + misses.total());
        }

        /** Look-ups a second. */
        double looked() {
            return hits.perSecond() + misses.perSecond();
        }

        double filled() {
            return capacityBytes == 0 ? 0 : Math.min(1, (double) bytes / capacityBytes);
        }
    }

    /**
     * A finished request.
     *
     * @param time when it was received, as the server writes it: ISO 8601 in UTC
     * @param unplanned whether it was not carried as planned, or not to its end
     */
    record Request(
            String time, String status, String ioPath, long bytes, long micros, String target, boolean unplanned) {
        private static Request of(JsonNode told) {
            return new Request(
                    told.path("time").asString(""),
                    told.path("status").asString(""),
                    told.path("ioPath").asString(""),
                    told.path("bytes").asLong(0),
                    told.path("durationMicros").asLong(0),
                    told.path("method").asString("") + ' ' + told.path("path").asString(""),
                    told.path("fallback").asBoolean(false)
                            || !told.path("complete").asBoolean(true));
        }
    }
}
