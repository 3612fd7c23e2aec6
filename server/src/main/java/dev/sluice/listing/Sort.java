package dev.sluice.listing;

import java.util.Locale;

/** What a listing is sorted by. */
public enum Sort {
    /** The name, as people expect names to be ordered. */
    NAME,
    /** The size; directories, which have none, by name. */
    SIZE,
    /** The time of the last change. */
    MODIFIED;

    /** As it is written in a query. */
    String token() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** By which order somebody who asks for this wants it first: names from A, but the largest and the newest. */
    boolean ascendsFirst() {
        return this == NAME;
    }
}
