package dev.sluice.cli.completion;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;

/**
 * What a shell can offer as the value of an option or an argument, found out from the word that the help shows for it.
 *
 * @param files whether it may be a file
 * @param folders whether it may be a directory
 * @param words what it may be besides, literally
 */
record Completable(boolean files, boolean folders, List<String> words) {
    private static final Pattern LITERAL = Pattern.compile("[a-z-]+");

    static Completable of(ArgSpec argument) {
        List<String> parts = List.of(argument.paramLabel().split("\\|", -1));
        return new Completable(
                parts.contains("FILE"),
                parts.contains("DIR"),
                parts.stream().filter(part -> LITERAL.matcher(part).matches()).toList());
    }

    /** Whether it takes a value at all. */
    static boolean valued(ArgSpec argument) {
        return argument.arity().max() > 0;
    }

    /** Its description in a line. */
    static String line(String... description) {
        return String.join(" ", Stream.of(description).map(String::strip).toList());
    }
}
