package dev.sluice.cli;

import dev.sluice.access.PasswordHash;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Hashes a password for the configuration. It is never taken from the arguments, where every user of the machine can read
 * it, and the shell's history keeps it.
 */
final class HashPasswordCommand implements Callable<Integer> {
    private static final String COST = "--cost";

    private final PasswordInput input;
    private final CommandSpec spec;

    HashPasswordCommand(PasswordInput input) {
        this.input = input;
        this.spec = CommandSpec.wrapWithoutInspection(this)
                .name("hash-password")
                .addOption(CommonOptions.value(
                        String.class,
                        "N",
                        "The cost, " + PasswordHash.MIN_COST + " to " + PasswordHash.MAX_COST
                                + ": each step doubles the time of a check (default: " + PasswordHash.DEFAULT_COST
                                + ").",
                        COST))
                .addOption(CommonOptions.help());
        spec.usageMessage()
                .description("Reads a password from the terminal, or a line from standard input, and prints its bcrypt"
                        + " hash.");
    }

    /** The words that this command understands. */
    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() throws IOException {
        try {
            // The cost first: nobody should type a password twice to learn that the cost is wrong.
            int cost = cost();
            spec.commandLine()
                    .getOut()
                    .println(PasswordHash.of(input.read(), cost).text());
            return ExitCode.DONE;
        } catch (IllegalArgumentException e) {
            spec.commandLine().getErr().println("sluice: " + e.getMessage());
            return ExitCode.USAGE;
        }
    }

    private int cost() {
        String given =
                spec.commandLine().getParseResult().matchedOptionValue(COST, String.valueOf(PasswordHash.DEFAULT_COST));
        int cost = given.matches("[0-9]{1,2}") ? Integer.parseInt(given) : -1;
        if (cost < PasswordHash.MIN_COST || cost > PasswordHash.MAX_COST) {
            throw new IllegalArgumentException(COST + ": \"" + given + "\" (expected: " + PasswordHash.MIN_COST + " to "
                    + PasswordHash.MAX_COST + ")");
        }
        return cost;
    }
}
