package dev.sluice.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What happened to one request: the unit of the ledger and of the access log.
 *
 * <p>Strings taken from the request hold the octets as received, one char (0..255) an octet, as HTTP header fields are
 * decoded; whoever prints them escapes them.
 *
 * @param id the request's number, from {@link Ledger#nextId()}; grows in the order in which records were made
 * @param timeMillis when the request was received, in milliseconds since the epoch
 * @param site the name of the site that answered, or {@link #NO_SITE}
 * @param client the client's address, without a port
 * @param protocol the protocol and version, such as {@code HTTP/1.1}
 * @param method the request method (RFC 9110 §9)
 * @param target the request target as received, path and query (RFC 9112 §3.2)
 * @param path the raw path of the target: neither decoded nor normalised, without the query
 * @param status the status code sent, 100..599
 * @param planned the path that the planner chose
 * @param observed the path that really carried the body; every total counts this one
 * @param reason why this path was taken, as a token
 * @param fallback whether the response was not carried to its end as planned: the reason says why
 * @param bytes body bytes that reached the socket, at least 0; of a response that was broken off, those of the writes that had
 *     returned by then
 * @param userCopiedBytes how many of those passed through a user-space buffer, 0..{@code bytes}
 * @param durationNanos from the request's receipt to the end of the response, in nanoseconds, at least 0
 * @param contentCoding the content coding of the body (RFC 9110 §8.4.1), or null for identity
 * @param referer the Referer field, or null without one
 * @param userAgent the User-Agent field, or null without one
 * @param complete false if the response was aborted or the client went away before its end
 */
public record Served(
        long id,
        long timeMillis,
        String site,
        String client,
        String protocol,
        String method,
        String target,
        String path,
        int status,
        IoPath planned,
        IoPath observed,
        String reason,
        boolean fallback,
        long bytes,
        long userCopiedBytes,
        long durationNanos,
        @Nullable String contentCoding,
        @Nullable String referer,
        @Nullable String userAgent,
        boolean complete) {

    /** The site of a request that came to none. */
    public static final String NO_SITE = "-";

    /** The smallest status code that a record can carry. */
    public static final int MIN_STATUS = 100;

    /** The largest status code that a record can carry (RFC 9110 §15). */
    public static final int MAX_STATUS = 599;

    /**
     * Checks the bounds on which the totals rely.
     *
     * @throws IllegalArgumentException if a number is out of its bounds
     */
    public Served {
        if (status < MIN_STATUS || status > MAX_STATUS) {
            throw new IllegalArgumentException(
                    "status: " + status + " (expected: " + MIN_STATUS + ".." + MAX_STATUS + ")");
        }
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes: " + bytes + " (expected: >= 0)");
        }
        if (userCopiedBytes < 0 || userCopiedBytes > bytes) {
            throw new IllegalArgumentException("userCopiedBytes: " + userCopiedBytes + " (expected: 0.." + bytes + ")");
        }
        if (durationNanos < 0) {
            throw new IllegalArgumentException("durationNanos: " + durationNanos + " (expected: >= 0)");
        }
    }

    /**
     * The duration in the unit of the admin API and of the JSON log.
     *
     * @return whole microseconds, rounded down
     */
    public long durationMicros() {
        return durationNanos / 1_000;
    }
}
