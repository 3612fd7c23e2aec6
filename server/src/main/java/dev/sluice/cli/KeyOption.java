package dev.sluice.cli;

import dev.sluice.config.KeyOverride;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * An option that sets a key of the configuration. Its value stays text: the configuration alone knows what is valid, so
 * that an option and its key can never disagree.
 *
 * @param key the key that it sets
 * @param flag whether it takes no value, and sets the key to true
 * @param label what the help shows as its value
 * @param description what it does
 * @param names its names, the long one last
 */
record KeyOption(String key, boolean flag, String label, String description, List<String> names) {
    static KeyOption of(String key, String label, String description, String... names) {
        return new KeyOption(key, false, label, description, List.of(names));
    }

    static KeyOption flag(String key, String description, String name) {
        return new KeyOption(key, true, "", description, List.of(name));
    }

    /** The option as picocli sees it. */
    OptionSpec spec() {
        return OptionSpec.builder(names.toArray(String[]::new))
                .type(flag ? boolean.class : String.class)
                .arity(flag ? "0" : "1")
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** What it sets, if it was given. */
    Optional<KeyOverride> in(ParseResult given) {
        String name = names.get(names.size() - 1);
        return given.hasMatchedOption(name)
                ? Optional.of(new KeyOverride(name, key, String.valueOf(given.<Object>matchedOptionValue(name, ""))))
                : Optional.empty();
    }
}
