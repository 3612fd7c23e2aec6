package dev.sluice.admin;

import java.util.regex.Pattern;

/**
 * A field of a request, as a person writes it.
 *
 * @param name a token (RFC 9110 §5.1)
 * @param value without white space around it, and without control characters; of characters up to U+00FF
 */
public record HeaderLine(String name, String value) {
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern OUTER_SPACE = Pattern.compile("^[ \\t]+|[ \\t]+$");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");

    /**
     * Reads a line.
     *
     * @param line such as {@code Range: bytes=0-9}
     * @throws IllegalArgumentException if it is no field, with a message that says what was given and what was expected
     */
    public static HeaderLine parse(String line) {
        int colon = line.indexOf(':');
        String name = colon < 0 ? "" : line.substring(0, colon);
        String value = OUTER_SPACE.matcher(line.substring(colon + 1)).replaceAll("");
        if (!TOKEN.matcher(name).matches() || !VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("\"" + line + "\" (expected: a field such as Range: bytes=0-9)");
        }
        return new HeaderLine(name, value);
    }

    /** Whether a text is a token, as names of fields and methods are. */
    static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }
}
