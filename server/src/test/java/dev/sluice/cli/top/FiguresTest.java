package dev.sluice.cli.top;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FiguresTest {
    private static final double EXACT = 1e-9;

    @Test
    void of_oneReading_isTheAverageSinceTheStart() {
        Figures figures = Figures.of(SampleReading.first(), null);

        assertTrue(figures.sinceStart());
        assertEquals(100, figures.seconds(), EXACT);
        assertEquals(10, figures.requests().perSecond(), EXACT);
        assertEquals(40_000, figures.bytes().perSecond(), EXACT);
        assertEquals(0.9, figures.zeroCopyRatio(), EXACT);
        assertNull(figures.latency());
        assertEquals(new Quantiles(120, 900, 15_000), figures.latencySinceStart());
        assertEquals(9, figures.statuses().get("200").perSecond(), EXACT);
        assertEquals(0.8, figures.hotSet().hitRatio(), EXACT);
        assertEquals(0.5, figures.hotSet().filled(), EXACT);
    }

    @Test
    void of_twoReadings_isTheDifferenceByItsTime() {
        Reading later = SampleReading.later(
                "\"total\":1000", "\"total\":1500",
                "\"200\":900", "\"200\":1300",
                "\"404\":100", "\"404\":100,\"503\":100",
                "\"bodyBytes\":4000000,\"userCopiedBytes\":400000", "\"bodyBytes\":5000000,\"userCopiedBytes\":400100",
                "\"sendfile\":{\"requests\":100,\"bytes\":3000000}",
                        "\"sendfile\":{\"requests\":110,\"bytes\":4000000}",
                "\"hits\":800,\"misses\":200", "\"hits\":830,\"misses\":210",
                "\"evictions\":50", "\"evictions\":56",
                "\"tls\":{\"requests\":40", "\"tls\":{\"requests\":42");

        Figures figures = Figures.of(later, SampleReading.first());

        assertFalse(figures.sinceStart());
        assertEquals(2, figures.seconds(), EXACT);
        assertEquals(new Rate(250, 1500), figures.requests());
        assertEquals(new Rate(500_000, 5_000_000), figures.bytes());
        assertEquals(0.9999, figures.zeroCopyRatio(), EXACT);
        assertEquals(new Rate(200, 1300), figures.statuses().get("200"));
        assertEquals(new Rate(0, 100), figures.statuses().get("404"));
        assertEquals(new Rate(50, 100), figures.statuses().get("503"));
        assertEquals(
                new Figures.Path("sendfile", new Rate(5, 110), new Rate(500_000, 4_000_000)),
                figures.paths().get(1));
        assertEquals(0.75, figures.hotSet().hitRatio(), EXACT);
        assertEquals(3, figures.hotSet().evictions().perSecond(), EXACT);
        assertEquals(1, figures.fallbacks().get("tls").perSecond(), EXACT);
    }

    @Test
    void of_twoReadings_latencyIsThatOfTheRequestsBetweenThem() {
        Reading later = SampleReading.later(
                "{\"upToMicros\":100,\"count\":500}", "{\"upToMicros\":100,\"count\":560}",
                "{\"upToMicros\":1000,\"count\":900}", "{\"upToMicros\":1000,\"count\":1000}",
                "{\"upToMicros\":null,\"count\":1000}", "{\"upToMicros\":null,\"count\":1100}");

        Quantiles recent = Figures.of(later, SampleReading.first()).latency();

        // Sixty of up to 100 us, forty of up to 1 ms.
        assertNotNull(recent);
        assertEquals(100 * 50 / 60.0, recent.p50(), EXACT);
        assertEquals(100 + 900 * 30 / 40.0, recent.p90(), EXACT);
        assertEquals(100 + 900 * 39 / 40.0, recent.p99(), EXACT);
    }

    @Test
    void of_requestsBeyondTheLastBound_takeNoLongerThanTheLongest() {
        Reading later =
                SampleReading.later("{\"upToMicros\":null,\"count\":1000}", "{\"upToMicros\":null,\"count\":1100}");

        Quantiles recent = Figures.of(later, SampleReading.first()).latency();

        assertNotNull(recent);
        assertEquals(1_000 + 29_000 * 0.99, recent.p99(), EXACT);
    }

    @Test
    void of_noRequestBetween_hasNoLatency() {
        assertNull(Figures.of(SampleReading.later(), SampleReading.first()).latency());
    }

    /** Its counters began again, so that differences would be negative. */
    @Test
    void of_serverStartedAgain_isTheAverageSinceThen() {
        Reading again = SampleReading.later("\"pid\":42", "\"pid\":43", "\"total\":1000", "\"total\":10");

        Figures figures = Figures.of(again, SampleReading.first());

        assertTrue(figures.sinceStart());
        assertEquals(0.1, figures.requests().perSecond(), EXACT);
    }

    /** A release before them, or one after. */
    @Test
    void of_fieldsAbsentOrOfOtherTypes_areZeroAndEmpty() {
        for (String stats : List.of(
                "{\"server\":{},\"requests\":{}}",
                "{\"server\":{\"uptimeSeconds\":\"x\"},\"requests\":{\"total\":{},\"status\":[1]},\"ioPaths\":7,"
                        + "\"topFiles\":{\"byBytes\":{\"a\":1},\"byRequests\":[3]},\"latency\":{\"buckets\":\"x\"},"
                        + "\"fallbacks\":null,\"cache\":{\"bytes\":-5}}")) {
            Reading reading = SampleReading.of(stats, "{\"requests\":[1,{}]}");

            Figures figures = Figures.of(reading, null);

            assertEquals(new Rate(0, 0), figures.requests());
            assertTrue(figures.statuses().isEmpty());
            assertTrue(figures.paths().isEmpty());
            assertEquals(0, figures.hotSet().bytes());
            assertEquals(1, figures.zeroCopyRatioSinceStart());
            assertEquals(2, figures.latest().size());
        }
    }
}
