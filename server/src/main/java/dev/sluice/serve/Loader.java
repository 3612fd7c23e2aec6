package dev.sluice.serve;

import dev.sluice.http.MediaTypes;
import dev.sluice.http.SitePath;
import dev.sluice.io.HotSet;
import dev.sluice.io.OpenFiles;
import dev.sluice.plan.Lookup;
import dev.sluice.plan.Representation;
import dev.sluice.site.FileFacts;
import dev.sluice.site.Resolution;
import dev.sluice.site.Resolver;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Brings files in: from a path to bytes in the hot set, or to an open file. Blocking, for workers.
 *
 * <p>A file is taken only when it has {@linkplain Settling settled}. After reading, its facts are compared once more.
 */
final class Loader {
    private static final int STRIPES = 64;

    private final Resolver resolver;
    private final MediaTypes types;
    private final HotSet<Hot> hotSet;
    private final OpenFiles openFiles;
    private final Admission admission;
    private final Settling settling = new Settling();
    private final Object[] locks = new Object[STRIPES];

    Loader(Resolver resolver, MediaTypes types, HotSet<Hot> hotSet, OpenFiles openFiles, Admission admission) {
        this.resolver = resolver;
        this.types = types;
        this.hotSet = hotSet;
        this.openFiles = openFiles;
        this.admission = admission;
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
            HotSet.Entry<Hot> entry = hotSet.acquire(path.encoded(), System.nanoTime());
            if (entry != null) {
                return new Loaded.InHotSet(entry);
            }
            Loaded found = find(path);
            if (found instanceof Loaded.InHotSet) {
                hotSet.missed();
            }
            return found;
        }
    }

    /** Compares a hot entry with its file, and brings in the new version if there is one. */
    void refresh(HotSet.Entry<Hot> entry) throws IOException {
        SitePath path = entry.value().path();
        synchronized (locks[Math.floorMod(path.hashCode(), STRIPES)]) {
            Loaded now = find(path);
            if (now instanceof Loaded.InHotSet hot) {
                hot.entry().slice().release();
            } else if (now instanceof Loaded.Unsettled) {
                hotSet.abandonCheck(entry);
            } else {
                hotSet.remove(entry);
                discard(now);
            }
        }
    }

    private static void discard(Loaded unused) {
        if (unused instanceof Loaded.Elsewhere elsewhere) {
            elsewhere.source().release();
        }
    }

    private Loaded find(SitePath path) throws IOException {
        Instant now = Instant.now();
        long beganAt = System.nanoTime();
        Resolution resolution = resolver.resolve(path);
        if (resolution instanceof Resolution.File file) {
            return take(path, file, now, beganAt);
        }
        if (resolution instanceof Resolution.Changing) {
            return Loaded.Unsettled.INSTANCE;
        }
        if (resolution instanceof Resolution.NeedsSlash) {
            return new Loaded.NoFile(new Lookup.Redirect(path.encoded() + "/"));
        }
        return new Loaded.NoFile(new Lookup.Missing(((Resolution.Missing) resolution).reason(), null));
    }

    private Loaded take(SitePath path, Resolution.File file, Instant now, long beganAt) throws IOException {
        long lookedAt = System.nanoTime();
        boolean small = admission.wants(file.facts().size());
        boolean shared = false;
        try {
            Loaded known = small ? confirm(path, file.facts(), beganAt) : null;
            if (known != null) {
                return known;
            }
            if (!settling.settled(file.facts(), replaced(path, file.facts()), now, beganAt, lookedAt)) {
                return Loaded.Unsettled.INSTANCE;
            }
            if (small) {
                return admission.read(path, file, beganAt);
            }
            shared = true;
            return share(path, file);
        } finally {
            if (!shared) {
                file.channel().close();
            }
        }
    }

    /** The entry already held, if the file has not changed since it was read. */
    private @Nullable Loaded confirm(SitePath path, FileFacts facts, long beganAt) {
        HotSet.Entry<Hot> held = hotSet.peek(path.encoded());
        if (held == null || !held.value().facts().equals(facts) || !held.slice().acquire()) {
            return null;
        }
        hotSet.confirm(held, beganAt);
        return new Loaded.InHotSet(held);
    }

    /** Whether the path is known to have named another file before: then this one came by a rename. */
    private boolean replaced(SitePath path, FileFacts facts) {
        HotSet.Entry<Hot> held = hotSet.peek(path.encoded());
        return held != null && !held.value().facts().key().equals(facts.key());
    }

    private Loaded share(SitePath path, Resolution.File file) throws IOException {
        FileFacts facts = file.facts();
        Representation representation = new Representation(
                facts.size(), Validators.fromFacts(facts), Validators.lastModified(facts), types.of(file.name()));
        Unchanged unchanged = () -> resolver.unchanged(path, facts);
        return new Loaded.Elsewhere(
                representation, new Source.FromFile(openFiles.acquire(facts, file.channel()), unchanged));
    }
}
