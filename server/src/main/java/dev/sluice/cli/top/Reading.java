package dev.sluice.cli.top;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * What the admin API told at one moment.
 *
 * @param time when, by this machine's clock
 * @param nanos when, by {@link System#nanoTime()}, for differences
 * @param stats what {@code /api/stats} answered: an object
 * @param requests what {@code /api/requests} answered
 */
record Reading(Instant time, long nanos, JsonNode stats, JsonNode requests) {
    /** Whether both are of one run of one server, so that its counters can be compared. */
    boolean isOfTheSameRunAs(Reading other) {
        JsonNode mine = stats.path("server");
        JsonNode theirs = other.stats.path("server");
        return mine.path("pid").equals(theirs.path("pid"))
                && mine.path("startedAt").equals(theirs.path("startedAt"));
    }
}
