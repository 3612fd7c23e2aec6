package dev.sluice.cli;

import java.util.List;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The words for a command line that cannot be read. */
final class UsageFault {
    private UsageFault() {}

    /** One line: what was given and what was expected. */
    static String describe(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return e.getMessage() + " (see sluice --help)";
        }
        String given = unmatched.getUnmatched().get(0);
        if (!unmatched.isUnknownOption()) {
            return '"' + given + "\": one argument too many (expected: " + expected(e) + "; see sluice --help)";
        }
        List<String> suggestions = unmatched.getSuggestions();
        String hint = suggestions.isEmpty() ? "see sluice --help" : "did you mean " + suggestions.get(0) + "?";
        return given + ": unknown option (" + hint + ")";
    }

    private static String expected(ParameterException e) {
        List<PositionalParamSpec> taken = e.getCommandLine().getCommandSpec().positionalParameters();
        if (taken.isEmpty()) {
            return "options only";
        }
        return taken.get(0).required() ? "one " + taken.get(0).paramLabel() : "at most one directory";
    }
}
