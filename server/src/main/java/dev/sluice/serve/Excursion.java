package dev.sluice.serve;

import dev.sluice.http.SitePath;
import dev.sluice.plan.Dressing;
import dev.sluice.plan.Gate;
import dev.sluice.plan.Lookup;
import dev.sluice.plan.Narrator;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Planner;
import dev.sluice.plan.Policy;
import io.undertow.util.HeaderMap;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The way of a request through a site, gone for the sake of the view: through the gates, to the file or what answers in its
 * place, to the plan. {@link Passage}, {@link ColdPath} and {@link Responder} go it in earnest.
 */
final class Excursion {
    private final Inquiry asked;
    private final HeaderMap headers;
    private final Policy policy;
    private final DirectoryLister lister;
    private final Trace trace;

    /** Whether the hot set did not have what was asked for. */
    private boolean cold;

    Excursion(Inquiry asked, HeaderMap headers, Policy policy, DirectoryLister lister, Trace trace) {
        this.asked = asked;
        this.headers = headers;
        this.policy = policy;
        this.lister = lister;
        this.trace = trace;
    }

    /** Goes all the way. */
    Explainer.Outcome go() {
        Plan refusal = refusal();
        Plan answer = refusal == null ? asked.withoutLookup() : refusal;
        return answer == null ? look() : answered(answer);
    }

    /** The answer of a plan that needs no look-up. */
    Explainer.Outcome answered(Plan plan) {
        return answered(asked, plan);
    }

    private Explainer.Outcome answered(Inquiry inquiry, Plan plan) {
        return finished(inquiry, plan, inquiry.dressing(null), CacheStatus.BYPASS);
    }

    /** What the first gate that is shut says; null if all are passed. */
    private @Nullable Plan refusal() {
        Gatekeeper.Visitor visitor = new Gatekeeper.Visitor("", RequestReader.credentials(headers));
        for (Gate gate : asked.entrance().gates()) {
            String rule = "rule " + (gate.rule() + 1) + ": ";
            if (gate instanceof Gate.Password password) {
                boolean passed = asked.site().gatekeeper().wouldPass(password, visitor);
                trace.add("gate", rule + (passed ? "the password is right" : "no right password was sent: 401"));
                if (!passed) {
                    return Gatekeeper.refusal(gate, visitor);
                }
            } else {
                trace.add("gate", rule + "the rate is limited; this was not counted");
            }
        }
        return null;
    }

    private Explainer.Outcome look() {
        try {
            Preview.Sight sight = asked.site().content().preview().look(asked.path(), asked.request(), trace);
            cold = !sight.ready();
            if (sight.loaded() instanceof Loaded.Elsewhere file) {
                return found(asked, file, sight.small());
            }
            if (sight.loaded() instanceof Loaded.Made page) {
                return made(asked, page);
            }
            if (sight.loaded() instanceof Loaded.Unsettled) {
                return answered(asked, asked.planned(new Lookup.Unavailable(Reasons.UNSETTLED), policy));
            }
            return sight.loaded() instanceof Loaded.Unindexed directory
                    ? list(directory.directory().path())
                    : absent(((Loaded.NoFile) sight.loaded()).lookup());
        } catch (IOException e) {
            trace.add("file", "cannot be read: " + e);
            return answered(asked, asked.planned(new Lookup.Failed(Reasons.IO_ERROR), policy));
        }
    }

    private Explainer.Outcome found(Inquiry inquiry, Loaded.Elsewhere file, boolean small) {
        Lookup lookup = file.lookup();
        trace.addAll(inquiry.site().rules().narrate(file.dressing()));
        if (lookup instanceof Lookup.Found found) {
            trace.addAll(Narrator.narrate(inquiry.request(), found));
        } else {
            trace.add("template", "a nonce of its own is written into each response: no coding, condition or range");
        }
        Plan plan =
                Planner.plan(inquiry.request(), lookup, inquiry.site().content().policy());
        return finished(inquiry, plan, file.dressing(), status(small));
    }

    private Explainer.Outcome made(Inquiry inquiry, Loaded.Made page) {
        trace.addAll(inquiry.site().rules().narrate(page.dressing()));
        Plan plan = Planner.plan(inquiry.request(), page.lookup(), policy);
        return finished(inquiry, plan, page.dressing(), CacheStatus.BYPASS);
    }

    private Explainer.Outcome list(SitePath directory) throws IOException {
        if (!asked.lists(directory)) {
            return absent(new Lookup.Missing("no-index"));
        }
        DirectoryLister.Listed listed = lister.list(asked, RequestReader.accept(headers), directory);
        listed.source().release();
        trace.add(
                "listing",
                listed.lookup() instanceof Lookup.Listing listing
                        ? listing.type().essence()
                        : "none");
        Plan plan = asked.planned(listed.lookup(), policy);
        Dressing dressing = listed.lookup() instanceof Lookup.Listing listing
                ? asked.listingDressing(listing.type())
                : asked.dressing(null);
        return finished(asked, plan, dressing, CacheStatus.BYPASS);
    }

    /** A page of the application may answer for what only the application knows. */
    private Explainer.Outcome absent(Lookup lookup) throws IOException {
        SitePath spa = asked.substitute(lookup);
        if (spa == null) {
            return answered(asked, asked.planned(lookup, policy));
        }
        Inquiry byAccept = asked.decidedByAccept();
        if (!RequestReader.navigation(headers)) {
            trace.add("spa", "not for this: Accept does not name text/html");
            return answered(byAccept, byAccept.planned(lookup, policy));
        }
        trace.add("spa", spa + " answers, since Accept names text/html and the name is none of an asset");
        Preview.Sight page = asked.site().content().preview().look(spa, asked.request(), trace);
        if (page.loaded() instanceof Loaded.Elsewhere file) {
            return found(byAccept, file, page.small());
        }
        if (page.loaded() instanceof Loaded.Made made) {
            return made(byAccept, made);
        }
        boolean unsettled = page.loaded() instanceof Loaded.Unsettled;
        Lookup otherwise = unsettled ? new Lookup.Unavailable(Reasons.UNSETTLED) : lookup;
        return answered(byAccept, byAccept.planned(otherwise, policy));
    }

    /** The plan as it is sent, unless the site has a page of its own for it. */
    private Explainer.Outcome finished(Inquiry inquiry, Plan plan, Dressing dressing, CacheStatus status) {
        SitePath path = inquiry.site().errorPages().of(plan.status());
        if (path == null) {
            return new Explainer.Outcome(inquiry.dressed(plan, dressing), status);
        }
        trace.add("error page", "for " + plan.status() + ": " + path);
        try {
            Preview.Sight page = inquiry.site().content().preview().look(path, inquiry.request(), trace);
            if (page.loaded() instanceof Loaded.Elsewhere file) {
                Plan instead = Planner.withPage(
                        inquiry.request(),
                        plan,
                        file.lookup(),
                        inquiry.site().content().policy());
                Dressing dressed =
                        inquiry.dressing(file.found().choices().get(0).type());
                return new Explainer.Outcome(inquiry.dressed(instead, dressed), status(page.small()));
            }
            if (page.loaded() instanceof Loaded.Made made) {
                Plan instead = Planner.withPage(inquiry.request(), plan, made.lookup(), policy);
                Dressing dressed = inquiry.dressing(Responder.type(made.lookup()));
                return new Explainer.Outcome(inquiry.dressed(instead, dressed), CacheStatus.BYPASS);
            }
        } catch (IOException e) {
            trace.add("error page", "cannot be read: " + e);
        }
        return new Explainer.Outcome(inquiry.dressed(plan, inquiry.dressing(null)), CacheStatus.BYPASS);
    }

    private CacheStatus status(boolean small) {
        if (!small) {
            return CacheStatus.BYPASS;
        }
        return cold ? CacheStatus.STORED : CacheStatus.HIT;
    }
}
