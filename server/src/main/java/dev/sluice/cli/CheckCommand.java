package dev.sluice.cli;

import dev.sluice.config.ConfigurationException;
import dev.sluice.config.ConfigurationLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * Checks a configuration and serves nothing. Problems stand at the start of their lines, as compilers write them, so
 * that editors find the place.
 */
final class CheckCommand implements Callable<Integer> {
    private final ConfigurationLoader loader;
    private final CommandSpec spec;

    CheckCommand(ConfigurationLoader loader) {
        this.loader = loader;
        this.spec = CommandSpec.wrapWithoutInspection(this)
                .name("check")
                .addPositional(PositionalParamSpec.builder()
                        .arity("1")
                        .index("0")
                        .required(true)
                        .type(Path.class)
                        .paramLabel("FILE")
                        .description("The configuration, in YAML.")
                        .build())
                .addOption(CommonOptions.set())
                .addOption(CommonOptions.help());
        spec.usageMessage().description("Checks a configuration and serves nothing.");
    }

    /** The words that this command understands. */
    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() {
        ParseResult given = spec.commandLine().getParseResult();
        Path file = given.matchedPositionalValue(0, Path.of(""));
        try {
            loader.load(file, List.of(), CommonOptions.sets(given));
        } catch (ConfigurationException e) {
            e.problems().forEach(spec.commandLine().getErr()::println);
            return ExitCode.USAGE;
        }
        spec.commandLine().getOut().println(file + ": ok");
        return ExitCode.DONE;
    }
}
