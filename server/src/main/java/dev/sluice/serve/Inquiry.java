package dev.sluice.serve;

import dev.sluice.http.MediaType;
import dev.sluice.http.Method;
import dev.sluice.http.SitePath;
import dev.sluice.plan.Dressing;
import dev.sluice.plan.Entrance;
import dev.sluice.plan.Lookup;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Planner;
import dev.sluice.plan.Policy;
import dev.sluice.plan.Request;
import org.jspecify.annotations.Nullable;

/**
 * What a site is asked, and what follows from that alone: for a request that is answered and for one that is only explained.
 *
 * @param site that is asked
 * @param request what a plan depends on
 * @param path what is asked for, decoded
 * @param query behind it, without the question mark; empty for none
 * @param entrance what the rules say of the path
 * @param byAccept whether another {@code Accept} could have got another answer
 */
record Inquiry(ServedSite site, Request request, SitePath path, String query, Entrance entrance, boolean byAccept) {
    /** The same, with {@code Accept} having made a difference. */
    Inquiry decidedByAccept() {
        return new Inquiry(site, request, path, query, entrance, true);
    }

    Method method() {
        return request.method();
    }

    /** The answer to one who may pass the gates, if no file is to be looked for; else null. */
    @Nullable
    Plan withoutLookup() {
        Plan end = entrance.end();
        return end == null ? Planner.withoutLookup(method()).orElse(null) : end.keepingQuery(query);
    }

    /** The answer where no file is. */
    Plan planned(Lookup lookup, Policy policy) {
        return planned(request, lookup, policy).keepingQuery(query);
    }

    /** The client is told the same for all that is missing; the record tells why. */
    static Plan planned(Request request, Lookup lookup, Policy policy) {
        Plan plan = Planner.plan(request, lookup, policy);
        boolean own = Planner.withoutLookup(request.method()).isEmpty();
        return own && lookup instanceof Lookup.Refused refused ? plan.because(refused.reason()) : plan;
    }

    /**
     * The page of an application that answers navigations in the place of what is missing, or null. A missing script is
     * missing: a page in its place would only be another error. And a page that is guarded is not given on this way.
     */
    @Nullable
    SitePath substitute(Lookup lookup) {
        SitePath spa = site.spa();
        boolean navigable = lookup instanceof Lookup.Missing && !site.content().isAsset(path);
        boolean answers = spa != null
                && navigable
                && !path.equals(spa)
                && !site.rules().before(Method.GET, spa).guardedBeyond(entrance);
        return answers ? spa : null;
    }

    /**
     * Whether a directory without an index is listed. Candidates may have led to another one than was asked for: its names mean
     * nothing at that path.
     */
    boolean lists(SitePath directory) {
        return site.listing() != Listing.OFF && entrance.path().withSlash(true).equals(directory);
    }

    /** How a listing is dressed. It has no file name, so it is never taken for a file that stays as it is. */
    Dressing listingDressing(MediaType type) {
        return site.rules().after(method(), path, "", type);
    }

    /** How an answer that no file gives is dressed. */
    Dressing dressing(@Nullable MediaType type) {
        return site.rules().after(method(), path, entrance.path().name(), type);
    }

    /** A plan as it is sent. */
    Plan dressed(Plan plan, Dressing dressing) {
        Plan sent = method() == Method.HEAD ? plan.withoutBody() : plan;
        return dressing.dress(byAccept ? sent.varyingBy("Accept") : sent, entrance.cors(), request.origin());
    }
}
