package dev.sluice.serve;

import dev.sluice.access.Accounts;
import dev.sluice.access.RateLimiter;
import dev.sluice.http.Credentials;
import dev.sluice.plan.Gate;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Planner;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Knows who may pass the gates that the rules of a site set up. */
public final class Gatekeeper {
    private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

    private final Map<Integer, Accounts> accounts;
    private final Map<Integer, RateLimiter> limiters;

    /**
     * @param accounts for each rule that asks for a password, by its place among the rules
     * @param limiters for each rule that limits the rate, in the same way
     */
    public Gatekeeper(Map<Integer, Accounts> accounts, Map<Integer, RateLimiter> limiters) {
        this.accounts = Map.copyOf(accounts);
        this.limiters = Map.copyOf(limiters);
    }

    /** What a gate came to. */
    enum Outcome {
        PASSED,
        REFUSED,
        /** To be asked again on a worker, who may wait. */
        UNDECIDED
    }

    /**
     * Asks whether a request passes.
     *
     * @param visitor who comes
     * @param mayWait whether a password that is not known yet may be checked now, for as long as bcrypt takes
     */
    Outcome pass(Gate gate, Visitor visitor, boolean mayWait) {
        if (gate instanceof Gate.Rate) {
            return waitFor(gate, visitor) == 0 ? Outcome.PASSED : Outcome.REFUSED;
        }
        Credentials credentials = visitor.credentials();
        Accounts known = accounts.get(gate.rule());
        if (credentials == null || known == null) {
            return Outcome.REFUSED;
        }
        Optional<Boolean> right = mayWait
                ? Optional.of(known.knows(credentials.user(), credentials.password()))
                : known.knownAlready(credentials.user(), credentials.password());
        return right.map(yes -> yes ? Outcome.PASSED : Outcome.REFUSED).orElse(Outcome.UNDECIDED);
    }

    /** Whether a visitor has the password for a gate. Blocking, and nothing is remembered of it. */
    boolean wouldPass(Gate.Password gate, Visitor visitor) {
        Credentials credentials = visitor.credentials();
        Accounts known = accounts.get(gate.rule());
        return credentials != null && known != null && known.wouldKnow(credentials.user(), credentials.password());
    }

    private long waitFor(Gate gate, Visitor visitor) {
        RateLimiter limiter = limiters.get(gate.rule());
        return limiter == null ? 0 : visitor.waited(limiter.tryAcquire(visitor.client(), System.nanoTime()));
    }

    /** The answer to one who was refused. */
    static Plan refusal(Gate gate, Visitor visitor) {
        return gate instanceof Gate.Password password
                ? Planner.unauthorized(password.realm())
                : Planner.tooMany((visitor.waited() + NANOS_PER_SECOND - 1) / NANOS_PER_SECOND);
    }

    /** Who makes a request, as far as gates care. */
    static final class Visitor {
        private final String client;
        private final @Nullable Credentials credentials;
        private long waited;

        /**
         * @param client who counts as one client for limits of rate
         * @param credentials what was sent as name and password, or null
         */
        Visitor(String client, @Nullable Credentials credentials) {
            this.client = client;
            this.credentials = credentials;
        }

        String client() {
            return client;
        }

        @Nullable
        Credentials credentials() {
            return credentials;
        }

        /** Nanoseconds until the next request of this client would pass. */
        long waited() {
            return waited;
        }

        private long waited(long nanos) {
            waited = nanos;
            return nanos;
        }
    }
}
