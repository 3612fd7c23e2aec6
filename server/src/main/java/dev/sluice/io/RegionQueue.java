package dev.sluice.io;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The regions in the order in which they are filled and emptied: which one comes next, and what of it survives.
 *
 * <p>One region is kept in reserve to copy into. With fewer than three there is none to spare for that: a region is then
 * emptied without anything being copied.
 *
 * <p>Used under the lock of the {@link RegionStore}.
 */
final class RegionQueue {
    private static final Logger LOG = Logger.getLogger("sluice");
    private static final int LEAST_FOR_RESERVE = 3;

    /** How long none is made after one could not be: the disk may have room again. */
    private static final long TRY_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final RegionFiles files;
    private final RegionBudget budget;
    private final List<Region> made = new ArrayList<>();
    private final Deque<Integer> unmade = new ArrayDeque<>();
    private final Deque<Region> empty = new ArrayDeque<>();
    private final Deque<Region> full = new ArrayDeque<>();
    private final Deque<Region> draining = new ArrayDeque<>();
    private @Nullable Region active;
    private boolean roomy = true;
    private boolean refused;
    private long refusedAt;
    private long evictions;
    private long fillings;

    /**
     * Takes in what an earlier process left, or makes the first region.
     *
     * @throws IOException if that cannot be made
     */
    RegionQueue(RegionFiles files, RegionBudget budget) throws IOException {
        this.files = files;
        this.budget = budget;
        for (int number = 0; number < budget.regions(); number++) {
            Region kept = files.kept(number);
            if (kept == null) {
                unmade.add(number);
            } else {
                kept.seal();
                made.add(kept);
            }
        }
        made.stream().sorted(Comparator.comparingLong(Region::filling)).forEach(full::add);
        if (full.isEmpty()) {
            active = begun(make());
        } else {
            fillings = full.getLast().filling();
        }
    }

    /** The region that is being filled, or null if none could be had. */
    @Nullable
    Region active() {
        return active;
    }

    /** Goes on to a region with room for a body of that length; null if there is none to be had. */
    @Nullable
    Region next(int length) {
        if (active != null) {
            full.add(active);
            active = null;
        }
        reclaim();
        roomy = spare() > reserve();
        active = takeSpare();
        if (active == null && draining.isEmpty()) {
            // Nothing in reserve: there are too few regions, or the disk has no room for more.
            drain(victim());
            active = takeSpare();
        }
        if (active != null && spare() < reserve()) {
            evictInto(active, budget.regionSize() - Region.room(length));
        }
        return active;
    }

    private void evictInto(Region target, int most) {
        Region victim = victim();
        if (victim != null) {
            new Survivors(victim).copyTo(target, most, budget.bodies());
            drain(victim);
        }
    }

    private int reserve() {
        return made.size() + makeable() < LEAST_FOR_RESERVE ? 0 : 1;
    }

    /** Regions without a body, those included that can be made. */
    private int spare() {
        return empty.size() + makeable();
    }

    /** How many may be made now, as far as is known. */
    private int makeable() {
        return refused && System.nanoTime() - refusedAt < TRY_AGAIN_NANOS ? 0 : unmade.size();
    }

    private @Nullable Region takeSpare() {
        Region next = empty.poll();
        if (next != null || makeable() == 0) {
            return next == null ? null : begun(next);
        }
        try {
            Region region = begun(make());
            allowed();
            return region;
        } catch (IOException noRoom) {
            refused(noRoom);
            return null;
        }
    }

    private void allowed() {
        if (refused) {
            refused = false;
            LOG.info("more regions than " + (made.size() - 1) + " for small files can be made again");
        }
    }

    private void refused(IOException noRoom) {
        if (!refused) {
            LOG.warning("no more regions than " + made.size() + " for small files: " + reason(noRoom)
                    + "; tried again while they are in demand");
        }
        refused = true;
        refusedAt = System.nanoTime();
        roomy = false;
    }

    private static String reason(IOException e) {
        String why = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        return why == null ? e.toString() : why;
    }

    private Region make() throws IOException {
        Region region = files.make(unmade.getFirst());
        unmade.removeFirst();
        made.add(region);
        return region;
    }

    private Region begun(Region region) {
        region.begin(++fillings);
        return region;
    }

    /**
     * The oldest region, but one that is mostly waste before all others. A reader that never finishes must not stop
     * eviction: a region that is being read is passed over. If all are, it is the oldest all the same, to be reused when its
     * readers are done.
     */
    private @Nullable Region victim() {
        Region oldest = null;
        for (Region region : full) {
            if (region.leases() > 0) {
                continue;
            }
            // One that was closed for having as many bodies as it may is no waste, however few bytes they are.
            if (region.liveBytes() < budget.regionSize() / 2 && region.count() < budget.bodies() / 2) {
                return region;
            }
            oldest = oldest == null ? region : oldest;
        }
        return oldest == null ? full.peek() : oldest;
    }

    private void drain(@Nullable Region region) {
        if (region != null) {
            full.remove(region);
            region.drain();
            draining.add(region);
            evictions++;
            reclaim();
        }
    }

    private void reclaim() {
        draining.removeIf(region -> region.reset() && empty.add(region));
    }

    /** Whether a body can be taken in without another one being evicted for it. */
    boolean roomy() {
        return roomy;
    }

    /** How many bodies stand in all of them, wanted or not. */
    int bodies() {
        int sum = 0;
        for (Region region : made) {
            sum += region.count();
        }
        return sum;
    }

    long evictions() {
        return evictions;
    }

    /** All that have been made. */
    List<Region> regions() {
        return made;
    }

    /** Those that are filled and only read, the oldest first. */
    List<Region> full() {
        return List.copyOf(full);
    }

    RegionFigures.State state(Region region) {
        if (region == active) {
            return RegionFigures.State.ACTIVE;
        }
        if (region.draining()) {
            return RegionFigures.State.DRAINING;
        }
        return full.contains(region) ? RegionFigures.State.FULL : RegionFigures.State.EMPTY;
    }
}
