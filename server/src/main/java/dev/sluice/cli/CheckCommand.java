package dev.sluice.cli;

import dev.sluice.config.ConfigurationException;
import dev.sluice.config.ConfigurationLoader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Checks a configuration without serving anything. Problems stand at the start of their lines, as compilers write them,
 * so that editors find the place.
 */
@Command(
        name = "check",
        description = "Checks a configuration and serves nothing.",
        versionProvider = VersionProvider.class,
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    private final ConfigurationLoader loader;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The configuration.")
    private Path file = Path.of("");

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Override a key of the configuration; repeatable.")
    private List<String> sets = new ArrayList<>();

    CheckCommand(ConfigurationLoader loader) {
        this.loader = loader;
    }

    @Override
    public Integer call() {
        try {
            loader.load(file, List.of(), sets);
        } catch (ConfigurationException e) {
            PrintWriter err = spec.commandLine().getErr();
            e.problems().forEach(err::println);
            return ExitCode.USAGE;
        }
        spec.commandLine().getOut().println(file + ": ok");
        return ExitCode.DONE;
    }
}
