package dev.sluice.cli;

import dev.sluice.app.StartException;
import dev.sluice.config.ConfigurationException;
import dev.sluice.config.ConfigurationLoader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;

/**
 * Runs one command line, and turns whatever goes wrong into lines on the error stream and an exit code. No usage text
 * and no stack trace follows an error: they would bury the line that tells what to mend.
 */
final class CommandLineRunner {
    private final CommandLine commandLine;
    private final PrintWriter out;
    private final PrintWriter err;

    CommandLineRunner(
            Launcher launcher,
            PasswordInput passwords,
            Path workingDirectory,
            Map<String, String> environment,
            PrintWriter out,
            PrintWriter err) {
        this.out = out;
        this.err = err;
        ConfigurationLoader loader = new ConfigurationLoader(workingDirectory, environment);
        this.commandLine = new CommandLine(new SluiceCommand(loader, launcher).spec())
                .addSubcommand(new CheckCommand(loader).spec())
                .addSubcommand(new ExplainCommand(loader).spec())
                .addSubcommand(new CalibrateCommand(loader, workingDirectory).spec())
                .addSubcommand(new HashPasswordCommand(passwords).spec())
                .setExpandAtFiles(false)
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler((e, args) -> fail(ExitCode.USAGE, UsageFault.describe(e)))
                .setExecutionExceptionHandler((e, command, parsed) -> fail(e));
    }

    /** Runs it and gives the exit code. */
    int run(String... args) {
        try {
            return commandLine.execute(args);
        } catch (Error e) {
            // Not caught by picocli; even an exhausted heap shall end in a line that says so.
            return fail(ExitCode.FAILED, e.toString());
        } finally {
            out.flush();
            err.flush();
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
