package dev.sluice.plan;

import dev.sluice.http.EntityTag;
import dev.sluice.http.EntityTagCondition;
import dev.sluice.http.HttpDate;
import dev.sluice.http.Method;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Preconditions in the order of RFC 9110 §13.2.2. To be evaluated only where the plain answer is 2xx (§13.2.1).
 *
 * <p>Dates that cannot be read are ignored, as are all dates where the representation has none (§13.1.3, §13.1.4).
 * Entity tags that cannot be read match nothing: see {@link EntityTagCondition#parse}.
 */
public final class Preconditions {
    /** What they come to. */
    public enum Outcome {
        /** Go on with the request. */
        PASSED,
        /** 304. */
        NOT_MODIFIED,
        /** 412. */
        FAILED
    }

    private Preconditions() {}

    /**
     * Evaluates all but {@code If-Range} (steps 1 to 4).
     *
     * @param request the request
     * @param current the selected representation
     * @return what to do
     */
    public static Outcome evaluate(Request request, Representation current) {
        if (isAnother(request, current)) {
            return Outcome.FAILED;
        }
        if (isHeld(request, current)) {
            return isRetrieval(request) ? Outcome.NOT_MODIFIED : Outcome.FAILED;
        }
        return Outcome.PASSED;
    }

    /**
     * Says whether {@code Range} is to be applied (step 5, RFC 9110 §13.1.5): without {@code If-Range}, or if that is a
     * tag that matches strongly, or a date exactly that of the representation and strong. A date is strong here if the
     * request came at least a second after it, because a file can change twice in one second (§8.8.2.2). Anything else,
     * garbage included, asks for the whole.
     *
     * @param request the request
     * @param current the selected representation
     */
    public static boolean rangeApplies(Request request, Representation current) {
        String ifRange = request.conditions().ifRange();
        if (ifRange == null) {
            return true;
        }
        Optional<EntityTag> tag = EntityTag.parse(ifRange);
        if (tag.isPresent()) {
            return tag.get().strongEquals(current.etag());
        }
        Instant lastModified = current.lastModified();
        return lastModified != null
                && !request.receivedAt().isBefore(lastModified.plusSeconds(1))
                && HttpDate.parse(ifRange, request.receivedAt())
                        .filter(lastModified::equals)
                        .isPresent();
    }

    /** Steps 1 and 2: If-Match by strong comparison, and only without it If-Unmodified-Since. */
    private static boolean isAnother(Request request, Representation current) {
        String ifMatch = request.conditions().ifMatch();
        return ifMatch != null
                ? !EntityTagCondition.parse(ifMatch).strongMatch(current.etag())
                : modifiedSince(request.conditions().ifUnmodifiedSince(), request, current)
                        .orElse(false);
    }

    /** Steps 3 and 4: If-None-Match by weak comparison, and only without it, for GET and HEAD, If-Modified-Since. */
    private static boolean isHeld(Request request, Representation current) {
        String ifNoneMatch = request.conditions().ifNoneMatch();
        if (ifNoneMatch != null) {
            return EntityTagCondition.parse(ifNoneMatch).weakMatch(current.etag());
        }
        return isRetrieval(request)
                && !modifiedSince(request.conditions().ifModifiedSince(), request, current)
                        .orElse(true);
    }

    private static boolean isRetrieval(Request request) {
        return request.method() == Method.GET || request.method() == Method.HEAD;
    }

    /** Says whether the representation was modified after the date; empty if either date is missing or no date. */
    private static Optional<Boolean> modifiedSince(@Nullable String date, Request request, Representation current) {
        Instant lastModified = current.lastModified();
        return date == null || lastModified == null
                ? Optional.empty()
                : HttpDate.parse(date, request.receivedAt()).map(lastModified::isAfter);
    }
}
