package dev.sluice.serve;

import dev.sluice.http.MediaTypes;
import dev.sluice.http.Method;
import dev.sluice.http.SitePath;
import dev.sluice.io.HotSet;
import dev.sluice.io.OpenFiles;
import dev.sluice.io.RegionSlice;
import dev.sluice.io.RegionStore;
import dev.sluice.plan.Conditions;
import dev.sluice.plan.Lookup;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Planner;
import dev.sluice.plan.Policy;
import dev.sluice.plan.Representation;
import dev.sluice.plan.Request;
import dev.sluice.site.FileFacts;
import dev.sluice.site.Resolution;
import dev.sluice.site.Resolver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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
    private final Policy policy;
    private final MediaTypes types;
    private final HotSet<Hot> hotSet;
    private final @Nullable RegionStore regions;
    private final OpenFiles openFiles;
    private final Settling settling = new Settling();
    private final Object[] locks = new Object[STRIPES];
    private long evictionsSeen;

    Loader(
            Resolver resolver,
            Policy policy,
            MediaTypes types,
            HotSet<Hot> hotSet,
            @Nullable RegionStore regions,
            OpenFiles openFiles) {
        this.resolver = resolver;
        this.policy = policy;
        this.types = types;
        this.hotSet = hotSet;
        this.regions = regions;
        this.openFiles = openFiles;
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
        if (unused instanceof Loaded.Elsewhere elsewhere && elsewhere.source() instanceof Source.FromFile file) {
            file.file().release();
        }
    }

    private Loaded find(SitePath path) throws IOException {
        long beganAt = System.nanoTime();
        Resolution resolution = resolver.resolve(path);
        if (resolution instanceof Resolution.File file) {
            return take(path, file, beganAt);
        }
        if (resolution instanceof Resolution.Changing) {
            return Loaded.Unsettled.INSTANCE;
        }
        if (resolution instanceof Resolution.NeedsSlash) {
            return new Loaded.NoFile(new Lookup.Redirect(path.encoded() + "/"));
        }
        return new Loaded.NoFile(new Lookup.Missing(((Resolution.Missing) resolution).reason(), null));
    }

    private Loaded take(SitePath path, Resolution.File file, long beganAt) throws IOException {
        boolean small = regions != null && file.facts().size() <= policy.regionMaxSize();
        boolean shared = false;
        try {
            Loaded known = small ? confirm(path, file.facts(), beganAt) : null;
            if (known != null) {
                return known;
            }
            if (!settling.settled(file.facts(), Instant.now(), beganAt)) {
                return Loaded.Unsettled.INSTANCE;
            }
            if (small) {
                return read(path, file, beganAt);
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

    private Loaded share(SitePath path, Resolution.File file) throws IOException {
        FileFacts facts = file.facts();
        Representation representation = new Representation(
                facts.size(), Validators.fromFacts(facts), Validators.lastModified(facts), types.of(file.name()));
        Unchanged unchanged = () -> facts.equals(resolver.examine(path));
        return new Loaded.Elsewhere(
                representation, new Source.FromFile(openFiles.acquire(facts, file.channel()), unchanged));
    }

    private Loaded read(SitePath path, Resolution.File file, long beganAt) throws IOException {
        int length = (int) file.facts().size();
        RegionStore.Slot slot = reserve(length);
        ByteBuffer memory = slot == null ? ByteBuffer.allocate(length) : slot.memory();
        boolean taken = false;
        try {
            if (!fill(memory, file.channel()) || !file.facts().equals(resolver.examine(path))) {
                return Loaded.Unsettled.INSTANCE;
            }
            Representation representation = new Representation(
                    length,
                    Validators.fromContent(memory.duplicate().rewind()),
                    Validators.lastModified(file.facts()),
                    types.of(file.name()));
            if (slot == null) {
                return new Loaded.Elsewhere(representation, new Source.FromMemory(memory.rewind()));
            }
            taken = true;
            return new Loaded.InHotSet(admit(path, file.facts(), representation, slot.slice(), beganAt));
        } finally {
            if (slot != null && !taken) {
                slot.slice().release();
            }
        }
    }

    private RegionStore.@Nullable Slot reserve(int length) {
        RegionStore.Slot slot = regions == null ? null : regions.reserve(length);
        sweepAfterEviction();
        return slot;
    }

    private synchronized void sweepAfterEviction() {
        long evictions = regions == null ? 0 : regions.evictions();
        if (evictions != evictionsSeen) {
            evictionsSeen = evictions;
            hotSet.sweep();
        }
    }

    private static boolean fill(ByteBuffer memory, FileChannel channel) throws IOException {
        while (memory.hasRemaining()) {
            if (channel.read(memory, memory.position()) < 0) {
                return false;
            }
        }
        return true;
    }

    private HotSet.Entry<Hot> admit(
            SitePath path, FileFacts facts, Representation representation, RegionSlice slice, long beganAt) {
        Request plainGet = new Request(Method.GET, Instant.now(), Conditions.NONE);
        Plan plan = Planner.plan(plainGet, new Lookup.Found(representation), policy);
        Hot hot = new Hot(path, facts, representation, plan, Head.of(plan));
        return hotSet.admit(path.encoded(), slice, hot, beganAt);
    }
}
