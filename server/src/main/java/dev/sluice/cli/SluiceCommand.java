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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Serves a directory. */
final class SluiceCommand implements Callable<Integer> {
    private static final List<KeyOption> OPTIONS = List.of(
            KeyOption.of("listeners[0].host", "ADDR", "The address to listen on (default: 127.0.0.1).", "-H", "--host"),
            KeyOption.of(
                    "listeners[0].port",
                    "N",
                    "The port to listen on (default: 8080); 0 picks a free one.",
                    "-p",
                    "--port"),
            KeyOption.of(
                    "admin.listen",
                    "ADDR:PORT|off",
                    "Where the admin API listens (default: 127.0.0.1:8081).",
                    "--admin"),
            KeyOption.of(
                    "listeners[0].tls.certificate",
                    "FILE",
                    "Serve HTTPS: the certificate chain, in PEM.",
                    "--tls-cert"),
            KeyOption.of("listeners[0].tls.key", "FILE", "Its private key, in PEM (PKCS #8).", "--tls-key"),
            KeyOption.flag("listeners[0].h2c", "true", "Speak HTTP/2 by prior knowledge in clear text too.", "--h2c"),
            KeyOption.flag(
                    "sites[0].spa", "/index.html", "Answer navigations to unknown paths with /index.html.", "--spa"),
            KeyOption.of(
                    "sites[0].listing",
                    "html|json|off",
                    "List directories that have no index file (default: off).",
                    "--listing"),
            KeyOption.flag("sites[0].rules[+0].cors", "true", "Let scripts of every origin read the site.", "--cors"),
            KeyOption.of(
                    "accessLog.file", "FILE|-|off", "Where the access log is written (default: off).", "--access-log"),
            KeyOption.of(
                    "accessLog.format", "combined|json", "How its lines look (default: combined).", "--log-format"),
            KeyOption.flag(
                    "serverTiming", "true", "Say in each response which I/O path carried it.", "--server-timing"));

    private final ConfigurationLoader loader;
    private final Launcher launcher;
    private final CommandSpec spec;

    SluiceCommand(ConfigurationLoader loader, Launcher launcher) {
        this.loader = loader;
        this.launcher = launcher;
        this.spec = CommandSpec.wrapWithoutInspection(this)
                .name("sluice")
                .versionProvider(new VersionProvider())
                .addPositional(PositionalParamSpec.builder()
                        .arity("0..1")
                        .index("0")
                        .type(String.class)
                        .paramLabel("DIR")
                        .description("The directory to serve (default: the configuration's root, or ./www if there is"
                                + " one, or else the working directory).")
                        .build())
                .addOption(CommonOptions.config());
        OPTIONS.forEach(option -> spec.addOption(option.spec()));
        spec.addOption(CommonOptions.set()).addOption(CommonOptions.version()).addOption(CommonOptions.help());
        spec.usageMessage()
                .customSynopsis("sluice [OPTIONS] [DIR]", "sluice COMMAND --help")
                .width(100)
                .description("Serves a directory over HTTP, and says which I/O path served each request.")
                .sortOptions(false);
    }

    /** The words that this command understands. */
    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() throws ConfigurationException, StartException, InterruptedException {
        ParseResult given = spec.commandLine().getParseResult();
        @Nullable Path file = CommonOptions.config(given);
        Configuration configuration = loader.load(file, overrides(given), CommonOptions.sets(given));
        launcher.run(configuration, spec.commandLine().getOut());
        return ExitCode.DONE;
    }

    private static List<KeyOverride> overrides(ParseResult given) {
        List<KeyOverride> overrides = new ArrayList<>();
        @Nullable String directory = given.matchedPositionalValue(0, null);
        if (directory != null) {
            overrides.add(new KeyOverride("DIR", "sites[0].root", directory));
        }
        OPTIONS.forEach(option -> option.in(given).ifPresent(overrides::add));
        return overrides;
    }
}
