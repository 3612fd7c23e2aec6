package dev.sluice.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A duration as a configuration writes it: {@code 250ms}, {@code 30s}, {@code 5m}, {@code 1h}, {@code 7d}. The unit is required: a
 * bare {@code 30} has meant seconds in one server and milliseconds in the next.
 */
public final class DurationText {
    private static final Pattern SYNTAX = Pattern.compile("([0-9]{1,9}) ?(ms|s|m|h|d)");

    private DurationText() {}

    /**
     * Reads a duration.
     *
     * @param text a whole number and a unit
     * @return the duration, or empty if the text is none
     */
    public static Optional<Duration> parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofMillis(Long.parseLong(matcher.group(1)) * Unit.valueOf(matcher.group(2)).millis));
    }

    /** The duration in the largest unit that divides it, such as {@code 30s}; parts of a millisecond are dropped. */
    static String format(Duration duration) {
        return text(duration, "");
    }

    /** The same for a sentence: {@code 30 s}. */
    static String spaced(Duration duration) {
        return text(duration, " ");
    }

    private static String text(Duration duration, String separator) {
        long millis = duration.toMillis();
        Unit unit = millis == 0 ? Unit.s : Unit.ms;
        for (Unit larger : Unit.values()) {
            if (millis > 0 && millis % larger.millis == 0) {
                unit = larger;
            }
        }
        return millis / unit.millis + separator + unit;
    }

    /** The constants are named as the configuration spells them. */
    private enum Unit {
        ms(1),
        s(1_000),
        m(60_000),
        h(3_600_000),
        d(86_400_000);

        private final long millis;

        Unit(long millis) {
            this.millis = millis;
        }
    }
}
