package dev.sluice.config;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Which symbolic links below a site's root are followed. */
public enum SymlinkPolicy {
    /** Those whose target lies below the root as well. */
    INSIDE,
    /** None: a link counts as missing. */
    NEVER,
    /** All, also those that leave the root. */
    ALWAYS;

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
