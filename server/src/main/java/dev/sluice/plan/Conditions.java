package dev.sluice.plan;

import org.jspecify.annotations.Nullable;

/**
 * The fields of a request that make it conditional or partial (RFC 9110 §13.1, §14.2), as received: each the raw field
 * value, repeated fields joined by {@code ", "}, null where the request has none.
 *
 * @param ifMatch {@code If-Match}
 * @param ifUnmodifiedSince {@code If-Unmodified-Since}
 * @param ifNoneMatch {@code If-None-Match}
 * @param ifModifiedSince {@code If-Modified-Since}
 * @param ifRange {@code If-Range}
 * @param range {@code Range}
 */
public record Conditions(
        @Nullable String ifMatch,
        @Nullable String ifUnmodifiedSince,
        @Nullable String ifNoneMatch,
        @Nullable String ifModifiedSince,
        @Nullable String ifRange,
        @Nullable String range) {
    /** A request without any of them. */
    public static final Conditions NONE = new Conditions(null, null, null, null, null, null);
}
