package dev.sluice.serve;

import dev.sluice.http.Method;
import dev.sluice.io.HotSet;
import dev.sluice.plan.Lookup;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Planner;
import dev.sluice.plan.Policy;
import dev.sluice.plan.Representation;
import dev.sluice.plan.Request;

/** From what was found to a response: asks the planner and has the plan carried out. */
final class Responder {
    private final Policy policy;
    private final PlanExecutor executor;

    Responder(Policy policy, PlanExecutor executor) {
        this.policy = policy;
        this.executor = executor;
    }

    /** Answers from the hot set; the entry is leased, and given back with the response. */
    void answerHot(Delivery delivery, Method method, HotSet.Entry<Hot> entry) {
        Source source = new Source.FromRegion(entry.slice());
        delivery.hold(source);
        Hot hot = entry.value();
        if (method == Method.GET && !RequestReader.conditional(delivery.exchange())) {
            executor.execute(delivery, hot.plan(), hot.head(), source);
        } else {
            Request request = RequestReader.read(delivery.exchange(), method);
            executor.execute(delivery, planned(request, new Lookup.Found(hot.representation())), source);
        }
    }

    /** Answers with a representation that is not in the hot set; the source is given back with the response. */
    void answer(Delivery delivery, Request request, Representation representation, Source source) {
        delivery.hold(source);
        executor.execute(delivery, planned(request, new Lookup.Found(representation)), source);
    }

    /** Answers that there is nothing, with the site's own page; the source is given back with the response. */
    void answerMissing(Delivery delivery, Request request, String reason, Representation page, Source source) {
        delivery.hold(source);
        executor.execute(delivery, planned(request, new Lookup.Missing(reason, page)), source);
    }

    /** Answers what needs no file. */
    void answer(Delivery delivery, Request request, Lookup lookup) {
        executor.execute(delivery, planned(request, lookup), Source.Nowhere.INSTANCE);
    }

    /** Answers by a plan that needed no look-up. */
    void answer(Delivery delivery, Plan plan) {
        executor.execute(delivery, plan, Source.Nowhere.INSTANCE);
    }

    /** The client is told the same for all that is missing; the record tells why. */
    private Plan planned(Request request, Lookup lookup) {
        Plan plan = Planner.plan(request, lookup, policy);
        return lookup instanceof Lookup.Refused refused ? plan.because(refused.reason()) : plan;
    }
}
