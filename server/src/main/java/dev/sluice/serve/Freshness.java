package dev.sluice.serve;

import dev.sluice.http.SitePath;
import dev.sluice.io.Look;
import dev.sluice.site.Resolver;
import dev.sluice.site.Watch;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides for how long what was seen of a file may be taken for what is there: until somebody tells of a change if it is
 * watched, and for {@code cache.revalidate} if not.
 */
final class Freshness {
    /**
     * For a file that is watched. It is looked at after half of it all the same, if it is asked for: a write through a mapping
     * raises no event.
     */
    static final Duration WATCHED = Duration.ofMinutes(5);

    private final Resolver resolver;
    private final long revalidateNanos;

    /**
     * @param revalidate how old the facts about a file may grow that is not watched
     */
    Freshness(Resolver resolver, Duration revalidate) {
        this.resolver = resolver;
        this.revalidateNanos = revalidate.toNanos();
    }

    /** A file that is watched, in a root that may be switched. */
    private record Watched(Watch watch, Resolver resolver) implements Look.Doubt {
        @Override
        public boolean since(long moment) {
            return watch.changedSince(moment) || resolver.switchedSince(moment);
        }
    }

    /**
     * Begins to watch for a file that has been looked at.
     *
     * @param path by which it was looked for
     * @param found where it was found
     * @param beganAt {@link System#nanoTime()} before that
     * @return the look; if its {@code at} is not {@code beganAt}, then what was seen before it does not count: the file has
     *     to be looked at once more, and found to be the same
     */
    Look look(SitePath path, SitePath found, long beganAt) throws IOException {
        Watch watch = resolver.watch(path, found);
        if (watch == null) {
            return new Look(beganAt, revalidateNanos, resolver::switchedSince);
        }
        long at = watch.changedSince(beganAt) ? System.nanoTime() : beganAt;
        return watched(at, new Watched(watch, resolver));
    }

    private Look watched(long at, Watched doubt) {
        return new Look(at, Math.max(WATCHED.toNanos(), revalidateNanos), doubt);
    }

    /**
     * The look that has just been taken at a file that has been watched since the last one, and on whose way nothing has
     * happened: the same way is to be watched, and need not be traced.
     *
     * @param last the look before
     * @param beganAt {@link System#nanoTime()} before the new one
     * @return null if it is not known to be the same way
     */
    @Nullable
    Look renewed(Look last, long beganAt) {
        boolean same =
                last.doubt() instanceof Watched doubt && last.unsettledSince().isEmpty() && !doubt.since(last.at());
        return same ? watched(beganAt, (Watched) last.doubt()) : null;
    }

    /** The look by which a file was taken: a sidecar that has to settle first comes without another event. */
    Look of(Intake.Taken taken, Look look) {
        return taken.complete() ? look : look.atMost(Settling.IN_PLACE.toNanos());
    }

    /**
     * Whether a file that is being changed may be served as it was for a moment. One that is not watched may be for as long as
     * its last look counts anyway; none may be whose root has been switched: all of the old release is gone at once.
     */
    boolean tolerable(Look last) {
        return last.doubt() instanceof Watched && !resolver.switchedSince(last.at());
    }

    /**
     * Hands on the watches behind looks that are in use.
     *
     * @param looks hands on those looks
     */
    static void watches(Consumer<Consumer<Look>> looks, Consumer<Watch> taker) {
        looks.accept(look -> {
            if (look.doubt() instanceof Watched watched) {
                taker.accept(watched.watch());
            }
        });
    }
}
