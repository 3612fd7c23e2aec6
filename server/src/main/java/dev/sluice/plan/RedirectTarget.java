package dev.sluice.plan;

import dev.sluice.http.CaptureTemplate;
import dev.sluice.http.SitePath;
import java.util.List;

/**
 * Where a rule sends a client.
 *
 * @param origin scheme and authority, such as {@code https://example.org}; empty for the same site. No capture of the path
 *     ever gets in here, so a request cannot choose the host it is sent to
 * @param path the path, and a query if one is meant, with the captures of the rule's glob
 */
public record RedirectTarget(String origin, CaptureTemplate path) {
    /**
     * Returns the value of {@code Location}.
     *
     * @param captures what the path's wildcards stand for, decoded
     */
    String location(List<String> captures) {
        String expanded = path.expand(captures.stream().map(SitePath::encode).toList());
        int start = 0;
        // A browser takes two slashes, or a slash and a backslash, for the start of another host.
        while (start + 1 < expanded.length()
                && isSlash(expanded.charAt(start))
                && isSlash(expanded.charAt(start + 1))) {
            start++;
        }
        return origin + expanded.substring(start);
    }

    private static boolean isSlash(char c) {
        return c == '/' || c == '\\';
    }
}
