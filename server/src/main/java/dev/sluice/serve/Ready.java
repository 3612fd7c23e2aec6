package dev.sluice.serve;

import dev.sluice.http.ContentCoding;
import dev.sluice.http.Method;
import dev.sluice.plan.Conditions;
import dev.sluice.plan.Dressing;
import dev.sluice.plan.Entrance;
import dev.sluice.plan.Lookup;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Planner;
import dev.sluice.plan.Policy;
import dev.sluice.plan.Representation;
import dev.sluice.plan.Request;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a plain GET of one representation, made once.
 *
 * @param representation what it is made of
 * @param plan the answer, dressed
 * @param head that answer's head
 */
record Ready(Representation representation, Plan plan, Head head) {
    /** The value of {@code Content-Encoding}, or null. */
    @Nullable
    String contentCoding() {
        ContentCoding coding = representation.coding();
        return coding == ContentCoding.IDENTITY ? null : coding.token();
    }

    /**
     * @param sourceLength the length of the file that is represented
     */
    static Ready of(
            Representation representation, long sourceLength, Dressing dressing, Entrance entrance, Policy policy) {
        Request plainGet = new Request(Method.GET, Instant.now(), Conditions.NONE).accepting(representation.coding());
        Lookup found = new Lookup.Found(List.of(representation), sourceLength, Set.of());
        Plan plan = dressing.dress(Planner.plan(plainGet, found, policy), entrance.cors(), null);
        return new Ready(representation, plan, Head.of(plan));
    }
}
