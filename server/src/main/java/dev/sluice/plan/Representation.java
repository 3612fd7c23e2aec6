package dev.sluice.plan;

import dev.sluice.http.EntityTag;
import dev.sluice.http.HttpDate;
import dev.sluice.http.MediaType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The facts about the selected representation (RFC 9110 §3.2), as far as the response head shows them.
 *
 * @param length its length in bytes, from 0
 * @param etag its entity tag
 * @param lastModified when it was modified last, in whole seconds; null if that is not to be sent
 * @param type its media type
 */
public record Representation(
        long length, EntityTag etag, @Nullable Instant lastModified, MediaType type) {
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

    /**
     * Returns the representation as a response of that time may show it: never modified later than that
     * (RFC 9110 §8.8.2.1).
     */
    Representation shownAt(Instant now) {
        return lastModified != null && lastModified.isAfter(now) ? new Representation(length, etag, now, type) : this;
    }

    private static @Nullable Instant expressible(@Nullable Instant time) {
        return time == null || time.isBefore(HttpDate.MIN) || time.isAfter(HttpDate.MAX)
                ? null
                : time.truncatedTo(ChronoUnit.SECONDS);
    }
}
