package dev.sluice.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads a list of elements with weights, as {@code Accept} and {@code Accept-Encoding} are (RFC 9110 §12.4.2). */
final class WeightScanner {
    private static final int MAX_QUALITY = 1000;
    private static final int UNSET = -1;

    private final String value;
    private int at;
    private int quality;
    private boolean parameters;

    private WeightScanner(String value) {
        this.value = value;
    }

    /** Returns the well-formed elements in their order; the others are left out. */
    static List<Weighted> read(String value) {
        WeightScanner scanner = new WeightScanner(value);
        List<Weighted> elements = new ArrayList<>();
        while (scanner.hasNext()) {
            scanner.next().ifPresent(elements::add);
        }
        return elements;
    }

    /** Skips whitespace and empty list elements (RFC 9110 §5.6.1.2) and says whether anything is left. */
    private boolean hasNext() {
        skipWhitespace();
        while (skip(',')) {
            skipWhitespace();
        }
        return at < value.length();
    }

    /** Reads one element up to its comma or the end; behind a fault, to the next comma, whatever it stands in. */
    private Optional<Weighted> next() {
        Optional<Weighted> element = element();
        int comma = value.indexOf(',', at);
        int end = comma < 0 ? value.length() : comma;
        boolean whole = at == end;
        at = end;
        return whole ? element : Optional.empty();
    }

    private Optional<Weighted> element() {
        quality = UNSET;
        parameters = false;
        String name = word();
        boolean valid = !name.isEmpty();
        while (valid && skipSemicolon()) {
            valid = parameter();
        }
        return valid
                ? Optional.of(new Weighted(name, parameters, quality == UNSET ? MAX_QUALITY : quality))
                : Optional.empty();
    }

    /** Reads what stands behind a semicolon, which may be nothing (RFC 9110 §5.6.6). */
    private boolean parameter() {
        if (at == value.length() || is(',') || is(';')) {
            return true;
        }
        String name = word();
        if (name.isEmpty() || !skip('=')) {
            return false;
        }
        if (name.equals("q")) {
            return quality == UNSET && weight();
        }
        parameters = true;
        return is('"') ? skipQuoted() : !word().isEmpty();
    }

    /**
     * Reads {@code qvalue}: at most 1, with at most three digits behind the point. The digit before the point may be
     * missing, because the JDK's own client says {@code q=.2}.
     */
    private boolean weight() {
        boolean unit = is('0') || is('1');
        int read = 0;
        if (unit) {
            read = (value.charAt(at++) - '0') * MAX_QUALITY;
        }
        boolean fraction = false;
        if (skip('.')) {
            for (int step = MAX_QUALITY / 10; step > 0 && isDigit(); step /= 10) {
                read += (value.charAt(at++) - '0') * step;
                fraction = true;
            }
        }
        quality = read;
        return (unit || fraction) && read <= MAX_QUALITY;
    }

    private boolean skipQuoted() {
        int close = at + 1;
        while (close < value.length() && value.charAt(close) != '"') {
            close += value.charAt(close) == '\\' ? 2 : 1;
        }
        if (close >= value.length()) {
            return false;
        }
        at = close + 1;
        return true;
    }

    /** Reads token characters and slashes, as many as there are. */
    private String word() {
        int from = at;
        while (at < value.length() && (is('/') || Token.isTokenChar(value.charAt(at)))) {
            at++;
        }
        return value.substring(from, at).toLowerCase(Locale.ROOT);
    }

    private boolean skipSemicolon() {
        skipWhitespace();
        boolean semicolon = skip(';');
        if (semicolon) {
            skipWhitespace();
        }
        return semicolon;
    }

    private void skipWhitespace() {
        while (is(' ') || is('\t')) {
            at++;
        }
    }

    private boolean skip(char c) {
        boolean there = is(c);
        at += there ? 1 : 0;
        return there;
    }

    private boolean is(char c) {
        return at < value.length() && value.charAt(at) == c;
    }

    private boolean isDigit() {
        return at < value.length() && value.charAt(at) >= '0' && value.charAt(at) <= '9';
    }
}
