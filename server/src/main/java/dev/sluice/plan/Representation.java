package dev.sluice.plan;

import dev.sluice.http.ContentCoding;
import dev.sluice.http.EntityTag;
import dev.sluice.http.HttpDate;
import dev.sluice.http.MediaType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The facts about one representation of a resource (RFC 9110 §3.2), as far as the response head shows them.
 *
 * @param length its length in bytes as it is sent, so coded, from 0
 * @param etag its own entity tag: no two codings share one
 * @param lastModified when it was modified last, in whole seconds; null if that is not to be sent
 * @param type the media type of what is coded
 * @param coding how it is coded
 * @param varies whether the resource has, or may come to have, representations in other codings, so that every answer has
 *     to say {@code Vary} (RFC 9110 §12.5.5)
 * @param digest the value of {@code Repr-Digest} (RFC 9530 §3), or null if it is not known
 */
public record Representation(
        long length,
        EntityTag etag,
        @Nullable Instant lastModified,
        MediaType type,
        ContentCoding coding,
        boolean varies,
        @Nullable String digest) {
    /**
     * Cuts {@code lastModified} to seconds, and drops one that a date cannot express.
     *
     * @throws IllegalArgumentException if the length is negative
     */
    public Representation {
        if (length < 0) {
            throw new IllegalArgumentException("length: " + length + " (expected: >= 0)");
        }
        lastModified = expressible(lastModified);
    }

    /** The only representation of a resource, as it is, its digest unknown. */
    public Representation(long length, EntityTag etag, @Nullable Instant lastModified, MediaType type) {
        this(length, etag, lastModified, type, ContentCoding.IDENTITY, false, null);
    }

    /** The same without its digest. */
    Representation withoutDigest() {
        return digest == null ? this : new Representation(length, etag, lastModified, type, coding, varies, null);
    }

    /** The same with its digest. */
    public Representation withDigest(String reprDigest) {
        return new Representation(length, etag, lastModified, type, coding, varies, reprDigest);
    }

    /**
     * Returns the representation as a response of that time may show it: never modified later than that
     * (RFC 9110 §8.8.2.1).
     */
    Representation shownAt(Instant now) {
        return lastModified != null && lastModified.isAfter(now)
                ? new Representation(length, etag, now, type, coding, varies, digest)
                : this;
    }

    private static @Nullable Instant expressible(@Nullable Instant time) {
        return time == null || time.isBefore(HttpDate.MIN) || time.isAfter(HttpDate.MAX)
                ? null
                : time.truncatedTo(ChronoUnit.SECONDS);
    }
}
