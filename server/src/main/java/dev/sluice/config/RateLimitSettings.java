package dev.sluice.config;

import java.time.Duration;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * How often one client address may ask: a bucket of {@code burst} tokens that {@code requests} are put back into in
 * each {@code per}.
 *
 * @param requests 1 to 1,000,000
 * @param per 100 ms to 1 day
 * @param burst how many may come at once, 1 to 1,000,000
 */
public record RateLimitSettings(
        int requests,
        @JsonSerialize(using = DurationSerializer.class) Duration per,
        int burst) {}
