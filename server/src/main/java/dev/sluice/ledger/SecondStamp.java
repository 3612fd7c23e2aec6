package dev.sluice.ledger;

import java.time.Instant;
import java.time.format.DateTimeFormatter;

/** A formatted time, made anew only when the second changes: formatting would cost more than the rest of the line. */
final class SecondStamp {
    private final DateTimeFormatter formatter;
    private long second = Long.MIN_VALUE;
    private String text = "";

    /**
     * Starts with nothing cached.
     *
     * @param formatter prints ASCII, and nothing finer than a second; carries its zone
     */
    SecondStamp(DateTimeFormatter formatter) {
        this.formatter = formatter;
    }

    String at(long epochMillis) {
        long now = Math.floorDiv(epochMillis, 1_000L);
        if (now != second) {
            text = formatter.format(Instant.ofEpochSecond(now));
            second = now;
        }
        return text;
    }
}
