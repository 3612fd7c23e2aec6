package dev.sluice.http;

import java.util.Optional;

/** Reads the elements of a {@code Range} field one after the other (RFC 9110 §14.1.1). */
final class RangeSpecScanner {
    private static final long ABSENT = -1;

    private final String value;
    private int at;

    RangeSpecScanner(String value, int from) {
        this.value = value;
        this.at = from;
    }

    /** Skips whitespace and empty list elements (RFC 9110 §5.6.1.2) and says whether anything is left. */
    boolean hasNext() {
        while (at < value.length() && (value.charAt(at) == ',' || isWhitespace())) {
            at++;
        }
        return at < value.length();
    }

    /** Reads one element up to its comma or the end; empty if it is invalid. */
    Optional<RangeSpec> next() {
        long first = position();
        if (at == value.length() || value.charAt(at) != '-') {
            return Optional.empty();
        }
        at++;
        long last = position();
        while (at < value.length() && isWhitespace()) {
            at++;
        }
        boolean ended = at == value.length() || value.charAt(at) == ',';
        return ended ? spec(first, last) : Optional.empty();
    }

    private static Optional<RangeSpec> spec(long first, long last) {
        if (first == ABSENT) {
            return last == ABSENT ? Optional.empty() : Optional.of(new RangeSpec.Suffix(last));
        }
        if (last == ABSENT) {
            return Optional.of(new RangeSpec.Open(first));
        }
        return first <= last ? Optional.of(new RangeSpec.Closed(first, last)) : Optional.empty();
    }

    private long position() {
        if (at == value.length() || !isDigit()) {
            return ABSENT;
        }
        long position = 0;
        for (; at < value.length() && isDigit(); at++) {
            int digit = value.charAt(at) - '0';
            position = position > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : position * 10 + digit;
        }
        return position;
    }

    private boolean isDigit() {
        return value.charAt(at) >= '0' && value.charAt(at) <= '9';
    }

    private boolean isWhitespace() {
        return value.charAt(at) == ' ' || value.charAt(at) == '\t';
    }
}
