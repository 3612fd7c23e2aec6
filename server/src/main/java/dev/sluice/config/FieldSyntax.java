package dev.sluice.config;

import java.util.regex.Pattern;

/** What HTTP lets a field's name and value hold. */
final class FieldSyntax {
    /** RFC 9110 §5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** RFC 9110 §5.5 without obs-text, which means something else to every reader. */
    private static final Pattern VALUE = Pattern.compile("(?:[!-~](?:[\\t -~]*[!-~])?)?");

    private FieldSyntax() {}

    static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }

    static boolean isValue(String text) {
        return VALUE.matcher(text).matches();
    }
}
