package dev.sluice.plan;

/** What a request has to pass before it is answered. Whether it does is for the one to say who keeps accounts and counts. */
public sealed interface Gate {
    /** The place of the rule that set it up among the site's rules, from 0. */
    int rule();

    /**
     * A name and a password.
     *
     * @param rule its rule
     * @param realm what the browser shows
     */
    record Password(int rule, String realm) implements Gate {}

    /**
     * Not too many requests.
     *
     * @param rule its rule
     */
    record Rate(int rule) implements Gate {}
}
