package dev.sluice.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The options that are no keys of the configuration. All commands are built from such parts, and not from annotations:
 * reading those by reflection would cost some 80 ms at every start.
 */
final class CommonOptions {
    static final String CONFIG = "--config";
    static final String CONFIG_SHORT = "-c";
    static final String SET = "--set";

    private CommonOptions() {}

    static OptionSpec config() {
        return OptionSpec.builder(CONFIG_SHORT, CONFIG)
                .type(Path.class)
                .arity("1")
                .paramLabel("FILE")
                .description("The configuration, in YAML (default: built-in defaults).")
                .build();
    }

    static @Nullable Path config(ParseResult given) {
        return given.matchedOptionValue(CONFIG, null);
    }

    static OptionSpec set() {
        return OptionSpec.builder(SET)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel("KEY=VALUE")
                .description("Override a key of the configuration, such as cache.memory=64MiB; repeatable.")
                .build();
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
