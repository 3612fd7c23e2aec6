package dev.sluice.config;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pages that a site has for errors, each a path within the site.
 *
 * @param byStatus the pages of single status codes, 400 to 599
 * @param byClass the pages of a whole class, under 4 or 5, for the status codes that have none of their own
 */
public record ErrorPages(Map<Integer, String> byStatus, Map<Integer, String> byClass) {
    private static final int CLASS_SIZE = 100;

    /** Copies the maps and keeps their order. */
    public ErrorPages {
        byStatus = Collections.unmodifiableMap(new LinkedHashMap<>(byStatus));
        byClass = Collections.unmodifiableMap(new LinkedHashMap<>(byClass));
    }

    /**
     * The page of a status code.
     *
     * @param status any status code
     * @return its own page, or else that of its class; null if there is neither
     */
    public @Nullable String page(int status) {
        @Nullable String own = byStatus.get(status);
        return own == null ? byClass.get(status / CLASS_SIZE) : own;
    }

    /** With the keys of the file: {@code 404}, {@code 5xx}. */
    @JsonValue
    Map<String, String> printed() {
        Map<String, String> pages = new LinkedHashMap<>();
        byStatus.forEach((status, page) -> pages.put(status.toString(), page));
        byClass.forEach((digit, page) -> pages.put(digit + "xx", page));
        return pages;
    }
}
