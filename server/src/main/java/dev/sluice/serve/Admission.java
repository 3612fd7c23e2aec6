package dev.sluice.serve;

import dev.sluice.http.ContentCoding;
import dev.sluice.http.Method;
import dev.sluice.http.SitePath;
import dev.sluice.io.HotSet;
import dev.sluice.io.RegionSlice;
import dev.sluice.plan.Dressing;
import dev.sluice.plan.Entrance;
import dev.sluice.plan.Lookup;
import dev.sluice.plan.Policy;
import dev.sluice.plan.Representation;
import dev.sluice.plan.Rules;
import dev.sluice.site.Resolution;
import dev.sluice.site.Resolver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads small files, and their sidecars, into regions and puts them into the hot set. Blocking.
 *
 * <p>A file is read straight into the mapping, compared with its facts once more, and only then published.
 */
final class Admission {
    private final Intake intake;
    private final Policy policy;
    private final Representations representations;
    private final HotSet<Hot> hotSet;
    private final RegionReader reader;
    private final Rules rules;

    Admission(
            Resolver resolver,
            Policy policy,
            Representations representations,
            HotSet<Hot> hotSet,
            RegionReader reader,
            Rules rules) {
        this.intake = new Intake(resolver, policy, representations, reader);
        this.policy = policy;
        this.representations = representations;
        this.hotSet = hotSet;
        this.reader = reader;
        this.rules = rules;
    }

    /** Whether a file of this many bytes belongs into the hot set. */
    boolean wants(long size) {
        return reader.hasRegions() && policy.holds(size);
    }

    /**
     * Reads a file: into a region, or into memory of its own while every region is being read.
     *
     * @param path under which it is requested
     * @param entrance what the rules say of that
     * @param beganAt {@link System#nanoTime()} before the file was looked at
     */
    Loaded read(SitePath path, Entrance entrance, Resolution.File file, long beganAt) throws IOException {
        Dressing dressing = rules.after(Method.GET, path, file.path().name(), representations.type(file));
        List<RegionReader.Held> held = new ArrayList<>();
        try {
            Intake.Taken taken = intake.take(entrance.path(), file, dressing, held);
            return taken == null
                    ? Loaded.Unsettled.INSTANCE
                    : new Reading(path, entrance, dressing, file, taken, beganAt).publish(held);
        } finally {
            held.forEach(RegionReader.Held::release);
        }
    }

    /** A file that has been read, on its way into the hot set. */
    private final class Reading {
        private final SitePath path;
        private final Entrance entrance;
        private final Dressing dressing;
        private final Resolution.File file;
        private final Intake.Taken taken;
        private final long beganAt;

        Reading(
                SitePath path,
                Entrance entrance,
                Dressing dressing,
                Resolution.File file,
                Intake.Taken taken,
                long beganAt) {
            this.path = path;
            this.entrance = entrance;
            this.dressing = dressing;
            this.file = file;
            this.taken = taken;
            this.beganAt = beganAt;
        }

        /** Publishes the body and its coded forms; takes the lease of the body out of the list. */
        Loaded publish(List<RegionReader.Held> held) {
            RegionSlice slice = taken.body().slice();
            if (slice == null) {
                Lookup.Found found =
                        new Lookup.Found(List.of(taken.identity()), file.facts().size(), Set.of());
                Source source = new Source.FromMemory(taken.body().content());
                return new Loaded.Elsewhere(found, Map.of(ContentCoding.IDENTITY, source), dressing, taken.template());
            }
            List<Hot.Variant> variants = variants();
            Hot hot = new Hot(
                    path, file.version(), entrance, dressing, ready(taken.identity()), variants, taken.template());
            HotSet.Entry<Hot> entry = hotSet.admit(path.encoded(), slice, hot, beganAt);
            entry.attach(variants.stream().map(Hot.Variant::slice).toList());
            held.remove(0);
            return new Loaded.InHotSet(entry);
        }

        private List<Hot.Variant> variants() {
            List<Hot.Variant> variants = new ArrayList<>();
            for (Intake.Coded coded : taken.coded()) {
                RegionSlice slice = coded.body().slice();
                if (slice != null) {
                    variants.add(new Hot.Variant(slice, ready(coded.representation())));
                }
            }
            return variants;
        }

        private Ready ready(Representation representation) {
            return Ready.of(representation, file.facts().size(), dressing, entrance, policy);
        }
    }
}
