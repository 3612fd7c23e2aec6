package dev.sluice.plan;

import dev.sluice.http.AcceptEncoding;
import dev.sluice.http.ContentCoding;
import dev.sluice.http.Method;
import dev.sluice.http.Ranges;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Puts into words what the {@link Planner} decides of a representation: asks the same questions in the same order, of the
 * same functions.
 */
public final class Narrator {
    private Narrator() {}

    /**
     * Tells how a plan came about.
     *
     * @param request the request that was planned for, a GET or HEAD
     * @param found what was found for it
     * @return the coding, the preconditions and the range, as far as each was reached
     */
    public static List<Step> narrate(Request request, Lookup.Found found) {
        List<Step> steps = new ArrayList<>();
        List<Representation> offered = Planner.offered(request, found);
        Optional<Representation> choice = Negotiator.select(request, offered);
        steps.add(new Step("coding", coding(request.codings(), offered, choice)));
        if (choice.isPresent()) {
            Representation selected = choice.get().shownAt(request.receivedAt());
            steps.add(new Step("precondition", precondition(request, selected)));
            if (Preconditions.evaluate(request, selected) == Preconditions.Outcome.PASSED) {
                steps.add(new Step("range", range(request, selected, found)));
            }
        }
        return steps;
    }

    private static String coding(
            AcceptEncoding accepted, List<Representation> offered, Optional<Representation> choice) {
        String among = offered.stream().map(offer -> offer.coding().token()).collect(Collectors.joining(", "));
        if (choice.isEmpty()) {
            return "none: Accept-Encoding takes none of " + among + ": 406";
        }
        ContentCoding chosen = choice.get().coding();
        if (accepted == AcceptEncoding.ANY) {
            return chosen.token() + ": no Accept-Encoding was sent";
        }
        return chosen.token() + ": Accept-Encoding likes it best of " + among + " (q=" + quality(accepted, chosen)
                + ')';
    }

    private static String quality(AcceptEncoding accepted, ContentCoding coding) {
        int thousandths = accepted.quality(coding);
        return thousandths == 1000
                ? "1"
                : String.format(Locale.ROOT, "0.%03d", thousandths).replaceAll("0+$", "");
    }

    private static String precondition(Request request, Representation selected) {
        Conditions sent = request.conditions();
        boolean identifying = sent.ifMatch() != null || sent.ifUnmodifiedSince() != null;
        boolean avoiding = sent.ifNoneMatch() != null || sent.ifModifiedSince() != null;
        List<String> findings = new ArrayList<>();
        boolean failed = false;
        if (identifying) {
            Conditions only = new Conditions(sent.ifMatch(), sent.ifUnmodifiedSince(), null, null, null, null);
            failed = evaluate(request, only, selected) == Preconditions.Outcome.FAILED;
            findings.add(name(sent.ifMatch() != null, "If-Match", "If-Unmodified-Since")
                    + (failed ? " does not hold: 412" : " holds: go on"));
        }
        if (avoiding && !failed) {
            Conditions only = new Conditions(null, null, sent.ifNoneMatch(), sent.ifModifiedSince(), null, null);
            boolean held = evaluate(request, only, selected) == Preconditions.Outcome.NOT_MODIFIED;
            findings.add(name(sent.ifNoneMatch() != null, "If-None-Match", "If-Modified-Since")
                    + (held ? " says that the client holds this one: 304" : " names another one: go on"));
        }
        return findings.isEmpty() ? "none was sent" : String.join("; ", findings);
    }

    private static Preconditions.Outcome evaluate(Request request, Conditions only, Representation selected) {
        return Preconditions.evaluate(new Request(request.method(), request.receivedAt(), only), selected);
    }

    /** A date is not looked at beside a tag (RFC 9110 §13.1.3, §13.1.4). */
    private static String name(boolean tag, String byTag, String byDate) {
        return tag ? byTag : byDate;
    }

    private static String range(Request request, Representation selected, Lookup.Found found) {
        if (request.conditions().range() == null) {
            return "the whole: no Range was sent";
        }
        if (request.method() != Method.GET) {
            return "the whole: Range counts for GET alone";
        }
        if (found.streamable().contains(selected.coding())) {
            return "the whole: what is compressed while it is sent has no ranges";
        }
        if (!Preconditions.rangeApplies(request, selected)) {
            return "the whole: If-Range names another one";
        }
        Ranges ranges = Planner.ranges(request, selected);
        if (ranges instanceof Ranges.Satisfiable some) {
            String parts = some.ranges().stream()
                    .map(part -> part.first() + "-" + part.last())
                    .collect(Collectors.joining(", "));
            return "bytes " + parts + " of " + selected.length();
        }
        return ranges instanceof Ranges.Unsatisfiable
                ? "none of it lies within the " + selected.length() + " bytes: 416"
                : "the whole: Range is malformed, of another unit, or asks for more than all of it";
    }
}
