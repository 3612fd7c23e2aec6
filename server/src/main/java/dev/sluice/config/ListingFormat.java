package dev.sluice.config;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a directory without an index file is answered with. */
public enum ListingFormat {
    /** A list of its names as a page; as JSON for a client that prefers it. */
    HTML,
    /** A list of its names as JSON. */
    JSON,
    /** 404, as if it were not there. */
    OFF;

    /**
     * The word that stands in a configuration.
     *
     * @return the name in lower case
     */
    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
