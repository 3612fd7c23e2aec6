package dev.sluice.serve;

import dev.sluice.http.ContentCoding;
import dev.sluice.http.Method;
import dev.sluice.http.SitePath;
import dev.sluice.io.HotSet;
import dev.sluice.io.RegionSlice;
import dev.sluice.plan.Action;
import dev.sluice.plan.Dressing;
import dev.sluice.plan.Entrance;
import dev.sluice.plan.Lookup;
import dev.sluice.plan.Policy;
import dev.sluice.plan.Representation;
import dev.sluice.plan.Rules;
import dev.sluice.site.Resolution;
import dev.sluice.site.Resolver;
import dev.sluice.site.Version;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads small files, and their sidecars, into regions and puts them into the hot set. Blocking.
 *
 * <p>A file is read straight into the mapping, compared with its facts once more, and only then published.
 */
final class Admission {
    private final Resolver resolver;
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
        this.resolver = resolver;
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
        Action.Template filled = dressing.template();
        List<RegionReader.Held> held = new ArrayList<>();
        try {
            RegionReader.Held body = filled == null ? take(file, held) : takeFilled(file, filled, held);
            Version now = body == null ? null : resolver.examine(entrance.path());
            if (body == null || now == null || !file.version().isIn(now)) {
                return Loaded.Unsettled.INSTANCE;
            }
            Template template = filled == null || filled.nonce() == null
                    ? null
                    : Template.in(body.content(), filled.nonce(), body.slice());
            return new Reading(path, entrance, dressing, file, template, beganAt).publish(held);
        } finally {
            held.forEach(RegionReader.Held::release);
        }
    }

    /** Reads the file and then its sidecars, all or nothing. */
    private RegionReader.@Nullable Held take(Resolution.File file, List<RegionReader.Held> held) throws IOException {
        RegionReader.Held body = reader.read(file.channel(), (int) file.facts().size());
        if (body == null) {
            return null;
        }
        held.add(body);
        for (Resolution.Sidecar sidecar : kept(file)) {
            RegionReader.Held coded =
                    reader.read(sidecar.channel(), (int) sidecar.facts().size());
            if (coded == null) {
                return null;
            }
            held.add(coded);
        }
        return body;
    }

    /** What is filled in is known to this server alone, so no sidecar can hold it. */
    private RegionReader.@Nullable Held takeFilled(
            Resolution.File file, Action.Template template, List<RegionReader.Held> held) throws IOException {
        ByteBuffer raw = ByteBuffer.allocate((int) file.facts().size());
        if (!RegionReader.fill(raw, file.channel())) {
            return null;
        }
        RegionReader.Held body = reader.copy(Placeholders.fill(raw.flip(), template.env()));
        held.add(body);
        return body;
    }

    /** A sidecar larger than any file that is held could not be held. */
    private List<Resolution.Sidecar> kept(Resolution.File file) {
        return file.sidecars().stream()
                .filter(sidecar -> policy.holds(sidecar.facts().size()))
                .toList();
    }

    /** A file that has been read, on its way into the hot set. */
    private final class Reading {
        private final SitePath path;
        private final Entrance entrance;
        private final Dressing dressing;
        private final Resolution.File file;
        private final @Nullable Template template;
        private final long beganAt;

        Reading(
                SitePath path,
                Entrance entrance,
                Dressing dressing,
                Resolution.File file,
                @Nullable Template template,
                long beganAt) {
            this.path = path;
            this.entrance = entrance;
            this.dressing = dressing;
            this.file = file;
            this.template = template;
            this.beganAt = beganAt;
        }

        /** Publishes the body and its coded forms; takes the lease of the body out of the list. */
        Loaded publish(List<RegionReader.Held> held) {
            RegionReader.Held body = held.get(0);
            boolean coded = dressing.template() == null;
            Representation identity = representations.read(file, ContentCoding.IDENTITY, body.content(), coded);
            if (body.slice() == null) {
                Lookup.Found found =
                        new Lookup.Found(List.of(identity), file.facts().size(), Set.of());
                Source source = new Source.FromMemory(body.content());
                return new Loaded.Elsewhere(found, Map.of(ContentCoding.IDENTITY, source), dressing, template);
            }
            List<Hot.Variant> variants = dressing.template() == null ? variants(held) : List.<Hot.Variant>of();
            Hot hot = new Hot(path, file.version(), entrance, dressing, ready(identity), variants, template);
            HotSet.Entry<Hot> entry = hotSet.admit(path.encoded(), body.slice(), hot, beganAt);
            entry.attach(variants.stream().map(Hot.Variant::slice).toList());
            held.remove(0);
            return new Loaded.InHotSet(entry);
        }

        private List<Hot.Variant> variants(List<RegionReader.Held> held) {
            List<Resolution.Sidecar> sidecars = kept(file);
            List<Hot.Variant> variants = new ArrayList<>();
            for (int i = 0; i < sidecars.size(); i++) {
                RegionReader.Held coded = held.get(i + 1);
                RegionSlice slice = coded.slice();
                if (slice != null) {
                    Representation of =
                            representations.read(file, sidecars.get(i).coding(), coded.content(), true);
                    variants.add(new Hot.Variant(slice, ready(of)));
                }
            }
            return variants;
        }

        private Ready ready(Representation representation) {
            return Ready.of(representation, file.facts().size(), dressing, entrance, policy);
        }
    }
}
