package dev.sluice.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A rule in the words of the configuration. */
final class RuleText {
    private RuleText() {}

    /** To which requests it applies; empty for all. */
    static String of(Match match) {
        List<String> conditions = new ArrayList<>();
        condition("path", match.paths().stream().map(Object::toString).toList(), conditions);
        condition("extension", match.extensions().stream().sorted().toList(), conditions);
        condition("method", match.methods().stream().map(Enum::name).sorted().toList(), conditions);
        condition("type", match.types(), conditions);
        return conditions.isEmpty() ? "" : " (" + String.join("; ", conditions) + ')';
    }

    private static void condition(String name, List<String> values, List<String> conditions) {
        if (!values.isEmpty()) {
            conditions.add(name + ' ' + String.join(", ", values));
        }
    }

    /** What it does before anybody looks for a file. */
    static String before(Rule rule) {
        return rule.actions().stream()
                .filter(action -> action instanceof Action.Before)
                .map(action -> text((Action.Before) action))
                .collect(Collectors.joining(", "));
    }

    private static String text(Action.Before action) {
        if (action instanceof Action.Redirect redirect) {
            return "redirect " + redirect.status() + " to " + redirect.target().origin()
                    + redirect.target().path();
        }
        if (action instanceof Action.Rewrite rewrite) {
            return "rewrite to " + rewrite.target();
        }
        if (action instanceof Action.Deny deny) {
            return "deny " + deny.status();
        }
        if (action instanceof Action.Authenticate authenticate) {
            return "auth for " + authenticate.realm();
        }
        if (action instanceof Action.LimitRate) {
            return "rateLimit";
        }
        return action instanceof Action.Share ? "cors" : "maintenance";
    }

    /** What it does with a response. */
    static String after(Rule rule) {
        return rule.actions().stream()
                .filter(action -> action instanceof Action.After)
                .map(action -> text((Action.After) action))
                .collect(Collectors.joining(", "));
    }

    private static String text(Action.After action) {
        if (action instanceof Action.SetField set) {
            return "set " + set.name();
        }
        if (action instanceof Action.AddField add) {
            return "add " + add.name();
        }
        if (action instanceof Action.RemoveField remove) {
            return "remove " + remove.name();
        }
        if (action instanceof Action.CacheControl cache) {
            return "cache " + cache.value();
        }
        if (action instanceof Action.LimitBandwidth limit) {
            return String.format(Locale.ROOT, "bandwidth %d bytes a second", limit.bytesPerSecond());
        }
        return action instanceof Action.Download ? "download" : "template";
    }
}
