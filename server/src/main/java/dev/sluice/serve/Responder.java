package dev.sluice.serve;

import dev.sluice.http.AcceptEncoding;
import dev.sluice.http.ContentCoding;
import dev.sluice.http.MediaType;
import dev.sluice.http.Method;
import dev.sluice.http.SitePath;
import dev.sluice.io.HotSet;
import dev.sluice.io.RegionSlice;
import dev.sluice.plan.Dressing;
import dev.sluice.plan.Lookup;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Planner;
import dev.sluice.plan.Policy;

/** From what was found to a response: asks the planner, has the rules dress the plan, and has it carried out. */
final class Responder {
    private final Policy policy;
    private final PlanExecutor executor;
    private final RequestReader reader;
    private final PageTurner pages;

    Responder(Policy policy, PlanExecutor executor, RequestReader reader, PageTurner pages) {
        this.policy = policy;
        this.executor = executor;
        this.reader = reader;
        this.pages = pages;
    }

    /** Answers a refusal with the site's own page for it. */
    @FunctionalInterface
    interface PageTurner {
        /** To be called from any thread; the answer may come from another one. */
        void turn(Visit visit, Plan refusal, SitePath page);
    }

    /**
     * Answers a GET that asks for nothing but the whole of a hot file that everybody may have: the hot path.
     *
     * @param slice the entry's bytes, leased, and given back with the response
     * @return false if this request is not such a one; nothing has happened then, and the bytes are still leased
     */
    boolean answerHot(Delivery delivery, ServedSite site, HotSet.Entry<Hot> entry, RegionSlice slice) {
        Hot hot = entry.value();
        if (hot.template() != null || RequestReader.conditional(delivery.exchange())) {
            return false;
        }
        AcceptEncoding accepted = reader.codings(delivery.exchange().getRequestHeaders());
        FastPath fastPath = delivery.egress().fastPath();
        if (fastPath != null) {
            fastPath.learn(delivery.exchange(), site, accepted);
        }
        Hot.LeasedVariant coded = hot.lease(accepted);
        if (coded != null) {
            slice.release();
            execute(delivery, hot, coded.ready(), coded.slice());
            return true;
        }
        if (accepted.quality(ContentCoding.IDENTITY) == 0) {
            return false;
        }
        site.content().variants().want(entry, accepted);
        execute(delivery, hot, hot.identity(), slice);
        return true;
    }

    private void execute(Delivery delivery, Hot hot, Ready ready, RegionSlice slice) {
        Source source = new Source.FromRegion(slice);
        delivery.hold(source);
        Ready.Answer answer = hot.answer(ready, policy);
        executor.execute(
                delivery, answer.plan(), answer.head(), source, hot.dressing().bytesPerSecond());
    }

    /** Answers any request from the hot set; the entry is leased, and given back with the response. */
    void answer(Visit visit, HotSet.Leased<Hot> leased) {
        Found found = found(visit, leased);
        send(visit, found.lookup(), found.source(), leased.entry().value().dressing());
    }

    /**
     * What the planner decides by, and the bytes to it.
     *
     * @param source leased
     */
    record Found(Lookup lookup, Source source) {}

    /** Chooses among the codings of a hot file; the entry is leased, and that lease goes over to the source. */
    Found found(Visit visit, HotSet.Leased<Hot> leased) {
        Hot hot = leased.entry().value();
        Source body = new Source.FromRegion(leased.slice());
        Template template = hot.template();
        if (template != null) {
            return new Found(
                    template.lookup(hot.identity().representation().type()), new Source.FromTemplate(template, body));
        }
        AcceptEncoding accepted = visit.request().codings();
        Hot.LeasedVariant coded = hot.lease(accepted);
        if (coded != null) {
            body.release();
            return new Found(hot.found(coded.ready().representation()), new Source.FromRegion(coded.slice()));
        }
        visit.site().content().variants().want(leased.entry(), accepted);
        return new Found(hot.found(hot.identity().representation()), body);
    }

    /** Answers with a file that is not in the hot set; its sources are given back with the response. */
    void answer(Visit visit, Loaded.Elsewhere elsewhere) {
        Plan plan = Planner.plan(
                visit.request(), elsewhere.lookup(), visit.site().content().policy());
        Source source = elsewhere.take(plan.coding());
        Template template = elsewhere.template();
        execute(
                visit,
                plan,
                template == null ? source : new Source.FromTemplate(template, source),
                elsewhere.dressing());
    }

    /** Answers with a page that was made for this response alone. */
    void answer(Visit visit, Loaded.Made page) {
        send(visit, page.lookup(), page.source(), page.dressing());
    }

    private void send(Visit visit, Lookup lookup, Source source, Dressing dressing) {
        execute(visit, Planner.plan(visit.request(), lookup, policy), source, dressing);
    }

    /** Answers what needs no file, or has somebody else answer what is not here. */
    void answer(Visit visit, Lookup lookup) {
        if (lookup instanceof Lookup.Missing && visit.delivery().handOn()) {
            return;
        }
        answer(visit, visit.inquiry().planned(lookup, policy));
    }

    /** Answers with a listing; its source is given back with the response. */
    void answer(Visit visit, Lookup.Listing listing, Source source) {
        send(visit, listing, source, visit.inquiry().listingDressing(listing.type()));
    }

    /** Answers by a plan that needed no look-up. */
    void answer(Visit visit, Plan plan) {
        execute(visit, plan, Source.Nowhere.INSTANCE, visit.dressing(null));
    }

    /** Has a plan carried out, unless the site has a page of its own for it; the source is given back with the response. */
    private void execute(Visit visit, Plan plan, Source source, Dressing dressing) {
        SitePath page = visit.site().errorPages().of(plan.status());
        if (page == null) {
            finish(visit, plan, source, dressing);
        } else {
            source.release();
            pages.turn(visit, plan, page);
        }
    }

    /** Answers a refusal by a page that has been found; the source is given back with the response. */
    void answerWithPage(Visit visit, Plan refusal, Lookup page, Source source) {
        finish(visit, Planner.withPage(visit.request(), refusal, page, policy), source, visit.dressing(type(page)));
    }

    /** The media type of a page. */
    static MediaType type(Lookup page) {
        if (page instanceof Lookup.Templated templated) {
            return templated.type();
        }
        return page instanceof Lookup.Made made
                ? made.type()
                : ((Lookup.Found) page).choices().get(0).type();
    }

    /** The same for a page that is not in the hot set. */
    void answerWithPage(Visit visit, Plan refusal, Loaded.Elsewhere page) {
        Plan plan = Planner.withPage(
                visit.request(), refusal, page.found(), visit.site().content().policy());
        MediaType type = page.found().choices().get(0).type();
        finish(visit, plan, page.take(plan.coding()), visit.dressing(type));
    }

    /**
     * Answers by a plan that no rule dresses.
     *
     * @param source given back with the response
     */
    void answer(Delivery delivery, Plan plan, Source source) {
        delivery.hold(source);
        executor.execute(delivery, plan, Head.of(plan), source, 0);
    }

    /** Refuses what the server has no means for now, so that not even a page for it is looked for. */
    void turnAway(Visit visit, Lookup.Unavailable lookup) {
        answerWithoutPage(visit, visit.inquiry().planned(lookup, policy));
    }

    /** Answers a refusal by its line of text. */
    void answerWithoutPage(Visit visit, Plan refusal) {
        finish(visit, refusal, Source.Nowhere.INSTANCE, visit.dressing(null));
    }

    private void finish(Visit visit, Plan plan, Source source, Dressing dressing) {
        visit.delivery().hold(source);
        Plan dressed = visit.inquiry().dressed(plan, dressing);
        executor.execute(visit.delivery(), dressed, Head.of(dressed), source, dressing.bytesPerSecond());
    }

    /** Answers a request that belongs to no site, or to none of its paths. */
    void refuse(Delivery delivery, Method method, Lookup.Refused lookup) {
        answer(delivery, method, lookup);
    }

    /** Answers a request without asking a site's rules. */
    void answer(Delivery delivery, Method method, Lookup lookup) {
        Plan plan = Inquiry.planned(reader.read(delivery.exchange(), method), lookup, policy);
        executor.execute(delivery, plan, Head.of(plan), Source.Nowhere.INSTANCE, 0);
    }
}
