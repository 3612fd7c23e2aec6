package dev.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpDateTest {
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sun, 06 Nov 1994 08:49:37 GMT    | 1994-11-06T08:49:37Z",
                "Sunday, 06-Nov-94 08:49:37 GMT   | 1994-11-06T08:49:37Z",
                "Sun Nov  6 08:49:37 1994         | 1994-11-06T08:49:37Z",
                "Wed Nov 16 08:49:37 1994         | 1994-11-16T08:49:37Z",
                "Thu, 29 Feb 2024 23:59:59 GMT    | 2024-02-29T23:59:59Z",
                "Sat, 31 Dec 2016 23:59:60 GMT    | 2017-01-01T00:00:00Z",
                "Mon, 06 Nov 1994 08:49:37 GMT    | 1994-11-06T08:49:37Z",
                "Wednesday, 01-Jul-76 12:00:00 GMT| 2076-07-01T12:00:00Z",
                "Wednesday, 01-Jul-76 12:00:01 GMT| 1976-07-01T12:00:01Z",
                "Friday, 01-Jan-77 00:00:00 GMT   | 1977-01-01T00:00:00Z",
                "Thursday, 29-Feb-96 00:00:00 GMT | 1996-02-29T00:00:00Z",
            })
    void parse_allThreeForms_giveTheInstant(String value, Instant instant) {
        assertEquals(Optional.of(instant), HttpDate.parse(value, NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "now",
                ",",
                "Sun,",
                "1994-11-06T08:49:37Z",
                "Sun, 06 Nov 1994 08:49:37",
                "Sun, 06 Nov 1994 08:49:37 UTC",
                "Sun, 06 Nov 1994 08:49:37 GMT ",
                "Sun, 6 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 94 08:49:37 GMT",
                "sun, 06 nov 1994 08:49:37 gmt",
                "Xxx, 06 Nov 1994 08:49:37 GMT",
                "Sun, 06 Foo 1994 08:49:37 GMT",
                "Sun, 00 Nov 1994 08:49:37 GMT",
                "Sun, 31 Nov 1994 08:49:37 GMT",
                "Wed, 29 Feb 2023 00:00:00 GMT",
                "Sun, 06 Nov 1994 24:00:00 GMT",
                "Sun, 06 Nov 1994 08:60:37 GMT",
                "Sun, 06 Nov 1994 08:49:61 GMT",
                "Sun, 06 Nov -994 08:49:37 GMT",
                "Sun, +6 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 08.49.37 GMT",
                "Sun, 06 Nov 1994  8:49:37 GMT",
                "Sun, 06-Nov-94 08:49:37 GMT",
                "Sunday, 06 Nov 1994 08:49:37 GMT",
                "Sun Nov 6 08:49:37 1994",
                "Sun Nov  6 08:49:37 1994 GMT",
                "Sunday, 32-Nov-94 08:49:37 GMT",
                "Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT"
            })
    void parse_anythingElse_isEmpty(String value) {
        assertEquals(Optional.empty(), HttpDate.parse(value, NOW));
    }

    @Test
    void format_outOfBounds_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> HttpDate.format(HttpDate.MAX.plusSeconds(1)));
        assertThrows(IllegalArgumentException.class, () -> HttpDate.format(HttpDate.MIN.minusSeconds(1)));
        assertEquals("Fri, 31 Dec 9999 23:59:59 GMT", HttpDate.format(HttpDate.MAX));
        assertEquals("Sat, 01 Jan 0000 00:00:00 GMT", HttpDate.format(HttpDate.MIN));
    }

    @Property
    void parse_everyForm_isTheInverseOfFormat(
            @ForAll @LongRange(min = -62167219200L, max = 253402300799L) long epochSecond) {
        Instant instant = Instant.ofEpochSecond(epochSecond);
        assertEquals(Optional.of(instant), HttpDate.parse(HttpDate.format(instant), NOW));
        assertEquals(byJdk("EEE, dd MMM uuuu HH:mm:ss 'GMT'", instant), HttpDate.format(instant));
        assertEquals(Optional.of(instant), HttpDate.parse(byJdk("EEE MMM ppd HH:mm:ss uuuu", instant), NOW));
    }

    @Property
    void parse_twoDigitYear_isWithinFiftyYearsAhead(
            @ForAll @LongRange(min = 221227201, max = 3360830400L) long epochSecond) {
        Instant instant = Instant.ofEpochSecond(epochSecond);
        String value = byJdk("EEEE, dd-MMM-yy HH:mm:ss 'GMT'", instant);
        Instant parsed = HttpDate.parse(value, NOW).orElseThrow();
        assertEquals(instant, parsed, value);
    }

    private static String byJdk(String pattern, Instant instant) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)
                .withZone(ZoneOffset.UTC)
                .format(instant);
    }
}
