package dev.sluice.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
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
 * bodies in demand go round in, as in Segcache (NSDI '21) and S3-FIFO (SOSP '23).
 */
public final class RegionStore implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("sluice");

    private final RegionFiles files;
    private final RegionBudget budget;
    private final RegionQueue queue;
    private final Deque<Region> unrecalled;
    private boolean closed;
    private volatile boolean roomy;
    private volatile int bodies;

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
        this.queue = new RegionQueue(files, budget);
        this.roomy = queue.roomy();
        this.unrecalled = new ArrayDeque<>(queue.full());
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
        if (region == null) {
            return null;
        }
        // One that has been emptied since holds what is known already.
        return region.generation() == 0 ? region.recall() : List.of();
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
        Region active = queue.active();
        Slot slot = active == null ? null : tryReserve(active, length);
        if (slot == null) {
            Region next = queue.next(length);
            slot = next == null ? null : tryReserve(next, length);
        }
        roomy = queue.roomy();
        bodies = queue.bodies();
        return slot;
    }

    private @Nullable Slot tryReserve(Region region, int length) {
        int offset = region.tail();
        ByteBuffer memory = region.count() < budget.bodies() ? region.append(length) : null;
        if (memory == null) {
            return null;
        }
        RegionSlice slice = new RegionSlice(region, region.generation(), offset, memory.asReadOnlyBuffer());
        slice.acquire();
        RegionBody body = new RegionBody(slice);
        region.add(body);
        return new Slot(memory, body, slice);
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
        return queue.evictions();
    }

    /** How many bodies were held, and not yet known to be waste, when the last one was taken in. */
    public int bodies() {
        return bodies;
    }

    /** Each region's figures, in the order of their numbers; those not made yet are not among them. */
    public synchronized List<RegionFigures> figures() {
        return queue.regions().stream()
                .sorted(Comparator.comparingInt(Region::number))
                .map(region -> region.figures(queue.state(region)))
                .toList();
    }

    /** How many leases are out, over all regions. Zero when nothing is being sent. */
    public synchronized int leases() {
        return queue.regions().stream().mapToInt(Region::leases).sum();
    }

    /** Takes in no more, and leaves the directory to another server. What is leased can be read to its end. */
    @Override
    public synchronized void close() {
        closed = true;
        queue.regions().forEach(region -> region.index().close());
        try {
            files.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot give the cache directory free", e);
        }
    }
}
