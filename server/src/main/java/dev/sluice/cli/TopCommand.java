package dev.sluice.cli;

import dev.sluice.admin.BearerToken;
import dev.sluice.cli.top.AdminException;
import dev.sluice.cli.top.Top;
import dev.sluice.config.DurationText;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Shows what a running server does. Whatever speaks HTTP and JSON here is loaded when it is called, and not before. */
final class TopCommand implements Callable<Integer> {
    private static final String ADMIN = "--admin";
    private static final String TOKEN_FILE = "--token-file";
    private static final String INTERVAL = "--interval";
    private static final String ONCE = "--once";
    private static final String JSON = "--json";

    private static final String DEFAULT_ADMIN = "http://127.0.0.1:8081/";
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Path workingDirectory;
    private final Map<String, String> environment;
    private final BooleanSupplier interactive;
    private final CommandSpec spec;

    /**
     * @param interactive whether input and output are a terminal
     */
    TopCommand(Path workingDirectory, Map<String, String> environment, BooleanSupplier interactive) {
        this.workingDirectory = workingDirectory;
        this.environment = environment;
        this.interactive = interactive;
        this.spec = CommandSpec.wrapWithoutInspection(this)
                .name("top")
                .addOption(CommonOptions.value(
                        String.class, "URL", "The admin API of the server (default: " + DEFAULT_ADMIN + ").", ADMIN))
                .addOption(CommonOptions.value(
                        Path.class, "FILE", "The file with its token, if it asks for one.", TOKEN_FILE))
                .addOption(CommonOptions.value(String.class, "TIME", "How often to ask it (default: 1s).", INTERVAL))
                .addOption(CommonOptions.flag(
                        "Print one reading and exit; its rates are averages since the server's start.", ONCE))
                .addOption(CommonOptions.flag("Print a line of JSON for each reading.", JSON))
                .addOption(CommonOptions.help());
        spec.usageMessage()
                .description("Shows what a running server does: live on a terminal, else a line for each reading.");
    }

    /** The words that this command understands. */
    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() throws InterruptedException {
        ParseResult given = spec.commandLine().getParseResult();
        try {
            URI admin = AdminAddress.parse(given.matchedOptionValue(ADMIN, DEFAULT_ADMIN));
            Duration interval = interval(given.matchedOptionValue(INTERVAL, "1s"));
            @Nullable Path tokenFile = given.matchedOptionValue(TOKEN_FILE, null);
            @Nullable BearerToken token = tokenFile == null ? null : token(tokenFile);
            show(given, interval, top(admin, token));
            return ExitCode.DONE;
        } catch (IllegalArgumentException e) {
            return fail(ExitCode.USAGE, e);
        } catch (AdminException e) {
            return fail(ExitCode.FAILED, e);
        }
    }

    private Top top(URI admin, @Nullable BearerToken token) {
        return new Top(
                admin,
                token,
                environment,
                spec.commandLine().getOut(),
                spec.commandLine().getErr());
    }

    private void show(ParseResult given, Duration interval, Top top) throws AdminException, InterruptedException {
        boolean json = given.hasMatchedOption(JSON);
        if (given.hasMatchedOption(ONCE)) {
            top.once(json, interactive.getAsBoolean());
        } else if (json || !interactive.getAsBoolean() || !top.live(interval)) {
            top.lines(json, interval);
        }
    }

    private static Duration interval(String text) {
        return DurationText.parse(text)
                .filter(interval -> interval.compareTo(SHORTEST) >= 0 && interval.compareTo(LONGEST) <= 0)
                .orElseThrow(() -> new IllegalArgumentException(
                        INTERVAL + ": \"" + text + "\" (expected: 100ms to 1h, such as 1s)"));
    }

    private BearerToken token(Path file) {
        try {
            return BearerToken.read(workingDirectory.resolve(file));
        } catch (IOException e) {
            throw new IllegalArgumentException(TOKEN_FILE + " " + file + ": cannot be read: " + e, e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(TOKEN_FILE + " " + file + ": " + e.getMessage(), e);
        }
    }

    private int fail(int code, Exception e) {
        spec.commandLine().getErr().println("sluice: " + e.getMessage());
        return code;
    }
}
