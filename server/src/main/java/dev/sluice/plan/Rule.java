package dev.sluice.plan;

import java.util.List;

/**
 * What a site does with some of its paths.
 *
 * @param match with which
 * @param actions what, in this order
 */
public record Rule(Match match, List<Action> actions) {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if the rule matches by media type, yet has an action that is decided before the file,
     *     and so its type, is known
     */
    public Rule {
        actions = List.copyOf(actions);
        if (match.needsType() && actions.stream().anyMatch(action -> action instanceof Action.Before)) {
            throw new IllegalArgumentException(
                    "rule by type: " + actions + " (expected: no action before the look-up)");
        }
    }
}
