package dev.sluice.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The mapped regions: a fixed budget of them, made one by one as they are needed, filled one after the other.
 *
 * <p>When all are full, the oldest one that nobody reads is emptied. What was used there since it was last decided about is
 * first copied to the end of the log, the most used for its length first; the rest is evicted. So the log is a queue that
 * bodies in demand go round in, as in Segcache (NSDI '21) and S3-FIFO (SOSP '23). One region is kept in reserve to copy
 * into; it is also what lets bodies in while slow readers pin the oldest regions.
 */
public final class RegionStore implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("sluice");

    /** With fewer there is none to spare for a reserve: a region is then emptied without anything being copied. */
    private static final int LEAST_FOR_RESERVE = 3;

    private final RegionFiles files;
    private final RegionBudget budget;
    private final List<Region> regions = new ArrayList<>();
    private final Deque<Integer> unmade = new ArrayDeque<>();
    private final Deque<Region> unrecalled = new ArrayDeque<>();
    private final Deque<Region> empty = new ArrayDeque<>();
    private final Deque<Region> full = new ArrayDeque<>();
    private final Deque<Region> draining = new ArrayDeque<>();
    private @Nullable Region active;
    private volatile boolean roomy = true;
    private long evictions;
    private long fillings;
    private boolean closed;

    /**
     * Makes a store that lives as long as the process, and its first region.
     *
     * @param directory where the region files are made; it must exist
     * @param budget how many regions there may be, and how large they are
     * @throws IOException if the first region cannot be made, with a message that names the directory
     */
    public RegionStore(Path directory, RegionBudget budget) throws IOException {
        this(new UnlinkedRegions(directory, budget.regionSize()), budget);
    }

    private RegionStore(RegionFiles files, RegionBudget budget) throws IOException {
        this.files = files;
        this.budget = budget;
        for (int number = 0; number < budget.regions(); number++) {
            take(files.kept(number), number);
        }
        unrecalled.addAll(full);
        if (regions.isEmpty()) {
            this.active = begun(newRegion());
        }
    }

    /**
     * Takes the regions of a directory into use, with what an earlier process left there.
     *
     * @param directory where the region files are kept; it must exist
     * @param budget how many regions there may be, and how large they are; if the directory's are other ones they are removed
     * @return null if another server uses the directory
     * @throws IOException if the directory can't be written to, or is full
     */
    public static @Nullable RegionStore keeping(Path directory, RegionBudget budget) throws IOException {
        KeptRegions files = KeptRegions.open(directory, budget);
        if (files == null) {
            return null;
        }
        try {
            return new RegionStore(files, budget);
        } catch (IOException e) {
            files.close();
            throw e;
        }
    }

    private void take(@Nullable Region kept, int number) {
        if (kept == null) {
            unmade.add(number);
            return;
        }
        kept.seal();
        regions.add(kept);
        full.add(kept);
        fillings = Math.max(fillings, kept.filling());
        // The order in which they were filled is that in which they are emptied.
        List<Region> ordered = new ArrayList<>(full);
        ordered.sort(Comparator.comparingLong(Region::filling));
        full.clear();
        full.addAll(ordered);
    }

    /**
     * Hands out what an earlier process left, region by region. Reads all of the index: for a thread in the background.
     *
     * @param taker is given each body that may still be there
     */
    public void recall(Consumer<KeptBody> taker) {
        for (List<KeptBody> bodies = recallNext(); bodies != null; bodies = recallNext()) {
            bodies.forEach(taker);
        }
    }

    private synchronized @Nullable List<KeptBody> recallNext() {
        // The newest first: it is the last one to be emptied.
        Region region = unrecalled.pollLast();
        return region == null ? null : region.recall();
    }

    /**
     * Has a later process find a body whose bytes are all written, if the regions are kept.
     *
     * @param slot of the body, still leased
     * @param label what its owner wants to know of it then
     */
    public void note(Slot slot, ByteBuffer label) {
        if (files instanceof KeptRegions) {
            int check = KeptBody.check(slot.slice().view(0, slot.slice().length()));
            synchronized (this) {
                slot.body().note(check, label);
            }
        }
    }

    /**
     * Room for a body that its owner fills and then publishes.
     *
     * @param memory the room, writable
     * @param body what stands there once it is filled
     * @param slice the lease on it, already taken
     */
    public record Slot(ByteBuffer memory, RegionBody body, RegionSlice slice) {}

    /**
     * Takes room for a body, and empties a region if there is no other. Blocking.
     *
     * @param length bytes, 0 to the size of a region
     * @return the room, with a lease that the caller must release, or null if every region is being read, the next one
     *     cannot be made, or the body is longer than a region
     */
    public synchronized @Nullable Slot reserve(int length) {
        if (closed || length > budget.regionSize()) {
            return null;
        }
        Slot slot = active == null ? null : tryReserve(active, length);
        if (slot == null) {
            active = nextRegion(length);
            slot = active == null ? null : tryReserve(active, length);
        }
        return slot;
    }

    private static @Nullable Slot tryReserve(Region region, int length) {
        int offset = region.tail();
        ByteBuffer memory = region.append(length);
        if (memory == null) {
            return null;
        }
        RegionSlice slice = new RegionSlice(region, region.generation(), offset, memory.asReadOnlyBuffer());
        slice.acquire();
        RegionBody body = new RegionBody(slice);
        region.add(body);
        return new Slot(memory, body, slice);
    }

    /** The region to go on in, with room for a body of that length, or null if there is none to be had. */
    private @Nullable Region nextRegion(int length) {
        if (active != null) {
            full.add(active);
        }
        reclaim();
        int reserve = budget.regions() < LEAST_FOR_RESERVE ? 0 : 1;
        roomy = spare() > reserve;
        if (roomy) {
            return takeSpare();
        }
        if (reserve == 0) {
            drain(victim());
            reclaim();
            return takeSpare();
        }
        Region next = takeSpare();
        Region victim = next == null ? null : victim();
        if (next != null && victim != null) {
            new Survivors(victim).copyTo(next, budget.regionSize() - Region.room(length));
            drain(victim);
            reclaim();
        }
        return next;
    }

    /** Regions without a body, those included that are not made yet. */
    private int spare() {
        return empty.size() + unmade.size();
    }

    private @Nullable Region takeSpare() {
        Region next = empty.poll();
        try {
            return next != null ? begun(next) : unmade.isEmpty() ? null : begun(newRegion());
        } catch (IOException noRoom) {
            // Go on with those there are.
            return null;
        }
    }

    /**
     * The oldest region, but one that is mostly waste before all others. A reader that never finishes must not stop
     * eviction: a region that is being read is passed over. If all are, the oldest is given up, to be reused when its readers
     * are done.
     */
    private @Nullable Region victim() {
        Region oldest = null;
        for (Region region : full) {
            if (region.leases() > 0) {
                continue;
            }
            if (region.liveBytes() < budget.regionSize() / 2) {
                return region;
            }
            oldest = oldest == null ? region : oldest;
        }
        return oldest == null ? full.peek() : oldest;
    }

    private void drain(@Nullable Region region) {
        if (region != null) {
            full.remove(region);
            unrecalled.remove(region);
            region.drain();
            draining.add(region);
            evictions++;
        }
    }

    private void reclaim() {
        draining.removeIf(region -> region.reset() && empty.add(region));
    }

    private Region newRegion() throws IOException {
        Region region = files.make(unmade.getFirst());
        unmade.removeFirst();
        regions.add(region);
        return region;
    }

    private Region begun(Region region) {
        region.begin(++fillings);
        return region;
    }

    /** Whether a body can be taken in without another one being evicted for it. */
    public boolean roomy() {
        return roomy;
    }

    /** The size of one region in bytes, and so the longest body that can be held. */
    public int regionSize() {
        return budget.regionSize();
    }

    /** The budget in bytes: what the regions may come to take, not what they take now. */
    public long capacity() {
        return budget.bytes();
    }

    /** How many regions have been evicted since the start: when it rises, entries have lost their bytes. */
    public synchronized long evictions() {
        return evictions;
    }

    /** How many bodies are held, and not yet known to be waste. */
    public synchronized int bodies() {
        return regions.stream().mapToInt(Region::count).sum();
    }

    /** Each region's figures, in the order of their numbers; those not made yet are not among them. */
    public synchronized List<RegionFigures> figures() {
        return regions.stream()
                .sorted(Comparator.comparingInt(Region::number))
                .map(region -> region.figures(state(region)))
                .toList();
    }

    private RegionFigures.State state(Region region) {
        if (region == active) {
            return RegionFigures.State.ACTIVE;
        }
        if (region.draining()) {
            return RegionFigures.State.DRAINING;
        }
        return full.contains(region) ? RegionFigures.State.FULL : RegionFigures.State.EMPTY;
    }

    /** How many leases are out, over all regions. Zero when nothing is being sent. */
    public synchronized int leases() {
        return regions.stream().mapToInt(Region::leases).sum();
    }

    /** Takes in no more, and leaves the directory to another server. What is leased can be read to its end. */
    @Override
    public synchronized void close() {
        closed = true;
        regions.forEach(Region::closeIndex);
        try {
            files.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot give the cache directory free", e);
        }
    }
}
