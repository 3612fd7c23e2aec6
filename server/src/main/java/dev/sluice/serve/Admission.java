package dev.sluice.serve;

import dev.sluice.http.ContentCoding;
import dev.sluice.http.Method;
import dev.sluice.http.SitePath;
import dev.sluice.io.HotSet;
import dev.sluice.io.Look;
import dev.sluice.io.RegionBody;
import dev.sluice.io.RegionStore;
import dev.sluice.plan.Dressing;
import dev.sluice.plan.Entrance;
import dev.sluice.plan.Policy;
import dev.sluice.plan.Representation;
import dev.sluice.plan.Rules;
import dev.sluice.site.Resolution;
import dev.sluice.site.Resolver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Reads small files, and their sidecars, into regions and puts them into the hot set. Blocking.
 *
 * <p>A file is read straight into the mapping, compared with its facts once more, and only then published.
 */
final class Admission {
    /** An odd number without a pattern: 2^64 divided by the golden ratio (Knuth, TAOCP 3, 6.4). */
    private static final long MIXER = 0x9E37_79B9_7F4A_7C15L;

    private final KeptIntake kept;
    private final Intake keeping;
    private final Intake passing;
    private final Storage storage;
    private final Policy policy;
    private final Representations representations;
    private final HotSet<Hot> hotSet;
    private final Rules rules;
    private final Freshness freshness;
    private final Intake.Recheck anew;

    Admission(
            Resolver resolver,
            Storage storage,
            Representations representations,
            HotSet<Hot> hotSet,
            Rules rules,
            Freshness freshness) {
        this.policy = storage.policy();
        this.anew = Intake.Recheck.anew(resolver);
        this.kept = new KeptIntake(storage.inheritance(), representations, policy);
        this.keeping = new Intake(anew, policy, representations, storage.reader());
        this.passing = new Intake(Intake.Recheck.inPlace(), policy, representations, RegionReader.MEMORY);
        this.storage = storage;
        this.representations = representations;
        this.hotSet = hotSet;
        this.rules = rules;
        this.freshness = freshness;
    }

    /** Whether a file of this many bytes belongs into the hot set. */
    boolean wants(long size) {
        return storage.reader().hasRegions() && policy.holds(size);
    }

    /** Whether this file is to be held from now on: a new version of what is held always is. */
    private boolean admits(SitePath path, long length) {
        return hotSet.peek(path.encoded()) != null || storage.admits(number(path), length);
    }

    private long number(SitePath path) {
        long mixed = (path.encoded().hashCode() ^ ((long) System.identityHashCode(this) << 32)) * MIXER;
        return (mixed ^ (mixed >>> 32)) * MIXER;
    }

    /**
     * Reads a file: into a region if it is admitted, or else, and while every region is being read, into memory of its own.
     *
     * @param path under which it is requested
     * @param entrance what the rules say of that
     * @param beganAt {@link System#nanoTime()} before the file was looked at
     */
    Loaded read(SitePath path, Entrance entrance, Resolution.File file, long beganAt) throws IOException {
        Dressing dressing = rules.after(Method.GET, path, file.path().name(), representations.type(file));
        List<RegionReader.Held> held = new ArrayList<>();
        Loaded loaded = Loaded.Unsettled.INSTANCE;
        try {
            loaded = read(path, entrance, dressing, file, beganAt, held);
            return loaded;
        } finally {
            if (!(loaded instanceof Loaded.InHotSet)) {
                held.forEach(RegionReader.Held::discard);
            }
            held.forEach(RegionReader.Held::release);
        }
    }

    private Loaded read(
            SitePath path,
            Entrance entrance,
            Dressing dressing,
            Resolution.File file,
            long beganAt,
            List<RegionReader.Held> held)
            throws IOException {
        Intake.Taken left = kept.take(file, dressing, held);
        if (left != null) {
            Look look = freshness.look(entrance.path(), file.path(), beganAt);
            Intake.Taken checked = left.ifStill(file.version(), anew.version(entrance.path(), file));
            return checked == null
                    ? Loaded.Unsettled.INSTANCE
                    : new Reading(path, entrance, dressing, file, checked, freshness.of(checked, look))
                            .publish(held, true);
        }
        boolean admitted = admits(path, file.facts().size());
        // Whatever is not kept need not be watched.
        Look look = admitted
                ? freshness.look(entrance.path(), file.path(), beganAt)
                : new Look(beganAt, 0, Look.Doubt.NONE);
        Intake.Taken taken = (admitted ? keeping : passing).take(entrance.path(), file, dressing, held);
        if (taken == null) {
            return Loaded.Unsettled.INSTANCE;
        }
        if (dressing.template() == null) {
            note(taken, file);
        }
        return new Reading(path, entrance, dressing, file, taken, freshness.of(taken, look)).publish(held, admitted);
    }

    /** For the next process. What has something filled in is not the file's content, and so is not noted. */
    private void note(Intake.Taken taken, Resolution.File file) {
        storage.reader().note(taken.body(), KeptKey.of(ContentCoding.IDENTITY, file.facts()));
        for (Intake.Coded coded : taken.coded()) {
            file.sidecars().stream()
                    .filter(sidecar ->
                            sidecar.coding() == coded.representation().coding())
                    .forEach(sidecar ->
                            storage.reader().note(coded.body(), KeptKey.of(ContentCoding.IDENTITY, sidecar.facts())));
        }
    }

    /** A file that has been read, on its way into the hot set. */
    private final class Reading {
        private final SitePath path;
        private final Entrance entrance;
        private final Dressing dressing;
        private final Resolution.File file;
        private final Intake.Taken taken;
        private final Look look;

        Reading(
                SitePath path,
                Entrance entrance,
                Dressing dressing,
                Resolution.File file,
                Intake.Taken taken,
                Look look) {
            this.path = path;
            this.entrance = entrance;
            this.dressing = dressing;
            this.file = file;
            this.taken = taken;
            this.look = look;
        }

        /** Publishes the body and its coded forms; takes the lease of the body out of the list. */
        Loaded publish(List<RegionReader.Held> held, boolean admitted) {
            RegionStore.Slot slot = taken.body().slot();
            if (slot == null) {
                return elsewhere(admitted ? Reasons.REGIONS_BUSY : Reasons.NOT_ADMITTED);
            }
            List<Hot.Variant> variants = variants();
            Hot hot = new Hot(
                    path, file.version(), entrance, dressing, ready(taken.identity()), variants, taken.template());
            HotSet.Entry<Hot> entry = hotSet.admit(path.encoded(), slot.body(), hot, look);
            hotSet.attach(entry, variants.stream().map(Hot.Variant::body).toList());
            held.remove(0);
            return new Loaded.InHotSet(new HotSet.Leased<>(entry, slot.slice()));
        }

        private Loaded elsewhere(String why) {
            Map<ContentCoding, Source> sources = new EnumMap<>(ContentCoding.class);
            sources.put(
                    ContentCoding.IDENTITY, new Source.FromMemory(taken.body().content(), why));
            for (Intake.Coded coded : taken.coded()) {
                sources.put(
                        coded.representation().coding(),
                        new Source.FromMemory(coded.body().content(), why));
            }
            return new Loaded.Elsewhere(taken.found(file.facts().size()), sources, dressing, taken.template());
        }

        private List<Hot.Variant> variants() {
            List<Hot.Variant> variants = new ArrayList<>();
            for (Intake.Coded coded : taken.coded()) {
                RegionBody body = coded.body().body();
                if (body != null) {
                    variants.add(new Hot.Variant(body, ready(coded.representation())));
                }
            }
            return variants;
        }

        private Ready ready(Representation representation) {
            return Ready.of(representation, file.facts().size(), dressing, entrance, policy);
        }
    }
}
