package dev.sluice.config;

import java.util.List;
import java.util.Map;

/** Reads one rule: which requests it is for, and what it does to them. */
final class RuleBinder {
    private static final String MATCH = "match";

    /** Each of these is the last word about a request's path; two of them would contradict each other. */
    private static final List<String> DECISIVE = List.of("redirect", "rewrite", "deny", "maintenance");

    /** These are decided before the file, and with it the media type, is known. */
    private static final List<String> BEFORE_LOOK_UP =
            List.of("redirect", "rewrite", "cors", "auth", "deny", "maintenance", "rateLimit");

    private static final List<String> AFTER_LOOK_UP =
            List.of("headers", "cache", "download", "bandwidth", "security", "template");

    private final ResponseActions responses;

    RuleBinder(Map<String, String> environment) {
        this.responses = new ResponseActions(environment);
    }

    RuleSettings bind(Section section) {
        MatchSettings match = MatchBinder.bind(section.section(MATCH));
        CaptureTypes captures = MatchBinder.captures(match);
        RuleSettings rule = new RuleSettings(
                match,
                ResponseActions.headers(section).orElse(null),
                ResponseActions.cache(section).orElse(null),
                RequestActions.redirect(section, captures).orElse(null),
                section.optional("rewrite", captures.rewriteTarget()).orElse(null),
                RequestActions.cors(section).orElse(null),
                RequestActions.auth(section).orElse(null),
                ResponseActions.download(section).orElse(null),
                RequestActions.deny(section).orElse(null),
                RequestActions.maintenance(section).orElse(null),
                RequestActions.rateLimit(section).orElse(null),
                ResponseActions.bandwidth(section).orElse(null),
                ResponseActions.security(section).orElse(null),
                responses.template(section).orElse(null));
        checkActions(section, match);
        section.finish();
        return rule;
    }

    private static void checkActions(Section section, MatchSettings match) {
        if (section.isEmptyBut(MATCH)) {
            section.lacks(
                    "action", "one of " + String.join(", ", BEFORE_LOOK_UP) + ", " + String.join(", ", AFTER_LOOK_UP));
        }
        DECISIVE.stream()
                .filter(section::has)
                .skip(1)
                .forEach(key -> section.reject(key, "only one of " + String.join(", ", DECISIVE) + " in a rule"));
        if (!match.type().isEmpty()) {
            String expected = "no match.type with it, since it is decided before the type is known; with match.type: "
                    + String.join(", ", AFTER_LOOK_UP);
            BEFORE_LOOK_UP.forEach(key -> section.reject(key, expected));
        }
    }
}
