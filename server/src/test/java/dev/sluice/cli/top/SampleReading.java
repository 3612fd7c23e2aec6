package dev.sluice.cli.top;

import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/** What a server told: one that has served a little, then the same a while later. */
final class SampleReading {
    static final String STATS = """
            {"server":{"version":"1.2.3","pid":42,"startedAt":"2026-11-28T20:00:00Z","uptimeSeconds":100},
             "requests":{"total":1000,"active":3,"status":{"200":900,"404":100}},
             "connections":{"open":7,"accepted":5000},
             "ioPaths":{"mmap":{"requests":600,"bytes":600000},"sendfile":{"requests":100,"bytes":3000000},
               "direct":{"requests":0,"bytes":0},"cow":{"requests":0,"bytes":0},
               "copy":{"requests":200,"bytes":400000},"none":{"requests":100,"bytes":0}},
             "zeroCopy":{"bodyBytes":4000000,"userCopiedBytes":400000,"ratio":0.9},
             "sites":{"example.org":{"requests":600},"-":{"requests":400}},
             "fallbacks":{"tls":{"requests":40,"bytes":1}},
             "topFiles":{"byRequests":[{"site":"example.org","path":"/index.html","requests":600,"bytes":600000}],
               "byBytes":[{"site":"example.org","path":"/big.iso","requests":100,"bytes":3000000}]},
             "cache":{"entries":12,"bytes":25165824,"capacityBytes":50331648,
               "hits":800,"misses":200,"admissions":12,"evictions":50},
             "latencyMicros":{"p50":120,"p90":900,"p99":15000,"max":30000},
             "latency":{"count":1000,"sumMicros":1,"buckets":[{"upToMicros":100,"count":500},
               {"upToMicros":1000,"count":900},{"upToMicros":null,"count":1000}]}}
            """;

    static final String REQUESTS = """
            {"requests":[{"id":2,"time":"2026-11-28T20:01:39.5Z","method":"GET","path":"/index.html","status":200,
               "ioPath":"mmap","bytes":1000,"durationMicros":120,"complete":true,"fallback":false},
              {"id":1,"time":"2026-11-28T20:01:39Z","method":"GET","path":"/big.iso","status":206,
               "ioPath":"copy","bytes":30000,"durationMicros":2500,"complete":true,"fallback":true}]}
            """;

    private static final JsonMapper JSON = new JsonMapper();

    private SampleReading() {}

    static Reading first() {
        return of(STATS, REQUESTS, Duration.ZERO);
    }

    /** Two seconds later; each pair is a piece of the first answer and what stands in its place. */
    static Reading later(String... changes) {
        String stats = STATS;
        for (int i = 0; i < changes.length; i += 2) {
            if (!stats.contains(changes[i])) {
                throw new IllegalArgumentException(changes[i] + ": not in the sample");
            }
            stats = stats.replace(changes[i], changes[i + 1]);
        }
        return of(stats, REQUESTS, Duration.ofSeconds(2));
    }

    static Reading of(String stats, String requests) {
        return of(stats, requests, Duration.ZERO);
    }

    static Reading of(UnaryOperator<String> change) {
        return of(change.apply(STATS), change.apply(REQUESTS), Duration.ZERO);
    }

    private static Reading of(String stats, String requests, Duration when) {
        return new Reading(
                Instant.parse("2026-11-28T20:01:40Z").plus(when),
                when.toNanos(),
                JSON.readTree(stats),
                JSON.readTree(requests));
    }
}
