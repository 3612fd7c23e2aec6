package dev.sluice.serve;

import dev.sluice.io.KeptBody;
import dev.sluice.io.RegionSlice;
import dev.sluice.io.RegionStore;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The bodies that an earlier process left in the regions and that nobody has asked for yet. */
final class Inheritance {
    private final ConcurrentHashMap<KeptKey, KeptBody> bodies = new ConcurrentHashMap<>();
    private final LongAdder found = new LongAdder();
    private final LongAdder claimed = new LongAdder();
    private final LongAdder damaged = new LongAdder();
    private volatile boolean complete;

    void add(KeptBody body) {
        found.increment();
        if (bodies.putIfAbsent(KeptKey.of(body.label()), body) != null) {
            // The same under another path: it is read again if that is asked for.
            body.body().discard();
        }
    }

    void complete() {
        complete = true;
    }

    /** Whether there is nothing more to be claimed. */
    boolean isEmpty() {
        return bodies.isEmpty();
    }

    /**
     * Claims a body: it is the caller's now.
     *
     * @return leased, or null if there is none, or it is not what was written
     */
    RegionReader.@Nullable Held claim(KeptKey key) {
        KeptBody kept = bodies.remove(key);
        RegionSlice slice = kept == null ? null : kept.body().acquire();
        if (kept == null || slice == null) {
            return null;
        }
        if (!kept.intact(slice)) {
            damaged.increment();
            kept.body().discard();
            slice.release();
            return null;
        }
        claimed.increment();
        return new RegionReader.Held(
                slice.view(0, slice.length()), new RegionStore.Slot(slice.view(0, slice.length()), kept.body(), slice));
    }

    /** Forgets what has been evicted. */
    void sweep() {
        bodies.values().removeIf(kept -> !kept.body().live());
    }

    WarmStartFigures figures() {
        return new WarmStartFigures(found.sum(), claimed.sum(), damaged.sum(), complete);
    }
}
