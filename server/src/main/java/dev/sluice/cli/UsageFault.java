package dev.sluice.cli;

import java.util.List;
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
            boolean takesNone =
                    e.getCommandLine().getCommandSpec().positionalParameters().isEmpty();
            String expected = takesNone ? "options only" : "at most one directory";
            return '"' + given + "\": one argument too many (expected: " + expected + "; see sluice --help)";
        }
        List<String> suggestions = unmatched.getSuggestions();
        String hint = suggestions.isEmpty() ? "see sluice --help" : "did you mean " + suggestions.get(0) + "?";
        return given + ": unknown option (" + hint + ")";
    }
}
