package dev.sluice.ledger;

import java.time.ZoneId;

/** The formats of the access log. */
public enum AccessLogFormat {
    /**
     * The combined log format of Apache and nginx; the time is local, with its offset; unsafe octets as {@code \x22}.
     */
    COMBINED,
    /** One JSON object a line, with the field names of the admin API; the time is UTC (RFC 3339). */
    JSON;

    LineFormat lines(ZoneId zone) {
        return switch (this) {
            case COMBINED -> new CombinedLines(zone);
            case JSON -> new JsonLines();
        };
    }
}
