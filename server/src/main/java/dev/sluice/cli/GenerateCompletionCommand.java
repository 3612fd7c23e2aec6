package dev.sluice.cli;

import dev.sluice.cli.completion.Shell;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Prints the script by which a shell completes commands and options. */
final class GenerateCompletionCommand implements Callable<Integer> {
    private final CommandSpec spec;

    GenerateCompletionCommand() {
        this.spec = CommandSpec.wrapWithoutInspection(this)
                .name("generate-completion")
                .addPositional(PositionalParamSpec.builder()
                        .index("0")
                        .arity("1")
                        .required(true)
                        .type(String.class)
                        .paramLabel(Shell.WORDS)
                        .description("The shell.")
                        .build())
                .addOption(CommonOptions.help());
        spec.usageMessage()
                .description("Prints a script by which a shell completes commands and options. For bash: source"
                        + " <(sluice generate-completion bash)");
    }

    /** The words that this command understands. */
    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() {
        String given = spec.commandLine().getParseResult().matchedPositionalValue(0, "");
        Optional<Shell> shell = Shell.of(given);
        if (shell.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println("sluice: generate-completion: \"" + given + "\" (expected: "
                            + Shell.WORDS.replace("|", ", ") + ")");
            return ExitCode.USAGE;
        }
        spec.commandLine().getOut().print(shell.get().script(spec.commandLine().getParent()));
        return ExitCode.DONE;
    }
}
