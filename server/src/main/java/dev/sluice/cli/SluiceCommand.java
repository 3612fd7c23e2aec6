package dev.sluice.cli;

import dev.sluice.app.StartException;
import dev.sluice.config.ConfigurationException;
import dev.sluice.config.ConfigurationLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Serves a directory. */
final class SluiceCommand implements Callable<Integer> {
    private static final String QR = "--qr";
    private static final String REPLACE = "--replace";
    private static final String OPEN = "--open";

    private final ConfigurationLoader loader;
    private final Launcher launcher;
    private final Announcer announcer;
    private final CommandSpec spec;

    SluiceCommand(ConfigurationLoader loader, Launcher launcher, Announcer announcer) {
        this.loader = loader;
        this.launcher = launcher;
        this.announcer = announcer;
        this.spec = CommandSpec.wrapWithoutInspection(this)
                .name("sluice")
                .versionProvider(new VersionProvider())
                .addPositional(PositionalParamSpec.builder()
                        .arity("0..1")
                        .index("0")
                        .type(String.class)
                        .paramLabel("DIR")
                        .description(
                                "The directory, or zip archive, to serve (default: the configuration's root, or ./www if there is"
                                        + " one, or else the working directory).")
                        .build())
                .addOption(CommonOptions.config())
                .addOption(CommonOptions.flag(
                        "For who writes the site: nothing is cached, directories are listed, and pages reload when a"
                                + " file changes.",
                        ServeArguments.DEV_OPTION))
                .addOption(CommonOptions.flag("Open the site in a browser.", OPEN));
        ServeArguments.OPTIONS.forEach(option -> spec.addOption(option.spec()));
        spec.addOption(CommonOptions.flag(
                "Print a QR code of the address, for a phone: with --host 0.0.0.0, the first that others can use.",
                QR));
        spec.addOption(OptionSpec.builder(REPLACE)
                .type(String.class)
                .paramLabel("PID")
                .description(
                        "Take the place of the server with this process id: listen beside it, and then stop it, so that"
                                + " no request is lost.")
                .build());
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
        arguments(spec.commandLine().getParseResult()).serve(loader, launcher, announcer);
        return ExitCode.DONE;
    }

    static ServeArguments arguments(ParseResult given) throws StartException {
        return ServeArguments.of(
                CommonOptions.config(given),
                given.matchedPositionalValue(0, null),
                option -> option.in(given),
                CommonOptions.sets(given),
                new Greeting(
                        given.hasMatchedOption(ServeArguments.DEV_OPTION),
                        given.hasMatchedOption(QR),
                        given.hasMatchedOption(OPEN)),
                given.hasMatchedOption(REPLACE) ? predecessor(given) : null);
    }

    /** That a process has ended is no mistake of whoever named it: without it, another start may do. */
    private static Predecessor predecessor(ParseResult given) throws StartException {
        String id = given.matchedOptionValue(REPLACE, "");
        String problem = REPLACE + ": " + id + " (expected: the process id of a server that runs)";
        if (!id.matches("[0-9]+")) {
            throw new ParameterException(given.commandSpec().commandLine(), problem);
        }
        return Predecessor.find(id).orElseThrow(() -> new StartException(problem));
    }
}
