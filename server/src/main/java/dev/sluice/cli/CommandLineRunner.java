package dev.sluice.cli;

import dev.sluice.app.StartException;
import dev.sluice.config.ConfigurationException;
import dev.sluice.config.ConfigurationLoader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * Runs one command line, and turns whatever goes wrong into lines on the error stream and an exit code. No usage text
 * and no stack trace follows an error: they would bury the line that tells what to mend.
 */
final class CommandLineRunner {
    private final Launcher launcher;
    private final PasswordInput passwords;
    private final Path workingDirectory;
    private final Map<String, String> environment;
    private final BooleanSupplier interactive;
    private final ConfigurationLoader loader;
    private final Announcer announcer;
    private final PrintWriter out;
    private final PrintWriter err;

    /**
     * @param interactive tells whether input and output are a terminal; asked when a command wants to draw on it
     */
    CommandLineRunner(
            Launcher launcher,
            PasswordInput passwords,
            Path workingDirectory,
            Map<String, String> environment,
            BooleanSupplier interactive,
            PrintWriter out,
            PrintWriter err) {
        this.launcher = launcher;
        this.passwords = passwords;
        this.workingDirectory = workingDirectory;
        this.environment = environment;
        this.interactive = interactive;
        this.loader = new ConfigurationLoader(workingDirectory, environment);
        this.announcer = new Announcer(out, environment, interactive, Browser.of(environment, err));
        this.out = out;
        this.err = err;
    }

    /** Runs it and gives the exit code. */
    int run(String... args) {
        try {
            @Nullable ServeArguments plain = PlainArguments.read(args);
            return plain == null ? commandLine().execute(args) : serve(plain);
        } catch (Error e) {
            // Not caught by picocli; even an exhausted heap shall end in a line that says so.
            return fail(ExitCode.FAILED, e.toString());
        } finally {
            out.flush();
            err.flush();
        }
    }

    /** All the words there are. */
    CommandLine commandLine() {
        return new CommandLine(new SluiceCommand(loader, launcher, announcer).spec())
                .addSubcommand(new CheckCommand(loader).spec())
                .addSubcommand(new ExplainCommand(loader).spec())
                .addSubcommand(new CalibrateCommand(loader, workingDirectory).spec())
                .addSubcommand(new HashPasswordCommand(passwords).spec())
                .addSubcommand(new TopCommand(workingDirectory, environment, interactive).spec())
                .addSubcommand(new GenerateCompletionCommand().spec())
                .setExpandAtFiles(false)
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler((e, args) -> fail(ExitCode.USAGE, UsageFault.describe(e)))
                .setExecutionExceptionHandler((e, command, parsed) -> fail(e));
    }

    private int serve(ServeArguments arguments) {
        try {
            arguments.serve(loader, launcher, announcer);
            return ExitCode.DONE;
        } catch (Exception e) {
            return fail(e);
        }
    }

    private int fail(Exception e) {
        if (e instanceof ConfigurationException refused) {
            refused.problems().forEach(problem -> fail(ExitCode.USAGE, problem));
            return ExitCode.USAGE;
        }
        if (e instanceof InterruptedException) {
            return fail(ExitCode.FAILED, "interrupted");
        }
        return fail(ExitCode.FAILED, e instanceof StartException ? String.valueOf(e.getMessage()) : e.toString());
    }

    private int fail(int code, String message) {
        err.println("sluice: " + message.replaceAll("\\s*[\\r\\n]+\\s*", " "));
        return code;
    }
}
