package dev.sluice.serve;

import dev.sluice.archive.InflatedChannel;
import dev.sluice.http.ContentCoding;
import dev.sluice.http.SitePath;
import dev.sluice.io.HotSet;
import dev.sluice.io.Look;
import dev.sluice.io.OpenFile;
import dev.sluice.io.OpenFiles;
import dev.sluice.io.RegionSlice;
import dev.sluice.plan.Dressing;
import dev.sluice.plan.Entrance;
import dev.sluice.plan.Lookup;
import dev.sluice.plan.Policy;
import dev.sluice.plan.Rules;
import dev.sluice.site.FileFacts;
import dev.sluice.site.Resolution;
import dev.sluice.site.Resolver;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings files in: from a path to bytes in the hot set, or to an open file. Blocking, for workers.
 *
 * <p>A file is taken only when it has {@linkplain Settling settled}. After reading, its facts are compared once more.
 */
final class Loader {
    private static final int STRIPES = 64;

    private final Resolver resolver;
    private final Finder finder;
    private final HotSet<Hot> hotSet;
    private final OpenFiles openFiles;
    private final Admission admission;
    private final Freshness freshness;
    private final FoundFiles foundFiles;
    private final Policy policy;
    private final @Nullable LivePages pages;
    private final Settling settling = new Settling();
    private final Object[] locks = new Object[STRIPES];

    /**
     * @param pages of a site that is served to its author, of which nothing is kept; null for any other
     */
    Loader(
            Resolver resolver,
            Representations representations,
            Rules rules,
            HotSet<Hot> hotSet,
            OpenFiles openFiles,
            Admission admission,
            Freshness freshness,
            FoundFiles foundFiles,
            Policy policy,
            @Nullable LivePages pages) {
        this.pages = pages;
        this.resolver = resolver;
        this.finder = new Finder(resolver, representations, rules);
        this.hotSet = hotSet;
        this.openFiles = openFiles;
        this.admission = admission;
        this.freshness = freshness;
        this.foundFiles = foundFiles;
        this.policy = policy;
        for (int i = 0; i < STRIPES; i++) {
            locks[i] = new Object();
        }
    }

    /**
     * Finds what a path names and makes it ready to be sent.
     *
     * @throws IOException if the disk, and not the name, is to blame
     */
    Loaded load(SitePath path) throws IOException {
        // Many requests for one cold file: one reads it, the others wait for that.
        synchronized (locks[Math.floorMod(path.hashCode(), STRIPES)]) {
            HotSet.Leased<Hot> leased = hotSet.acquire(path.encoded(), System.nanoTime());
            if (leased != null) {
                return new Loaded.InHotSet(leased);
            }
            long beganAt = System.nanoTime();
            Loaded found = find(path);
            if (found instanceof Loaded.InHotSet || (found instanceof Loaded.Elsewhere read && read.read())) {
                hotSet.missed();
            }
            HotSet.Entry<Hot> held = found instanceof Loaded.InHotSet ? null : hotSet.peek(path.encoded());
            return held == null ? found : instead(found, held, beganAt);
        }
    }

    /** What it comes to for an entry whose file is not in the hot set as it is now. */
    private Loaded instead(Loaded found, HotSet.Entry<Hot> held, long beganAt) {
        if (!(found instanceof Loaded.Unsettled)) {
            hotSet.remove(held);
            return found;
        }
        boolean tolerable = freshness.tolerable(held.look()) && hotSet.tolerate(held, beganAt);
        RegionSlice slice = tolerable ? held.body().acquire() : null;
        return slice == null ? found : new Loaded.InHotSet(new HotSet.Leased<>(held, slice));
    }

    /** Compares a hot entry with its file, and brings in the new version if there is one. */
    void refresh(HotSet.Entry<Hot> entry) throws IOException {
        SitePath path = entry.value().path();
        synchronized (locks[Math.floorMod(path.hashCode(), STRIPES)]) {
            long beganAt = System.nanoTime();
            Loaded now = find(path);
            if (now instanceof Loaded.InHotSet) {
                now.discard();
            } else if (now instanceof Loaded.Unsettled) {
                if (!freshness.tolerable(entry.look()) || !hotSet.tolerate(entry, beganAt)) {
                    hotSet.abandonCheck(entry);
                }
            } else {
                hotSet.remove(entry);
                now.discard();
            }
        }
    }

    private Loaded find(SitePath path) throws IOException {
        Instant now = Instant.now();
        long beganAt = System.nanoTime();
        Entrance entrance = finder.entrance(path);
        Resolution resolution = finder.find(entrance);
        return resolution instanceof Resolution.File file
                ? take(path, entrance, file, now, beganAt)
                : Finder.withoutFile(resolution);
    }

    private Loaded take(SitePath path, Entrance entrance, Resolution.File file, Instant now, long beganAt)
            throws IOException {
        long lookedAt = System.nanoTime();
        boolean small = pages == null && admission.wants(file.facts().size());
        boolean shared = false;
        try {
            if (finder.guardedElsewhere(path, entrance, file)) {
                return Finder.GUARDED;
            }
            Loaded known = small ? confirm(path, entrance, file, beganAt) : null;
            if (known != null) {
                return known;
            }
            if (!settling.settled(file.facts(), replaced(path, file.facts()), now, beganAt, lookedAt)) {
                return Loaded.Unsettled.INSTANCE;
            }
            Resolution.File whole = withoutUnsettled(file, now, beganAt, lookedAt);
            if (small) {
                return admission.read(path, entrance, whole, beganAt);
            }
            Loaded page = pages == null ? null : pages.read(path, entrance, whole);
            if (page != null) {
                return page;
            }
            shared = true;
            boolean complete = whole.sidecars().size() == file.sidecars().size();
            return share(path, entrance, whole, beganAt, complete);
        } finally {
            if (!shared) {
                file.close();
            }
        }
    }

    /** A sidecar that is still being written does not exist yet. */
    private Resolution.File withoutUnsettled(Resolution.File file, Instant now, long beganAt, long lookedAt)
            throws IOException {
        List<Resolution.Sidecar> settled = new ArrayList<>();
        for (Resolution.Sidecar sidecar : file.sidecars()) {
            if (settling.settled(sidecar.facts(), false, now, beganAt, lookedAt)) {
                settled.add(sidecar);
            } else {
                sidecar.channel().close();
            }
        }
        return new Resolution.File(file.path(), file.channel(), file.facts(), settled, file.place());
    }

    /** The entry already held, if the file has not changed since it was read. */
    private @Nullable Loaded confirm(SitePath path, Entrance entrance, Resolution.File file, long beganAt)
            throws IOException {
        HotSet.Entry<Hot> held = hotSet.peek(path.encoded());
        if (held == null || !held.value().version().equals(file.version())) {
            return null;
        }
        Look renewed = freshness.renewed(held.look(), beganAt);
        Look look = renewed == null ? freshness.look(entrance.path(), file.path(), beganAt) : renewed;
        // Watched for only since the file was looked at: it has to be looked at again.
        boolean same = look.at() == beganAt || file.version().equals(resolver.examine(entrance.path()));
        RegionSlice slice = same ? held.body().acquire() : null;
        if (slice == null) {
            return null;
        }
        hotSet.confirm(held, look);
        return new Loaded.InHotSet(new HotSet.Leased<>(held, slice));
    }

    /** Whether the path is known to have named another file before: then this one came by a rename. */
    private boolean replaced(SitePath path, FileFacts facts) {
        HotSet.Entry<Hot> held = hotSet.peek(path.encoded());
        return held != null && !held.value().version().file().key().equals(facts.key());
    }

    /**
     * Makes a file ready that is too large to be held.
     *
     * @param complete whether there was nothing else coded beside it, such as a sidecar that has to settle first
     */
    private Loaded share(SitePath path, Entrance entrance, Resolution.File file, long beganAt, boolean complete)
            throws IOException {
        Dressing dressing = finder.dressing(path, file);
        Lookup lookup = finder.large(file, dressing);
        if (!(lookup instanceof Lookup.Found found)) {
            file.close();
            return new Loaded.NoFile(lookup);
        }
        Map<ContentCoding, Source> sources = new EnumMap<>(ContentCoding.class);
        sources.put(ContentCoding.IDENTITY, source(file.path(), ContentCoding.IDENTITY, file.channel(), file.facts()));
        for (Resolution.Sidecar sidecar : file.sidecars()) {
            sources.put(sidecar.coding(), source(file.path(), sidecar.coding(), sidecar.channel(), sidecar.facts()));
        }
        Loaded.Elsewhere loaded = new Loaded.Elsewhere(found, sources, dressing, null);
        // What lies in an archive is never read past the page cache.
        boolean cached = file.facts().inArchive()
                || !policy.bypassesPageCache(file.facts().size());
        if (complete && pages == null && cached) {
            Look look = freshness.look(entrance.path(), file.path(), beganAt);
            // Otherwise it would have to be looked at once more.
            if (look.at() == beganAt) {
                foundFiles.note(path, entrance, loaded, look);
            }
        }
        return loaded;
    }

    /** Compares a file with what it was. */
    private record Comparison(Resolver resolver, SitePath path, ContentCoding coding, FileFacts facts)
            implements Unchanged {
        @Override
        public boolean check() throws IOException {
            return resolver.unchanged(path, coding, facts);
        }

        @Override
        public boolean atOnce() {
            return resolver.unchangedAtOnce(path, coding, facts);
        }
    }

    private Source source(SitePath path, ContentCoding coding, FileChannel channel, FileFacts facts)
            throws IOException {
        Unchanged unchanged = new Comparison(resolver, path, coding, facts);
        if (channel instanceof InflatedChannel inflated) {
            OpenFile deflated = openFiles.acquire(facts, inflated.deflated(), () -> false);
            return new Source.FromArchive(deflated, inflated.entry(), facts, unchanged);
        }
        Bypass bypass = new PageCacheBypass(resolver, openFiles, path, coding, facts);
        return new Source.FromFile(
                openFiles.acquire(facts, channel, () -> resolver.toldOfPages(path, coding)), facts, unchanged, bypass);
    }
}
