package dev.sluice.site;

import dev.sluice.http.SitePath;
import java.io.IOException;
import java.util.List;

/** Which names decide what a path of a site is answered with. */
final class Trails {
    private final Site site;

    Trails(Site site) {
        this.site = site;
    }

    /**
     * The ways to all that is tried for a path, up to the file that was found.
     *
     * @param path the path
     * @param found the path of the file that it led to
     * @throws IOException if a link or a directory cannot be read
     */
    List<Step> to(SitePath path, SitePath found) throws IOException {
        Trail trail = new Trail(site.place());
        for (SitePath candidate : site.candidates().of(path)) {
            if (add(trail, candidate, found)) {
                break;
            }
        }
        return trail.steps();
    }

    /** Returns whether the file was found there. */
    private boolean add(Trail trail, SitePath candidate, SitePath found) throws IOException {
        if (!trail.add(candidate.segments())) {
            return candidate.equals(found);
        }
        for (String index : site.index()) {
            SitePath page = candidate.withSlash(true).child(index);
            trail.add(page.segments());
            if (page.equals(found)) {
                return true;
            }
        }
        return false;
    }
}
