package dev.sluice.serve;

import dev.sluice.http.HeaderFields;
import dev.sluice.http.MalformedPathException;
import dev.sluice.http.Method;
import dev.sluice.http.SitePath;
import dev.sluice.ledger.IoPath;
import dev.sluice.plan.Body;
import dev.sluice.plan.Entrance;
import dev.sluice.plan.Lookup;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Policy;
import dev.sluice.plan.Request;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;

/**
 * Tells how a request would be answered, and why so, without answering it: goes the way of {@link StaticHandler} by the same
 * decisions and leaves no trace of its own, neither in the hot set nor in the ledger nor with the gatekeeper.
 *
 * <p>It takes for granted that a limit of rate is not reached, that a region has room, that the file system takes O_DIRECT
 * where it is planned, and that the request gets here: Undertow's parser refuses some by itself.
 */
public final class Explainer {
    private final Serving serving;
    private final Policy policy;
    private final RequestReader reader = new RequestReader();
    private final DirectoryLister lister;

    /**
     * @param serving what is served
     * @param storage where its bodies are held
     */
    public Explainer(Serving serving, Storage storage) {
        this.serving = serving;
        this.policy = storage.policy();
        this.lister = new DirectoryLister(storage.listingMemory());
    }

    /** Explains a request. Blocking: it may read a file, and check a password. */
    public Explanation explain(ExplainedRequest asked) {
        Trace trace = new Trace();
        HeaderMap headers = headers(asked.fields());
        Edition edition = serving.current();
        return told(asked, outcome(edition.sites(), asked, headers, trace), edition.serverTiming(), trace);
    }

    private static HeaderMap headers(HeaderFields fields) {
        HeaderMap headers = new HeaderMap();
        for (HeaderFields.Field field : fields) {
            headers.add(HttpString.tryFromString(field.name()), field.value());
        }
        return headers;
    }

    private Outcome outcome(SiteTable sites, ExplainedRequest asked, HeaderMap headers, Trace trace) {
        if (!Framing.sound(headers, true)) {
            trace.add("framing", "it is in doubt where the request's body ends");
            return refused(reader.read(headers, Method.GET), new Lookup.Misframed(Reasons.FRAMING));
        }
        SiteTable.Match match = sites.find(headers.getFirst(Headers.HOST), asked.secure());
        ServedSite site = match.site();
        if (site == null) {
            trace.add("site", "none: " + match.refusal().reason());
            return refused(reader.read(headers, Method.GET), match.refusal());
        }
        String host = headers.contains(Headers.HOST) ? headers.getFirst(Headers.HOST) : "no Host was given";
        trace.add("site", site.name() + " (" + host + ")");
        Request request = reader.read(headers, Method.of(asked.method()));
        int question = asked.target().indexOf('?');
        try {
            SitePath path = SitePath.parse(
                    question < 0 ? asked.target() : asked.target().substring(0, question));
            String query = question < 0 ? "" : asked.target().substring(question + 1);
            return enter(site, request, path, query, headers, trace);
        } catch (MalformedPathException e) {
            trace.add("target", "malformed: " + e.getMessage());
            return refused(request, new Lookup.Rejected(Reasons.MALFORMED_PATH));
        }
    }

    private Outcome refused(Request request, Lookup.Refused lookup) {
        return new Outcome(Inquiry.planned(request, lookup, policy), CacheStatus.BYPASS);
    }

    private Outcome enter(
            ServedSite site, Request request, SitePath path, String query, HeaderMap headers, Trace trace) {
        Preflight preflight = Preflight.of(headers, request.method());
        Entrance entrance = site.rules().before(preflight.method(), path);
        trace.addAll(site.rules().narrate(entrance));
        if (!entrance.path().equals(path)) {
            trace.add("rewrite", "looked for as " + entrance.path());
        }
        Inquiry inquiry = new Inquiry(site, request, path, query, entrance, false);
        Excursion excursion = new Excursion(inquiry, headers, policy, lister, trace);
        Plan answer = preflight.answer(entrance, request.origin());
        return answer == null ? excursion.go() : excursion.answered(answer);
    }

    /**
     * What would be sent.
     *
     * @param plan dressed
     * @param status what the hot set would have to do with it
     */
    record Outcome(Plan plan, CacheStatus status) {}

    private Explanation told(ExplainedRequest asked, Outcome outcome, boolean serverTiming, Trace trace) {
        Plan plan = outcome.plan();
        IoPath planned = PlannedPath.of(plan.body());
        HeaderFields.Builder fields = HeaderFields.builder();
        for (HeaderFields.Field field : plan.fields()) {
            if (asked.secure() || !Head.secureOnly(field.name())) {
                fields.add(field.name(), field.value());
            }
        }
        if (serverTiming) {
            boolean copied = asked.secure() && planned != IoPath.NONE;
            fields.set("Server-Timing", PlannedPath.told(planned, copied));
            fields.set("Cache-Status", outcome.status().value());
        }
        boolean elsewhere = !(plan.body() instanceof Body.None) && planned != IoPath.COPY;
        trace.add("path", planned.label() + ": " + plan.reason() + (elsewhere ? " (copy over TLS and HTTP/2)" : ""));
        return new Explanation(plan.status(), planned, plan.reason(), fields.build(), trace.steps());
    }
}
