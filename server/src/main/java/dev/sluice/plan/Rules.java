package dev.sluice.plan;

import dev.sluice.http.HeaderFields;
import dev.sluice.http.MalformedPathException;
import dev.sluice.http.MediaType;
import dev.sluice.http.Method;
import dev.sluice.http.SitePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a site, in order. All that match apply; what a later one says of the same thing wins. A redirect, a denial or
 * maintenance ends the walk before the look-up; a rewrite shows the rules behind it another path.
 *
 * <p>Pure: the same request always gets the same answer, so that it can be computed once for a hot file.
 */
public final class Rules {
    /** No rules. */
    public static final Rules NONE = new Rules(List.of());

    private final List<Rule> rules;
    private final List<String> noncePlaceholders;

    /** What no rule says anything of: one for all, since one is kept for each hot file. */
    private final Dressing undressed;

    public Rules(List<Rule> rules) {
        this.rules = List.copyOf(rules);
        this.noncePlaceholders = rules.stream()
                .flatMap(rule -> rule.actions().stream())
                .flatMap(action -> action instanceof Action.Template template
                        ? Stream.ofNullable(template.nonce())
                        : Stream.empty())
                .distinct()
                .toList();
        this.undressed = new DressingBuilder("", null, noncePlaceholders).build(false);
    }

    /** The rules as given. */
    public List<Rule> list() {
        return rules;
    }

    /** Says what has to happen before anybody looks for a file. */
    public Entrance before(Method method, SitePath path) {
        Walk walk = new Walk(method, path);
        for (int i = 0; i < rules.size() && walk.end == null; i++) {
            walk.visit(i, rules.get(i));
        }
        return new Entrance(walk.path, walk.gates, walk.end, walk.cors, walk.matched);
    }

    /**
     * Says how the answer is to be dressed.
     *
     * @param path the requested path; a rewrite changes it for the rules behind it, as before the look-up
     * @param fileName the name of the file that was found, or else of what was looked for
     * @param type of that file, or null if none was found
     */
    public Dressing after(Method method, SitePath path, String fileName, @Nullable MediaType type) {
        DressingBuilder dressing = new DressingBuilder(fileName, type, noncePlaceholders);
        Walk walk = new Walk(method, path);
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            if (rule.match().after(method, walk.decoded, fileName, type)) {
                dressing.apply(i, rule.actions());
            }
            if (walk.end == null) {
                walk.visit(i, rule);
            }
        }
        Dressing built = dressing.build(walk.gates.stream().anyMatch(gate -> gate instanceof Gate.Password));
        return built.equals(undressed) ? undressed : built;
    }

    /** Tells in words what rules did before the look-up, a step for each that did anything. */
    public List<Step> narrate(Entrance entrance) {
        return narrate(entrance.rules(), RuleText::before);
    }

    /** Tells in words how rules dressed a response, a step for each that did anything. */
    public List<Step> narrate(Dressing dressing) {
        return narrate(dressing.rules(), RuleText::after);
    }

    private List<Step> narrate(List<Integer> places, Function<Rule, String> deeds) {
        return places.stream()
                .filter(place -> !deeds.apply(rules.get(place)).isEmpty())
                .map(place -> new Step(
                        "rule",
                        "rule " + (place + 1) + RuleText.of(rules.get(place).match()) + ": "
                                + deeds.apply(rules.get(place))))
                .toList();
    }

    /** One pass over the rules before the look-up. */
    private static final class Walk {
        private final Method method;
        private final List<Gate> gates = new ArrayList<>();
        private final List<Integer> matched = new ArrayList<>();
        private SitePath path;
        private String decoded;
        private @Nullable Plan end;
        private @Nullable Cors cors;

        Walk(Method method, SitePath path) {
            this.method = method;
            this.path = path;
            this.decoded = path.decoded();
        }

        void visit(int number, Rule rule) {
            Optional<List<String>> captures = rule.match().before(method, decoded);
            if (captures.isEmpty()) {
                return;
            }
            matched.add(number);
            for (Action action : rule.actions()) {
                if (action instanceof Action.Before before && end == null) {
                    take(number, before, captures.get());
                }
            }
        }

        private void take(int number, Action.Before action, List<String> captures) {
            if (action instanceof Action.Redirect redirect) {
                end = redirect(redirect.status(), redirect.target().location(captures));
            } else if (action instanceof Action.Deny deny) {
                end = denied(deny.status());
            } else if (action instanceof Action.Maintenance maintenance) {
                end = Refusal.MAINTENANCE.plan(HeaderFields.builder()
                        .add("Retry-After", Long.toString(maintenance.retryAfterSeconds()))
                        .build());
            } else if (action instanceof Action.Rewrite rewrite) {
                rewriteTo(rewrite.target().expand(captures));
            } else if (action instanceof Action.Authenticate authenticate) {
                gates.add(new Gate.Password(number, authenticate.realm()));
            } else if (action instanceof Action.LimitRate) {
                gates.add(new Gate.Rate(number));
            } else if (action instanceof Action.Share share) {
                cors = share.cors();
            }
        }

        private void rewriteTo(String target) {
            try {
                // Parsed anew, since a capture may have completed a dot segment.
                path = SitePath.parse(SitePath.encode(target));
                decoded = path.decoded();
            } catch (MalformedPathException e) {
                end = Refusal.MALFORMED_PATH.plan();
            }
        }
    }

    private static Plan redirect(int status, String location) {
        return new Plan(status, ResponseFields.redirect(location), new Body.None(), Reasons.RULE_REDIRECT);
    }

    private static Plan denied(int status) {
        return switch (status) {
            case 403 -> Refusal.DENIED.plan();
            case 410 -> Refusal.GONE.plan();
            // Not to be told from what is missing, by its reason neither.
            default -> Refusal.NOTHING_THERE.plan().because(Reasons.DENIED);
        };
    }
}
