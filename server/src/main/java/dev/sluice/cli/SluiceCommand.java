package dev.sluice.cli;

import dev.sluice.app.StartException;
import dev.sluice.config.Configuration;
import dev.sluice.config.ConfigurationException;
import dev.sluice.config.ConfigurationLoader;
import dev.sluice.config.KeyOverride;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Serves a directory. Options are kept as text: each sets a key of the configuration, which alone knows what is valid,
 * so that an option and its key can never disagree.
 */
@Command(
        name = "sluice",
        description = "Serves a directory over HTTP, and says how it did.",
        versionProvider = VersionProvider.class,
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class SluiceCommand implements Callable<Integer> {
    private final ConfigurationLoader loader;
    private final Launcher launcher;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            description = "The directory to serve (default: the configuration's root, or ./www if there is one, or .).")
    private @Nullable String directory;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration, in YAML (default: built-in defaults).")
    private @Nullable Path config;

    @Option(
            names = {"-H", "--host"},
            paramLabel = "ADDR",
            description = "The address to listen on (default: 127.0.0.1).")
    private @Nullable String host;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "N",
            description = "The port to listen on (default: 8080); 0 picks a free one.")
    private @Nullable String port;

    @Option(
            names = "--admin",
            paramLabel = "ADDR:PORT|off",
            description = "Where the admin API listens (default: 127.0.0.1:8081).")
    private @Nullable String admin;

    @Option(
            names = "--access-log",
            paramLabel = "FILE|-|off",
            description = "Where the access log is written (default: off).")
    private @Nullable String accessLog;

    @Option(
            names = "--log-format",
            paramLabel = "combined|json",
            description = "How its lines look (default: combined).")
    private @Nullable String logFormat;

    @Option(names = "--server-timing", description = "Say in each response what I/O path carried it.")
    private boolean serverTiming;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Override a key of the configuration; repeatable.")
    private List<String> sets = new ArrayList<>();

    SluiceCommand(ConfigurationLoader loader, Launcher launcher) {
        this.loader = loader;
        this.launcher = launcher;
    }

    @Override
    public Integer call() throws ConfigurationException, StartException, InterruptedException {
        Configuration configuration = loader.load(config, overrides(), sets);
        launcher.run(configuration, spec.commandLine().getOut());
        return ExitCode.DONE;
    }

    private List<KeyOverride> overrides() {
        List<KeyOverride> overrides = new ArrayList<>();
        add(overrides, "DIR", "sites[0].root", directory);
        add(overrides, "--host", "listeners[0].host", host);
        add(overrides, "--port", "listeners[0].port", port);
        add(overrides, "--admin", "admin.listen", admin);
        add(overrides, "--access-log", "accessLog.file", accessLog);
        add(overrides, "--log-format", "accessLog.format", logFormat);
        add(overrides, "--server-timing", "serverTiming", serverTiming ? "true" : null);
        return overrides;
    }

    private static void add(List<KeyOverride> overrides, String option, String key, @Nullable String value) {
        if (value != null) {
            overrides.add(new KeyOverride(option, key, value));
        }
    }
}
