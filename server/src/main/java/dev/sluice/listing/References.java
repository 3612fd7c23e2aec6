package dev.sluice.listing;

import dev.sluice.http.SitePath;

/**
 * References from a directory's page to what is in and around it, all relative, so that they hold behind a proxy that serves
 * the site under another path.
 *
 * <p>The page may have been asked for without its last slash; the last segment is then no part of the base (RFC 3986 §5.2.3),
 * and has to be said again.
 */
final class References {
    private final SitePath path;
    private final String here;

    References(SitePath path) {
        this.path = path;
        // "./" keeps a colon in a name from ending a scheme (RFC 3986 §4.2).
        this.here = path.directory() ? "./" : "./" + SitePath.encode(path.name()) + '/';
    }

    /** To an entry; to a directory with its slash. */
    String to(Entry entry) {
        String file = to(entry.name());
        return entry.directory() ? file + '/' : file;
    }

    /** To a file. */
    String to(String name) {
        return here + SitePath.encode(name);
    }

    /**
     * To a directory above this one, or to itself.
     *
     * @param depth how many segments that has, from 0 to as many as this one has
     */
    String above(int depth) {
        int ups = path.segments().size() - depth - (path.directory() ? 0 : 1);
        if (ups < 0) {
            return here;
        }
        return ups == 0 ? "./" : "../".repeat(ups);
    }
}
