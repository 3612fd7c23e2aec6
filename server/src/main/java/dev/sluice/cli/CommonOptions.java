package dev.sluice.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The options that are no keys of the configuration, and what others are made with. All commands are built from such parts, and
 * not from annotations: reading those by reflection would cost some 80 ms at every start.
 */
final class CommonOptions {
    static final String CONFIG = "--config";
    static final String CONFIG_SHORT = "-c";
    static final String SET = "--set";

    private CommonOptions() {}

    /** An option that is given or not. */
    static OptionSpec flag(String description, String... names) {
        return OptionSpec.builder(names)
                .type(boolean.class)
                .arity("0")
                .description(description)
                .build();
    }

    /** An option with one value. */
    static OptionSpec value(Class<?> type, String label, String description, String... names) {
        return OptionSpec.builder(names)
                .type(type)
                .arity("1")
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** An option that may be given several times, each with one text. */
    static OptionSpec texts(String label, String description, String... names) {
        return OptionSpec.builder(names)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel(label)
                .description(description)
                .build();
    }

    static OptionSpec config() {
        return value(
                Path.class, "FILE", "The configuration, in YAML (default: built-in defaults).", CONFIG_SHORT, CONFIG);
    }

    static @Nullable Path config(ParseResult given) {
        return given.matchedOptionValue(CONFIG, null);
    }

    static OptionSpec set() {
        return texts("KEY=VALUE", "Override a key of the configuration, such as cache.memory=64MiB; repeatable.", SET);
    }

    static List<String> sets(ParseResult given) {
        return given.matchedOptionValue(SET, List.of());
    }

    static OptionSpec version() {
        return OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print the version and exit.")
                .build();
    }

    static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Print this help and exit.")
                .build();
    }
}
