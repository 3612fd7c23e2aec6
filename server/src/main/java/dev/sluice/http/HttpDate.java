package dev.sluice.http;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The {@code HTTP-date} of RFC 9110 §5.6.7: all three forms read, the first one written. Resolution: one second. */
public final class HttpDate {
    /** The first instant that a date can express: year 0000. */
    public static final Instant MIN = Instant.parse("0000-01-01T00:00:00Z");

    /** The last instant that a date can express: year 9999. */
    public static final Instant MAX = Instant.parse("9999-12-31T23:59:59Z");

    static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    private HttpDate() {}

    /**
     * Parses a date in any of the three forms. The day's name must be one, but is not checked against the date: it says
     * nothing that the date does not.
     *
     * @param value the field value, without surrounding whitespace
     * @param now the time of the request: a two-digit year more than 50 years ahead of it means the century before
     * @return the instant, or empty if the value is not a date; second 60 is the second after 59
     */
    public static Optional<Instant> parse(String value, Instant now) {
        HttpDateScanner scanner = new HttpDateScanner(value, now);
        return switch (value.indexOf(',')) {
            case -1 -> scanner.asctime();
            case 3 -> scanner.imfFixdate();
            default -> scanner.rfc850();
        };
    }

    /**
     * Formats an instant as {@code IMF-fixdate}, such as {@code Sun, 06 Nov 1994 08:49:37 GMT}.
     *
     * @param instant from {@link #MIN} to {@link #MAX}; fractions of a second are cut off
     * @return 29 characters
     * @throws IllegalArgumentException if the instant is out of these bounds
     */
    public static String format(Instant instant) {
        OffsetDateTime time = instant.atOffset(ZoneOffset.UTC);
        if (time.getYear() < 0 || time.getYear() > 9999) {
            throw new IllegalArgumentException("date: " + instant + " (expected: year 0000 to 9999)");
        }
        StringBuilder out = new StringBuilder(29);
        out.append(DAYS.get(time.getDayOfWeek().getValue() - 1)).append(", ");
        twoDigits(time.getDayOfMonth(), out);
        out.append(' ').append(MONTHS.get(time.getMonthValue() - 1)).append(' ');
        twoDigits(time.getYear() / 100, out);
        twoDigits(time.getYear() % 100, out);
        twoDigits(time.getHour(), out.append(' '));
        twoDigits(time.getMinute(), out.append(':'));
        twoDigits(time.getSecond(), out.append(':'));
        return out.append(" GMT").toString();
    }

    private static void twoDigits(int number, StringBuilder out) {
        out.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
