package dev.sluice.serve;

import dev.sluice.http.ContentCoding;
import dev.sluice.http.Method;
import dev.sluice.ledger.IoPath;
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
 * The answer to a plain GET of one representation, made once: the octets of its head, and what its record says.
 *
 * <p>The plan behind it, which says the same in many small objects, would be half of all that is held in the heap of a hot
 * file. It is made again for the first one who goes the long way, and kept from then on.
 */
final class Ready {
    private final Representation representation;
    private final byte[] clear;
    private final byte[] secure;
    private final int status;
    private final IoPath planned;
    private final String reason;
    private final boolean repeatable;

    /** Two threads may make the same. */
    private @Nullable Answer answer;

    /**
     * An answer in full.
     *
     * @param plan the answer, dressed
     * @param head that answer's head
     */
    record Answer(Plan plan, Head head) {
        static Answer to(Plan dressed) {
            return new Answer(dressed, Head.of(dressed));
        }
    }

    private Ready(Representation representation, Answer answer) {
        this.representation = representation;
        this.clear = answer.head().octets(false);
        this.secure = answer.head().secureDiffers() ? answer.head().octets(true) : clear;
        this.status = answer.plan().status();
        this.planned = PlannedPath.of(answer.plan().body());
        this.reason = answer.plan().reason();
        this.repeatable = answer.head().repeatable();
    }

    /**
     * The answer with a representation.
     *
     * @param dressed the plan of it
     */
    static Ready of(Representation representation, Plan dressed) {
        return new Ready(representation, Answer.to(dressed));
    }

    /**
     * @param sourceLength the length of the file that is represented
     */
    static Ready of(
            Representation representation, long sourceLength, Dressing dressing, Entrance entrance, Policy policy) {
        return of(representation, plan(representation, sourceLength, dressing, entrance, policy));
    }

    private static Plan plan(
            Representation representation, long sourceLength, Dressing dressing, Entrance entrance, Policy policy) {
        Request plainGet = new Request(Method.GET, Instant.now(), Conditions.NONE).accepting(representation.coding());
        Lookup found = new Lookup.Found(List.of(representation), sourceLength, Set.of());
        return dressing.dress(Planner.plan(plainGet, found, policy), entrance.cors(), null);
    }

    /** The same in full; the arguments are those that it was made of. */
    Answer answer(long sourceLength, Dressing dressing, Entrance entrance, Policy policy) {
        Answer known = answer;
        if (known == null) {
            known = Answer.to(plan(representation, sourceLength, dressing, entrance, policy));
            answer = known;
        }
        return known;
    }

    /** What it is made of. */
    Representation representation() {
        return representation;
    }

    /**
     * Its head as HTTP/1.1 writes it, up to the value of {@code Date}.
     *
     * @param overTls whether it goes over TLS
     * @return not to be changed
     */
    byte[] head(boolean overTls) {
        return overTls ? secure : clear;
    }

    /** Whether {@link #head} is all there is to say. */
    boolean repeatable() {
        return repeatable;
    }

    int status() {
        return status;
    }

    /** The I/O path that is planned. */
    IoPath planned() {
        return planned;
    }

    /** Why it is this body. */
    String reason() {
        return reason;
    }

    /** The value of {@code Content-Encoding}, or null. */
    @Nullable
    String contentCoding() {
        ContentCoding coding = representation.coding();
        return coding == ContentCoding.IDENTITY ? null : coding.token();
    }
}
