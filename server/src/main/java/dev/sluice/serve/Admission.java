package dev.sluice.serve;

import dev.sluice.http.MediaTypes;
import dev.sluice.http.Method;
import dev.sluice.http.SitePath;
import dev.sluice.io.HotSet;
import dev.sluice.io.RegionSlice;
import dev.sluice.io.RegionStore;
import dev.sluice.plan.Conditions;
import dev.sluice.plan.Lookup;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Planner;
import dev.sluice.plan.Policy;
import dev.sluice.plan.Representation;
import dev.sluice.plan.Request;
import dev.sluice.site.Resolution;
import dev.sluice.site.Resolver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads small files into regions and puts them into the hot set. Blocking.
 *
 * <p>The file is read straight into the mapping, compared with its facts once more, and only then published.
 */
final class Admission {
    private final Resolver resolver;
    private final Policy policy;
    private final MediaTypes types;
    private final HotSet<Hot> hotSet;
    private final @Nullable RegionStore regions;
    private long evictionsSeen;

    Admission(Resolver resolver, Policy policy, MediaTypes types, HotSet<Hot> hotSet, @Nullable RegionStore regions) {
        this.resolver = resolver;
        this.policy = policy;
        this.types = types;
        this.hotSet = hotSet;
        this.regions = regions;
    }

    /** Whether a file of this many bytes belongs into the hot set. */
    boolean wants(long size) {
        return regions != null && size <= policy.regionMaxSize();
    }

    /**
     * Reads a file: into a region, or into memory of its own while every region is being read.
     *
     * @param beganAt {@link System#nanoTime()} before the file was looked at
     */
    Loaded read(SitePath path, Resolution.File file, long beganAt) throws IOException {
        int length = (int) file.facts().size();
        RegionStore.Slot slot = reserve(length);
        ByteBuffer memory = slot == null ? ByteBuffer.allocate(length) : slot.memory();
        boolean taken = false;
        try {
            if (!fill(memory, file.channel()) || !file.facts().equals(resolver.examine(path))) {
                return Loaded.Unsettled.INSTANCE;
            }
            Representation representation = representation(file, memory.rewind());
            if (slot == null) {
                return new Loaded.Elsewhere(representation, new Source.FromMemory(memory.rewind()));
            }
            Loaded admitted = new Loaded.InHotSet(admit(path, file, representation, slot.slice(), beganAt));
            taken = true;
            return admitted;
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

    private Representation representation(Resolution.File file, ByteBuffer content) {
        return new Representation(
                content.remaining(),
                Validators.fromContent(content),
                Validators.lastModified(file.facts()),
                types.of(file.name()));
    }

    private HotSet.Entry<Hot> admit(
            SitePath path, Resolution.File file, Representation representation, RegionSlice slice, long beganAt) {
        Request plainGet = new Request(Method.GET, Instant.now(), Conditions.NONE);
        Plan plan = Planner.plan(plainGet, new Lookup.Found(representation), policy);
        Hot hot = new Hot(path, file.facts(), representation, plan, Head.of(plan));
        return hotSet.admit(path.encoded(), slice, hot, beganAt);
    }
}
