package dev.sluice.serve;

import dev.sluice.http.Method;
import dev.sluice.http.SitePath;
import dev.sluice.plan.Dressing;
import dev.sluice.plan.Entrance;
import dev.sluice.plan.Lookup;
import dev.sluice.plan.Rules;
import dev.sluice.site.Resolution;
import dev.sluice.site.Resolver;
import java.io.IOException;

/** From a path to the file that answers it, and what the rules say of the two. Looks, and brings nothing in. */
final class Finder {
    /** A rule guards the file on its own path. */
    static final Loaded GUARDED = new Loaded.NoFile(new Lookup.Missing(Reasons.GUARDED));

    private final Resolver resolver;
    private final Representations representations;
    private final Rules rules;

    Finder(Resolver resolver, Representations representations, Rules rules) {
        this.resolver = resolver;
        this.representations = representations;
        this.rules = rules;
    }

    /** What the rules say of a path before anybody looks for a file. */
    Entrance entrance(SitePath path) {
        return rules.before(Method.GET, path);
    }

    /**
     * Looks for the file. Blocking; whoever gets a file closes it.
     *
     * @throws IOException if the disk, and not the name, is to blame
     */
    Resolution find(Entrance entrance) throws IOException {
        return resolver.resolve(entrance.path());
    }

    /** What it comes to where there is no file. */
    static Loaded withoutFile(Resolution resolution) {
        if (resolution instanceof Resolution.Changing) {
            return Loaded.Unsettled.INSTANCE;
        }
        if (resolution instanceof Resolution.RootAbsent) {
            return new Loaded.NoFile(new Lookup.Unavailable(Reasons.ROOT_ABSENT));
        }
        if (resolution instanceof Resolution.Moved moved) {
            return new Loaded.NoFile(new Lookup.Redirect(moved.path().encoded()));
        }
        if (resolution instanceof Resolution.NoIndex directory) {
            return new Loaded.Unindexed(directory);
        }
        Resolution.Missing missing = (Resolution.Missing) resolution;
        return new Loaded.NoFile(new Lookup.Missing(missing.reason(), missing.status()));
    }

    /** A rule that guards a file guards it on every way: by its index's directory, a clean URL or a rewrite, too. */
    boolean guardedElsewhere(SitePath path, Entrance entrance, Resolution.File file) {
        return !file.path().equals(path)
                && rules.before(Method.GET, file.path()).guardedBeyond(entrance);
    }

    /** How an answer by this file is dressed. */
    Dressing dressing(SitePath path, Resolution.File file) {
        return rules.after(Method.GET, path, file.path().name(), representations.type(file));
    }

    /**
     * What the planner decides by, for a file that is too large to be held. Nothing can be filled in there.
     */
    Lookup large(Resolution.File file, Dressing dressing) {
        return dressing.template() == null
                ? representations.unread(file)
                : new Lookup.Failed(Reasons.TEMPLATE_TOO_LARGE);
    }
}
