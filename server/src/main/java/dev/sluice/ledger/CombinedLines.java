package dev.sluice.ledger;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The combined log format of Apache and nginx: {@code client - - [time] "request" status bytes "referer" "user agent"}.
 *
 * <p>What could end a field or forge a line is escaped as nginx does it, {@code \x22}: quote, backslash, controls, and
 * everything above ASCII. A char up to 255 is one octet as received; a larger one, which no header field yields, is
 * escaped as its UTF-8 octets.
 */
final class CombinedLines implements LineFormat {
    private static final String HEX = "0123456789ABCDEF";

    private final SecondStamp time;

    CombinedLines(ZoneId zone) {
        time = new SecondStamp(DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss xx", Locale.ENGLISH)
                .withZone(zone));
    }

    @Override
    public void append(Served served, LineBuffer out) {
        escape(served.client(), out);
        out.append(" - - [").append(time.at(served.timeMillis())).append("] \"");
        escape(served.method(), out);
        out.append(' ');
        escape(served.target(), out);
        out.append(' ');
        escape(served.protocol(), out);
        out.append("\" ").append(served.status()).append(' ').append(served.bytes());
        quote(served.referer(), out);
        quote(served.userAgent(), out);
        out.append('\n');
    }

    private static void quote(@Nullable String field, LineBuffer out) {
        out.append(" \"");
        escape(field == null || field.isEmpty() ? "-" : field, out);
        out.append('"');
    }

    private static void escape(String text, LineBuffer out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c <= '~' && c != '"' && c != '\\') {
                out.append(c);
            } else if (c <= 0xFF) {
                octet(c, out);
            } else {
                int codePoint = text.codePointAt(i);
                i += Character.charCount(codePoint) - 1;
                for (byte octet : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
                    octet(octet & 0xFF, out);
                }
            }
        }
    }

    private static void octet(int octet, LineBuffer out) {
        out.append("\\x").append(HEX.charAt(octet >> 4)).append(HEX.charAt(octet & 0xF));
    }
}
