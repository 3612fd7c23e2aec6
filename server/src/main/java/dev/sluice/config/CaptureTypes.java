package dev.sluice.config;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Texts into which captures of a path glob are put: {@code $1} to {@code $9}, and {@code $$} for a dollar sign.
 *
 * @param wildcards how many captures there are
 */
record CaptureTypes(int wildcards) {
    private static final int MOST_CAPTURES = 9;

    /** Not {@code //} or {@code /\}, which browsers take for the start of another host. */
    private static final Pattern SITE_PATH = Pattern.compile("/(?![/\\\\])[ -~&&[^ \\\\]]*");

    /** No capture chooses the host: else whoever sends a link chooses where it leads. */
    private static final Pattern URL = Pattern.compile("https?://[!-~&&[^/?#$\\\\]]+(?:[/?#][!-~&&[^\\\\]]*)?");

    /** Where a redirect leads: it goes into a field, thus printable ASCII only. */
    ValueType<String> redirectTarget() {
        return type(
                "a path such as /new or a URL such as https://example.org/new",
                text -> SITE_PATH.matcher(text).matches() || URL.matcher(text).matches());
    }

    /** The decoded path that is looked up instead of the one asked for. */
    ValueType<String> rewriteTarget() {
        return type(
                "a path in the site such as /new",
                text -> text.startsWith("/") && text.chars().noneMatch(Character::isISOControl));
    }

    private ValueType<String> type(String form, Predicate<String> condition) {
        String captures = wildcards == 0
                ? ", without $1 since match.path has no wildcard"
                : ", with no capture beyond $" + Math.min(wildcards, MOST_CAPTURES);
        return ValueType.matching(form + captures, condition.and(this::capturesExist));
    }

    private boolean capturesExist(String text) {
        for (int i = text.indexOf('$'); i >= 0; i = text.indexOf('$', i + 2)) {
            char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            boolean capture = next >= '1' && next <= '9' && next - '0' <= wildcards;
            if (!capture && next != '$') {
                return false;
            }
        }
        return true;
    }
}
