package dev.sluice.plan;

import dev.sluice.http.ByteRange;
import dev.sluice.http.ContentCoding;
import dev.sluice.http.HeaderFields;
import dev.sluice.http.MediaType;
import dev.sluice.http.Method;
import dev.sluice.http.RangeHeader;
import dev.sluice.http.Ranges;
import java.util.List;
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
            return found(request, found, policy);
        }
        if (lookup instanceof Lookup.Templated page) {
            Body body = new Body.Patched(page.length(), page.nonce());
            return new Plan(200, ResponseFields.unique(page.type(), page.length()), body, Reasons.TEMPLATE);
        }
        if (lookup instanceof Lookup.Made page) {
            Body body = new Body.Made(page.length());
            return new Plan(200, ResponseFields.unique(page.type(), page.length()), body, Reasons.DEV);
        }
        if (lookup instanceof Lookup.Listing listing) {
            return listing(listing);
        }
        if (lookup instanceof Lookup.Redirect redirect) {
            return new Plan(308, ResponseFields.redirect(redirect.location()), new Body.None(), Reasons.REDIRECT);
        }
        return refused(lookup);
    }

    private static Plan refused(Lookup lookup) {
        if (lookup instanceof Lookup.Missing missing) {
            return missing.status() == 404
                    ? Refusal.NOTHING_THERE.plan()
                    : Refusal.bare(missing.status(), Reasons.MISSING);
        }
        if (lookup instanceof Lookup.Rejected) {
            return Refusal.MALFORMED_PATH.plan();
        }
        if (lookup instanceof Lookup.Misframed) {
            return Refusal.FRAMING.plan();
        }
        if (lookup instanceof Lookup.Misdirected misdirected) {
            return misdirected.malformed() ? Refusal.HOST.plan() : Refusal.MISDIRECTED.plan();
        }
        if (lookup instanceof Lookup.Unavailable) {
            return Refusal.BUSY.plan(RETRY);
        }
        // Failed; and 500 is the right answer to a kind of lookup that nobody thought of here.
        return Refusal.LOOKUP_FAILED.plan();
    }

    /**
     * Answers for what the server itself adds to a site that is served to its author.
     *
     * @param text of a {@link Body.Generated}, or null for {@link Body.Events}
     * @param foreign whether a page of another origin asks
     */
    public static Plan live(Method method, MediaType type, @Nullable String text, boolean foreign) {
        Body body = text == null ? new Body.Events() : new Body.Generated(text);
        Plan plan = withoutLookup(method)
                .orElseGet(() -> foreign
                        ? Refusal.DENIED.plan()
                        : new Plan(200, ResponseFields.live(type, text), body, Reasons.DEV));
        return method == Method.HEAD ? plan.withoutBody() : plan;
    }

    /** Refuses what cannot be read as a request; the connection has to be closed then. */
    public static Plan refuse(Unreadable fault) {
        return switch (fault) {
            case MALFORMED -> Refusal.MALFORMED_REQUEST.plan();
            case HOST -> Refusal.HOST.plan();
            case LINE_TOO_LONG -> Refusal.LINE_TOO_LONG.plan();
            case FIELDS_TOO_LARGE -> Refusal.FIELDS_TOO_LARGE.plan();
        };
    }

    /** Answers what a browser asks before a page of another origin may send its request. */
    public static Plan preflight(Cors cors, @Nullable String origin) {
        return cors.preflight(origin);
    }

    /**
     * Asks for a name and a password.
     *
     * @param realm what the browser shows; visible ASCII and spaces
     */
    public static Plan unauthorized(String realm) {
        String quoted = realm.replace("\\", "\\\\").replace("\"", "\\\"");
        return Refusal.PASSWORD.plan(HeaderFields.builder()
                .add("WWW-Authenticate", "Basic realm=\"" + quoted + "\", charset=\"UTF-8\"")
                .build());
    }

    /**
     * Turns away who comes too often.
     *
     * @param retryAfterSeconds when to come again, at least 1
     */
    public static Plan tooMany(long retryAfterSeconds) {
        return Refusal.TOO_MANY.plan(HeaderFields.builder()
                .add("Retry-After", Long.toString(retryAfterSeconds))
                .build());
    }

    /**
     * Puts a site's page in the place of a refusal's line of text; its own fields, such as {@code Retry-After}, stay.
     *
     * @param request the request that is refused
     * @param refusal a plan with a status of 400 and above
     * @param page what the site says of the page's path
     * @return the plan with the page as body, or the refusal itself if there is no page that the client takes
     */
    public static Plan withPage(Request request, Plan refusal, Lookup page, Policy policy) {
        if (page instanceof Lookup.Templated templated) {
            HeaderFields fields = ResponseFields.unique(templated.type(), templated.length());
            return instead(
                    refusal, fields, new Body.Patched(templated.length(), templated.nonce()), ContentCoding.IDENTITY);
        }
        if (page instanceof Lookup.Made made) {
            HeaderFields fields = ResponseFields.unique(made.type(), made.length());
            return instead(refusal, fields, new Body.Made(made.length()), ContentCoding.IDENTITY);
        }
        if (!(page instanceof Lookup.Found found)) {
            return refusal;
        }
        return Negotiator.select(request, found.choices())
                .filter(choice -> !found.streamable().contains(choice.coding()))
                .map(choice -> instead(
                        refusal, ResponseFields.errorPage(choice), whole(choice, found, policy), choice.coding()))
                .orElse(refusal);
    }

    private static Plan instead(Plan refusal, HeaderFields page, Body body, ContentCoding coding) {
        HeaderFields.Builder fields = HeaderFields.builder().addAll(page);
        for (HeaderFields.Field field : refusal.fields()) {
            if (page.get(field.name()).isEmpty()) {
                fields.add(field.name(), field.value());
            }
        }
        return new Plan(refusal.status(), fields.build(), body, refusal.reason(), coding);
    }

    private static Plan listing(Lookup.Listing listing) {
        @Nullable String text = listing.text();
        Body body = text == null ? new Body.Streamed() : new Body.Generated(text);
        HeaderFields fields = HeaderFields.builder()
                .addAll(ResponseFields.listing(listing.type(), text))
                .addAll(listing.own())
                .build();
        return new Plan(200, fields, body, Reasons.LISTING);
    }

    private static Plan found(Request request, Lookup.Found found, Policy policy) {
        Optional<Representation> choice = Negotiator.select(request, offered(request, found));
        if (choice.isEmpty()) {
            return Refusal.CODING.plan(ResponseFields.vary(found.choices().get(0)));
        }
        Representation selected = choice.get().shownAt(request.receivedAt());
        return switch (Preconditions.evaluate(request, selected)) {
            case FAILED -> Refusal.PRECONDITION.plan(ResponseFields.vary(selected));
            case NOT_MODIFIED ->
                new Plan(
                        304,
                        ResponseFields.notModified(selected),
                        new Body.None(),
                        Reasons.NOT_MODIFIED,
                        selected.coding());
            case PASSED -> selected(request, selected, found, policy);
        };
    }

    /** What can only be compressed while it is sent has no ranges, so who asks for one is not offered it. */
    static List<Representation> offered(Request request, Lookup.Found found) {
        boolean all =
                found.streamable().isEmpty() || request.conditions().range() == null || request.method() != Method.GET;
        return all
                ? found.choices()
                : found.choices().stream()
                        .filter(choice -> !found.streamable().contains(choice.coding()))
                        .toList();
    }

    private static Plan selected(Request request, Representation selected, Lookup.Found found, Policy policy) {
        if (found.streamable().contains(selected.coding())) {
            return new Plan(
                    200,
                    ResponseFields.compressed(selected),
                    new Body.Compressed(selected.coding()),
                    Reasons.STREAMING_COMPRESSION,
                    selected.coding());
        }
        Representation shown = request.wantsDigest() ? selected : selected.withoutDigest();
        Ranges ranges = ranges(request, shown);
        if (ranges instanceof Ranges.Unsatisfiable) {
            return Refusal.RANGE.plan(HeaderFields.builder()
                    .add("Content-Range", "bytes */" + shown.length())
                    .addAll(ResponseFields.vary(shown))
                    .build());
        }
        if (ranges instanceof Ranges.Satisfiable some) {
            return some.ranges().size() == 1
                    ? partial(shown, some.ranges().get(0), found, policy)
                    : multipart(request, shown, some.ranges(), found, policy);
        }
        return new Plan(
                200,
                ResponseFields.whole(shown),
                whole(shown, found, policy),
                wholeReason(request.method(), shown, found, policy),
                shown.coding());
    }

    /** Ranges are defined for GET only (RFC 9110 §14.2). */
    static Ranges ranges(Request request, Representation selected) {
        String range = request.conditions().range();
        if (range == null || request.method() != Method.GET || !Preconditions.rangeApplies(request, selected)) {
            return new Ranges.Whole();
        }
        return RangeHeader.parse(range)
                .map(header -> header.resolve(selected.length()))
                .orElseGet(Ranges.Whole::new);
    }

    private static Plan partial(Representation selected, ByteRange range, Lookup.Found found, Policy policy) {
        Body body = bytes(selected, range, found, policy);
        return new Plan(
                206,
                ResponseFields.partial(selected, range),
                body,
                sizeReason(selected, found, policy),
                selected.coding());
    }

    private static Plan multipart(
            Request request, Representation selected, List<ByteRange> ranges, Lookup.Found found, Policy policy) {
        Multipart parts = new Multipart(selected, request.receivedAt());
        Body.Multipart body = parts.body(ranges, origin(selected, found, policy));
        return new Plan(
                206,
                ResponseFields.multipart(selected, parts.boundary(), body.length()),
                body,
                Reasons.SEVERAL_RANGES,
                selected.coding());
    }

    private static Body whole(Representation selected, Lookup.Found found, Policy policy) {
        return selected.length() == 0
                ? new Body.None()
                : bytes(selected, new ByteRange(0, selected.length() - 1), found, policy);
    }

    private static Body bytes(Representation selected, ByteRange range, Lookup.Found found, Policy policy) {
        return switch (origin(selected, found, policy)) {
            case REGION -> new Body.FromRegion(range.first(), range.length());
            case FILE -> new Body.FromFile(range.first(), range.length());
            case DISK -> new Body.FromDisk(range.first(), range.length());
            case ARCHIVE -> new Body.Inflated(range.first(), range.length());
        };
    }

    private static Body.Origin origin(Representation selected, Lookup.Found found, Policy policy) {
        if (isSmall(found, policy)) {
            return Body.Origin.REGION;
        }
        if (found.packing() == Lookup.Packing.DEFLATED && selected.coding() == ContentCoding.IDENTITY) {
            return Body.Origin.ARCHIVE;
        }
        if (found.packing() != Lookup.Packing.NONE) {
            // A part of a file, which does not begin with a block.
            return Body.Origin.FILE;
        }
        // The file that is read, which may be one that holds the other coded.
        return policy.bypassesPageCache(selected.length()) ? Body.Origin.DISK : Body.Origin.FILE;
    }

    private static String wholeReason(Method method, Representation selected, Lookup.Found found, Policy policy) {
        if (method == Method.HEAD) {
            return Reasons.HEAD;
        }
        return selected.length() == 0 ? Reasons.EMPTY_BODY : sizeReason(selected, found, policy);
    }

    private static String sizeReason(Representation selected, Lookup.Found found, Policy policy) {
        return switch (origin(selected, found, policy)) {
            case REGION -> Reasons.SMALL_BODY;
            case FILE -> Reasons.LARGE_BODY;
            case DISK -> Reasons.HUGE_BODY;
            case ARCHIVE -> Reasons.INFLATED;
        };
    }

    /** The whole file decides, not the range asked of it nor its coding: a region holds whole bodies, all codings of them. */
    private static boolean isSmall(Lookup.Found found, Policy policy) {
        return policy.holds(found.sourceLength());
    }
}
