package dev.sluice.cli.top;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much a screen holds.
 *
 * @param columns characters a line
 * @param rows lines
 */
record Size(int columns, int rows) {
    private static final Size USUAL = new Size(80, 24);
    private static final Pattern STTY = Pattern.compile("([0-9]{1,4}) ([0-9]{1,4})");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,3}");

    /** What a terminal says, as {@code stty size} prints it, or what the environment says if that is nothing. */
    static Size of(String stty, Map<String, String> environment) {
        Size told = of(environment);
        Matcher matcher = STTY.matcher(stty.strip());
        if (!matcher.matches()) {
            return told;
        }
        int rows = Integer.parseInt(matcher.group(1));
        int columns = Integer.parseInt(matcher.group(2));
        // A pseudo-terminal to which nobody has told its size says 0.
        return new Size(columns == 0 ? told.columns : columns, rows == 0 ? told.rows : rows);
    }

    /** What {@code COLUMNS} and {@code LINES} say, or else 80 and 24. */
    static Size of(Map<String, String> environment) {
        return new Size(
                number(environment.getOrDefault("COLUMNS", ""), USUAL.columns),
                number(environment.getOrDefault("LINES", ""), USUAL.rows));
    }

    private static int number(String text, int otherwise) {
        return NUMBER.matcher(text).matches() ? Integer.parseInt(text) : otherwise;
    }
}
