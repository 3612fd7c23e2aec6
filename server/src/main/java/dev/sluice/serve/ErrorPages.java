package dev.sluice.serve;

import dev.sluice.http.SitePath;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a site that take the place of a refusal's line of text.
 *
 * @param byStatus pages of single statuses, 400 to 599
 * @param byClass pages of all other statuses that begin with a digit, 4 or 5
 */
public record ErrorPages(Map<Integer, SitePath> byStatus, Map<Integer, SitePath> byClass) {
    private static final int FIRST_ERROR = 400;
    private static final int CLASS = 100;

    /** No pages. */
    public static final ErrorPages NONE = new ErrorPages(Map.of(), Map.of());

    /** Copies the maps. */
    public ErrorPages {
        byStatus = Map.copyOf(byStatus);
        byClass = Map.copyOf(byClass);
    }

    /** Returns the page for a status, or null if there is none or the status is no error. */
    @Nullable
    SitePath of(int status) {
        if (status < FIRST_ERROR) {
            return null;
        }
        SitePath page = byStatus.get(status);
        return page == null ? byClass.get(status / CLASS) : page;
    }
}
