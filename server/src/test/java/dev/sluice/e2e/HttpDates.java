package dev.sluice.e2e;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The date forms of RFC 9110 §5.6.7, written independently of the server's own code. */
final class HttpDates {
    private HttpDates() {}

    /** IMF-fixdate. */
    static String of(Instant time) {
        return format("EEE, dd MMM uuuu HH:mm:ss 'GMT'", time);
    }

    static String rfc850(Instant time) {
        return format("EEEE, dd-MMM-uu HH:mm:ss 'GMT'", time);
    }

    static String asctime(Instant time) {
        return format("EEE MMM ppd HH:mm:ss uuuu", time);
    }

    private static String format(String pattern, Instant time) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)
                .withZone(ZoneOffset.UTC)
                .format(time);
    }
}
