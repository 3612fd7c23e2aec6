package dev.sluice.serve;

import dev.sluice.http.SitePath;
import dev.sluice.io.HotSet;
import dev.sluice.plan.Dressing;
import dev.sluice.plan.Entrance;
import dev.sluice.plan.Lookup;
import dev.sluice.plan.Representation;
import dev.sluice.plan.Request;
import dev.sluice.site.Resolution;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what a request would find. Like the {@link Loader} it asks the hot set first and then the disk, but it leaves both
 * as they are: it takes no lease, reads into memory of its own, counts nothing and keeps nothing open.
 */
final class Preview {
    private final Finder finder;
    private final HotSet<Hot> hotSet;
    private final LongPredicate small;
    private final Intake intake;
    private final Digests digests;
    private final Variants variants;
    private final @Nullable LivePages pages;

    /**
     * @param small whether a file of that many bytes belongs into the hot set
     * @param intake reads into memory
     * @param pages of a site that is served to its author, or null
     */
    Preview(
            Finder finder,
            HotSet<Hot> hotSet,
            LongPredicate small,
            Intake intake,
            Digests digests,
            Variants variants,
            @Nullable LivePages pages) {
        this.pages = pages;
        this.finder = finder;
        this.hotSet = hotSet;
        this.small = small;
        this.intake = intake;
        this.digests = digests;
        this.variants = variants;
    }

    /**
     * What was seen.
     *
     * @param loaded as a load would find it, but with nothing leased, and never in the hot set
     * @param small whether it is in the hot set, or would come there
     * @param ready whether it is there and may be served without another look at the disk
     */
    record Sight(Loaded loaded, boolean small, boolean ready) {}

    /**
     * Looks. Blocking.
     *
     * @param request who asks: tells which codings would be made, and whether a digest of a large file is wanted
     * @param trace is told what was seen
     * @throws IOException if the disk, and not the name, is to blame
     */
    Sight look(SitePath path, Request request, Trace trace) throws IOException {
        HotSet.Entry<Hot> entry = hotSet.peek(path.encoded());
        long now = System.nanoTime();
        if (entry != null && hotSet.servable(entry, now)) {
            trace.add("file", SightText.of(entry.value().version().file()) + ", when it was read");
            long age = TimeUnit.NANOSECONDS.toMillis(now - entry.checkedAt());
            trace.add("hot set", "held, compared with the file " + age + " ms ago" + codings(entry.value(), request));
            return new Sight(held(entry.value()), true, true);
        }
        Entrance entrance = finder.entrance(path);
        Resolution resolution = finder.find(entrance);
        if (resolution instanceof Resolution.File file) {
            try (file) {
                return new Looking(path, entrance, file, request, trace).look(entry);
            }
        }
        trace.add("file", SightText.of(resolution));
        return new Sight(Finder.withoutFile(resolution), false, false);
    }

    /** All the answers that the hot set has ready: in serving, the one that the client likes best is leased first. */
    private static Loaded held(Hot hot) {
        Representation identity = hot.identity().representation();
        List<Representation> choices =
                Stream.concat(live(hot).stream(), Stream.of(identity)).toList();
        Lookup.Found found = new Lookup.Found(choices, identity.length(), Set.of());
        return new Loaded.Elsewhere(found, Map.of(), hot.dressing(), hot.template());
    }

    private static List<Representation> live(Hot hot) {
        return hot.variants().stream()
                .filter(variant -> variant.body().live())
                .map(variant -> variant.ready().representation())
                .toList();
    }

    private String codings(Hot hot, Request request) {
        return hot.codingClaimed()
                ? SightText.of(live(hot), List.of())
                : codings(hot.identity().representation(), live(hot), request);
    }

    private String codings(Representation identity, List<Representation> coded, Request request) {
        return SightText.of(coded, variants.wanted(identity, request.codings()) ? variants.makeable() : List.of());
    }

    /** A look at a file on the disk. */
    private final class Looking {
        private final SitePath path;
        private final Entrance entrance;
        private final Resolution.File file;
        private final Request request;
        private final Trace trace;

        Looking(SitePath path, Entrance entrance, Resolution.File found, Request request, Trace trace) {
            this.path = path;
            this.entrance = entrance;
            this.file = withoutUnsettled(found);
            this.request = request;
            this.trace = trace;
        }

        Sight look(HotSet.@Nullable Entry<Hot> entry) throws IOException {
            trace.add("file", SightText.of(file, Instant.now()));
            if (finder.guardedElsewhere(path, entrance, file)) {
                trace.add(
                        "rule", "the file's own path is guarded by a rule that the path asked for does not fall under");
                return new Sight(Finder.GUARDED, false, false);
            }
            Loaded page = pages == null ? null : pages.read(path, entrance, file);
            if (page != null) {
                trace.add("dev", "read for this response alone, with the script of live reload if it is HTML");
                return new Sight(page, false, false);
            }
            if (!small.test(file.facts().size())) {
                trace.add(
                        "hot set",
                        "not asked: the file is too large for it, or the site is served to its author (dev)");
                return large(finder.dressing(path, file));
            }
            if (entry != null && entry.body().live() && entry.value().version().equals(file.version())) {
                trace.add("hot set", "held, and still the file as it is" + codings(entry.value(), request));
                return new Sight(held(entry.value()), true, false);
            }
            return small(finder.dressing(path, file), entry == null ? "not held" : "not held in this version");
        }

        private Sight small(Dressing dressing, String held) throws IOException {
            Intake.Taken taken = intake.take(entrance.path(), file, dressing, new ArrayList<>());
            if (taken == null) {
                trace.add("hot set", held + "; the file changed while it was read");
                return new Sight(Loaded.Unsettled.INSTANCE, false, false);
            }
            Lookup.Found found = taken.found(file.facts().size());
            List<Representation> coded =
                    found.choices().subList(0, found.choices().size() - 1);
            trace.add("hot set", held + ", to be read" + codings(taken.identity(), coded, request));
            return new Sight(new Loaded.Elsewhere(found, Map.of(), dressing, taken.template()), true, false);
        }

        private Sight large(Dressing dressing) throws IOException {
            Lookup lookup = finder.large(file, dressing);
            Loaded loaded = lookup instanceof Lookup.Found found
                    ? new Loaded.Elsewhere(digests.previewed(request, found, file), Map.of(), dressing, null)
                    : new Loaded.NoFile(lookup);
            return new Sight(loaded, false, false);
        }

        /** A sidecar that is still being written does not exist yet. */
        private static Resolution.File withoutUnsettled(Resolution.File found) {
            Instant now = Instant.now();
            List<Resolution.Sidecar> settled = found.sidecars().stream()
                    .filter(sidecar -> Settling.rested(sidecar.facts(), Settling.IN_PLACE, now))
                    .toList();
            return new Resolution.File(found.path(), found.channel(), found.facts(), settled, found.place());
        }
    }
}
