package dev.sluice.cli;

import dev.sluice.config.KeyOverride;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * An option that sets a key of the configuration. Its value stays text: the configuration alone knows what is valid, so
 * that an option and its key can never disagree.
 *
 * @param key the key that it sets
 * @param fixed what it sets the key to if it takes no value; null if it takes one
 * @param label what the help shows as its value
 * @param description what it does
 * @param names its names, the long one last
 */
record KeyOption(String key, @Nullable String fixed, String label, String description, List<String> names) {
    static KeyOption of(String key, String label, String description, String... names) {
        return new KeyOption(key, null, label, description, List.of(names));
    }

    static KeyOption flag(String key, String fixed, String description, String name) {
        return new KeyOption(key, fixed, "", description, List.of(name));
    }

    /** The option as picocli sees it. */
    OptionSpec spec() {
        return OptionSpec.builder(names.toArray(String[]::new))
                .type(fixed == null ? String.class : boolean.class)
                .arity(fixed == null ? "1" : "0")
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** The name that messages tell. */
    String longName() {
        return names.get(names.size() - 1);
    }

    /** What it sets to that value, or to its fixed one. */
    KeyOverride set(String value) {
        return new KeyOverride(longName(), key, fixed == null ? value : fixed);
    }

    /** What it sets; null if it was not given. */
    @Nullable
    KeyOverride in(ParseResult given) {
        if (!given.hasMatchedOption(longName())) {
            return null;
        }
        return set(fixed == null ? given.matchedOptionValue(longName(), "") : fixed);
    }
}
