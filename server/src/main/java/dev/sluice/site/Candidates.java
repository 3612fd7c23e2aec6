package dev.sluice.site;

import dev.sluice.http.MalformedPathException;
import dev.sluice.http.SitePath;
import java.util.ArrayList;
import java.util.List;

/**
 * Which files of a site are tried for a path, and what is said if there is none of them.
 *
 * @param patterns paths in which {@code {path}} stands for the requested one without its last slash, tried in this order
 * @param otherwise the status if none of them is there
 */
public record Candidates(List<String> patterns, int otherwise) {
    private static final String PATH = "{path}";
    private static final int NOT_FOUND = 404;

    /** The requested path and no other. */
    public static final Candidates EXACT = new Candidates(List.of(PATH), NOT_FOUND);

    /** The requested path, or else that of the page of this name: {@code /about} for {@code /about.html}. */
    public static final Candidates CLEAN = new Candidates(List.of(PATH, PATH + ".html"), NOT_FOUND);

    /** Copies the list. */
    public Candidates {
        patterns = List.copyOf(patterns);
    }

    /** Returns the paths to try. */
    List<SitePath> of(SitePath path) {
        List<SitePath> paths = new ArrayList<>();
        for (String pattern : patterns) {
            if (pattern.equals(PATH)) {
                paths.add(path);
            } else if (!pattern.startsWith(PATH) || !path.segments().isEmpty()) {
                paths.add(expand(pattern, path));
            }
        }
        return paths;
    }

    private static SitePath expand(String pattern, SitePath path) {
        String bare = path.withSlash(false).encoded();
        String encoded = SitePath.encode(pattern).replace(SitePath.encode(PATH), bare);
        try {
            return SitePath.parse(encoded);
        } catch (MalformedPathException e) {
            throw new IllegalArgumentException("candidate " + pattern + ": " + e.getMessage(), e);
        }
    }
}
