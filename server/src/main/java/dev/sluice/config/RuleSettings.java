package dev.sluice.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * What is done to the requests that match. Each action may be absent, which is null; at least one is there, and at most
 * one of redirect, rewrite, deny and maintenance. If the match names media types, only those of headers, cache,
 * download, bandwidth, security and template are there: the others are decided before the file is known.
 *
 * @param match which requests
 * @param headers changes the response's fields
 * @param cache sets {@code Cache-Control}
 * @param redirect sends the client elsewhere
 * @param rewrite the path that is looked up instead, with captures as in {@link RedirectSettings#to}
 * @param cors lets other origins read
 * @param auth asks for a password
 * @param download makes browsers save the file
 * @param deny refuses with this status: 403, 404 or 410
 * @param maintenance answers 503 with this {@code Retry-After}
 * @param rateLimit answers 429 to a client that asks too often
 * @param bandwidth the most bytes a second of one response
 * @param security protects pages
 * @param template replaces placeholders
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RuleSettings(
        MatchSettings match,
        @Nullable HeaderEdits headers,
        @Nullable CacheControl cache,
        @Nullable RedirectSettings redirect,
        @Nullable String rewrite,
        @Nullable CorsSettings cors,
        @Nullable AuthSettings auth,
        @Nullable DownloadSettings download,
        @Nullable Integer deny,

        @Nullable @JsonSerialize(using = DurationSerializer.class)
        Duration maintenance,

        @Nullable RateLimitSettings rateLimit,
        @Nullable ByteSize bandwidth,
        @Nullable SecuritySettings security,
        @Nullable TemplateSettings template) {}
