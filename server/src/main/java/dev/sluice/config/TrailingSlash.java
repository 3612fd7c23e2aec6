package dev.sluice.config;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Under which of two paths, {@code /dir/} or {@code /dir}, a directory answers. */
public enum TrailingSlash {
    /** Under {@code /dir/}; {@code /dir} is redirected there. */
    ADD,
    /** Under {@code /dir}; {@code /dir/} is redirected there. */
    REMOVE,
    /** Under both. */
    KEEP;

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
