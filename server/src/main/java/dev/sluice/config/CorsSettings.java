package dev.sluice.config;

import java.time.Duration;
import java.util.List;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * Which other origins' scripts may read the answers (the Fetch standard, §3.3).
 *
 * @param origins origins such as {@code https://a.example}, in lower case, at least one; or {@code *} alone for all
 * @param methods the methods they may use
 * @param headers the request fields they may send beyond the safelisted ones
 * @param expose the response fields they may read beyond the safelisted ones
 * @param credentials whether requests may carry credentials; never with the origin {@code *}
 * @param maxAge how long a browser may remember the answer to a preflight
 */
public record CorsSettings(
        List<String> origins,
        List<String> methods,
        List<String> headers,
        List<String> expose,
        boolean credentials,
        @JsonSerialize(using = DurationSerializer.class) Duration maxAge) {

    /** The origin that stands for all of them. */
    static final String ANY_ORIGIN = "*";

    /** Copies the lists. */
    public CorsSettings {
        origins = List.copyOf(origins);
        methods = List.copyOf(methods);
        headers = List.copyOf(headers);
        expose = List.copyOf(expose);
    }

    static CorsSettings defaults() {
        return new CorsSettings(
                List.of(ANY_ORIGIN), List.of("GET", "HEAD"), List.of(), List.of(), false, Duration.ofMinutes(10));
    }
}
