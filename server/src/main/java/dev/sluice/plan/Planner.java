package dev.sluice.plan;

import dev.sluice.http.ByteRange;
import dev.sluice.http.HeaderFields;
import dev.sluice.http.Method;
import dev.sluice.http.RangeHeader;
import dev.sluice.http.Ranges;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides the response: the method first, then what the lookup found, then preconditions, then ranges. Opens no file,
 * reads no clock, and gives the same plan for the same arguments.
 */
public final class Planner {
    private static final HeaderFields ALLOW =
            HeaderFields.builder().add("Allow", "GET, HEAD, OPTIONS").build();
    private static final HeaderFields RETRY =
            HeaderFields.builder().add("Retry-After", "1").build();

    private Planner() {}

    /**
     * Answers what needs no lookup, so that a refused method costs no file system access.
     *
     * @param method the method of the request
     * @return the plan, or empty for GET and HEAD
     */
    public static Optional<Plan> withoutLookup(Method method) {
        return switch (method) {
            case GET, HEAD -> Optional.empty();
            case OPTIONS -> Optional.of(new Plan(204, ALLOW, new Body.None(), Reasons.OPTIONS));
            case UNKNOWN -> Optional.of(Refusal.UNKNOWN_METHOD.plan());
            default -> Optional.of(Refusal.KNOWN_METHOD.plan(ALLOW));
        };
    }

    /**
     * Decides the response.
     *
     * @param request the request; methods other than GET and HEAD are answered as by {@link #withoutLookup}
     * @param lookup what the site says of its target
     * @param policy where the lines are drawn
     * @return the plan
     */
    public static Plan plan(Request request, Lookup lookup, Policy policy) {
        Plan plan = withoutLookup(request.method()).orElseGet(() -> answer(request, lookup, policy));
        return request.method() == Method.HEAD ? plan.withoutBody() : plan;
    }

    private static Plan answer(Request request, Lookup lookup, Policy policy) {
        if (lookup instanceof Lookup.Found found) {
            return found(request, found.representation().shownAt(request.receivedAt()), policy);
        }
        if (lookup instanceof Lookup.Redirect redirect) {
            return new Plan(308, ResponseFields.redirect(redirect.location()), new Body.None(), Reasons.REDIRECT);
        }
        if (lookup instanceof Lookup.Missing missing) {
            return missing(missing.page(), policy);
        }
        if (lookup instanceof Lookup.Rejected) {
            return Refusal.MALFORMED_PATH.plan();
        }
        if (lookup instanceof Lookup.Misframed) {
            return Refusal.FRAMING.plan();
        }
        if (lookup instanceof Lookup.Unavailable) {
            return Refusal.BUSY.plan(RETRY);
        }
        // Failed; and 500 is the right answer to a kind of lookup that nobody thought of here.
        return Refusal.LOOKUP_FAILED.plan();
    }

    private static Plan missing(@Nullable Representation page, Policy policy) {
        return page == null
                ? Refusal.NOTHING_THERE.plan()
                : new Plan(404, ResponseFields.missingPage(page), whole(page, policy), Reasons.MISSING);
    }

    private static Plan found(Request request, Representation selected, Policy policy) {
        return switch (Preconditions.evaluate(request, selected)) {
            case FAILED -> Refusal.PRECONDITION.plan();
            case NOT_MODIFIED ->
                new Plan(304, ResponseFields.notModified(selected), new Body.None(), Reasons.NOT_MODIFIED);
            case PASSED -> selected(request, selected, policy);
        };
    }

    private static Plan selected(Request request, Representation selected, Policy policy) {
        Ranges ranges = ranges(request, selected);
        if (ranges instanceof Ranges.Unsatisfiable) {
            return Refusal.RANGE.plan(HeaderFields.builder()
                    .add("Content-Range", "bytes */" + selected.length())
                    .build());
        }
        if (ranges instanceof Ranges.Satisfiable some) {
            return some.ranges().size() == 1
                    ? partial(selected, some.ranges().get(0), policy)
                    : ok(selected, policy, Reasons.SEVERAL_RANGES);
        }
        return ok(selected, policy, wholeReason(request.method(), selected, policy));
    }

    /** Ranges are defined for GET only (RFC 9110 §14.2). */
    private static Ranges ranges(Request request, Representation selected) {
        String range = request.conditions().range();
        if (range == null || request.method() != Method.GET || !Preconditions.rangeApplies(request, selected)) {
            return new Ranges.Whole();
        }
        return RangeHeader.parse(range)
                .map(header -> header.resolve(selected.length()))
                .orElseGet(Ranges.Whole::new);
    }

    private static Plan ok(Representation selected, Policy policy, String reason) {
        return new Plan(200, ResponseFields.whole(selected), whole(selected, policy), reason);
    }

    private static Plan partial(Representation selected, ByteRange range, Policy policy) {
        Body body = bytes(selected, range, policy);
        return new Plan(206, ResponseFields.partial(selected, range), body, sizeReason(selected, policy));
    }

    private static Body whole(Representation selected, Policy policy) {
        return selected.length() == 0
                ? new Body.None()
                : bytes(selected, new ByteRange(0, selected.length() - 1), policy);
    }

    private static Body bytes(Representation selected, ByteRange range, Policy policy) {
        return isSmall(selected, policy)
                ? new Body.FromRegion(range.first(), range.length())
                : new Body.FromFile(range.first(), range.length());
    }

    private static String wholeReason(Method method, Representation selected, Policy policy) {
        if (method == Method.HEAD) {
            return Reasons.HEAD;
        }
        return selected.length() == 0 ? Reasons.EMPTY_BODY : sizeReason(selected, policy);
    }

    private static String sizeReason(Representation selected, Policy policy) {
        return isSmall(selected, policy) ? Reasons.SMALL_BODY : Reasons.LARGE_BODY;
    }

    /** The whole decides, not the range asked of it: a region holds whole bodies. */
    private static boolean isSmall(Representation selected, Policy policy) {
        return selected.length() <= policy.regionMaxSize();
    }
}
