package dev.sluice.http;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * One read of one date. The three productions below read like the grammar of RFC 9110 §5.6.7; once a token fails, the
 * rest run on harmlessly and the result is empty.
 */
final class HttpDateScanner {
    private static final List<String> LONG_DAYS =
            List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");

    private final String text;
    private final Instant now;
    private int at;
    private boolean failed;

    HttpDateScanner(String text, Instant now) {
        this.text = text;
        this.now = now;
    }

    /** {@code Sun, 06 Nov 1994 08:49:37 GMT}. */
    Optional<Instant> imfFixdate() {
        name(HttpDate.DAYS);
        literal(", ");
        int day = digits(2);
        literal(" ");
        int month = name(HttpDate.MONTHS);
        literal(" ");
        int year = digits(4);
        literal(" ");
        int second = time();
        literal(" GMT");
        return instant(year, month, day, second);
    }

    /** {@code Sunday, 06-Nov-94 08:49:37 GMT}. */
    Optional<Instant> rfc850() {
        name(LONG_DAYS);
        literal(", ");
        int day = digits(2);
        literal("-");
        int month = name(HttpDate.MONTHS);
        literal("-");
        int yearOfCentury = digits(2);
        literal(" ");
        int second = time();
        literal(" GMT");
        int thisCentury = Year.from(now.atOffset(ZoneOffset.UTC)).getValue() / 100 * 100;
        // A leap day of this century need not be one of the last: decide by the date, but fall back if there is none.
        return instant(thisCentury + yearOfCentury, month, day, second)
                .filter(date -> !isMoreThanFiftyYearsAhead(date))
                .or(() -> instant(thisCentury - 100 + yearOfCentury, month, day, second));
    }

    /** {@code Sun Nov  6 08:49:37 1994}. */
    Optional<Instant> asctime() {
        name(HttpDate.DAYS);
        literal(" ");
        int month = name(HttpDate.MONTHS);
        literal(" ");
        int day = paddedDay();
        literal(" ");
        int second = time();
        literal(" ");
        int year = digits(4);
        return instant(year, month, day, second);
    }

    private boolean isMoreThanFiftyYearsAhead(Instant date) {
        return date.isAfter(now.atOffset(ZoneOffset.UTC).plusYears(50).toInstant());
    }

    private int paddedDay() {
        if (!text.startsWith(" ", at)) {
            return digits(2);
        }
        at++;
        return digits(1);
    }

    /** Reads {@code hh:mm:ss} and returns the second of the day; 60 is a leap second. */
    private int time() {
        int hour = digits(2);
        literal(":");
        int minute = digits(2);
        literal(":");
        int second = digits(2);
        failed |= hour > 23 || minute > 59 || second > 60;
        return (hour * 60 + minute) * 60 + second;
    }

    private int digits(int count) {
        int number = 0;
        for (int i = 0; i < count; i++, at++) {
            int digit = at < text.length() ? text.charAt(at) - '0' : -1;
            failed |= digit < 0 || digit > 9;
            number = number * 10 + digit;
        }
        return number;
    }

    private void literal(String expected) {
        failed |= !text.startsWith(expected, at);
        at += expected.length();
    }

    /** Reads one of the names and returns its index; case matters (RFC 9110 §5.6.7). */
    private int name(List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            if (text.startsWith(names.get(i), at)) {
                at += names.get(i).length();
                return i;
            }
        }
        failed = true;
        return 0;
    }

    private Optional<Instant> instant(int year, int monthIndex, int day, int secondOfDay) {
        if (failed
                || at != text.length()
                || day < 1
                || day > YearMonth.of(year, monthIndex + 1).lengthOfMonth()) {
            return Optional.empty();
        }
        LocalDate date = LocalDate.of(year, monthIndex + 1, day);
        return Optional.of(date.atTime(LocalTime.MIN).toInstant(ZoneOffset.UTC).plusSeconds(secondOfDay));
    }
}
