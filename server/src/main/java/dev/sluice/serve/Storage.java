package dev.sluice.serve;

import dev.sluice.http.MediaTypes;
import dev.sluice.io.Disk;
import dev.sluice.io.Doorkeeper;
import dev.sluice.io.Encoders;
import dev.sluice.io.HotSet;
import dev.sluice.io.HotSetCounters;
import dev.sluice.io.Look;
import dev.sluice.io.OpenFiles;
import dev.sluice.io.RegionBudget;
import dev.sluice.io.RegionFigures;
import dev.sluice.io.RegionStore;
import dev.sluice.io.VariantBuilder;
import dev.sluice.plan.Policy;
import dev.sluice.site.Watcher;
import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What all sites share: the regions, the open files, and the threads and codecs behind them. */
public final class Storage implements Closeable {
    private static final int MOST_OPEN_FILES = 1024;

    /** A file for each 4 KiB of the regions is remembered, which takes a 512th of their size. */
    private static final int BYTES_PER_REMEMBERED = 4096;

    private static final int MOST_REMEMBERED = 1 << 20;

    private final MediaTypes types = MediaTypes.standard();
    private final Encoders encoders = Encoders.ofThisMachine();
    private final VariantBuilder builder = new VariantBuilder();
    private final OpenFiles openFiles = new OpenFiles(MOST_OPEN_FILES);
    private final Digests digests = new Digests();
    private final ListingMemory listingMemory = ListingMemory.ofThisProcess();
    private final HotSets hotSets = new HotSets();
    private final HotSetCounters counters = new HotSetCounters();
    private final Inheritance inheritance = new Inheritance();
    private final ColdQueue coldQueue = new ColdQueue();
    private final @Nullable RegionStore regions;
    private final Duration revalidate;
    private final @Nullable Watcher watcher;
    private final Policy policy;
    private final Disk disk;
    private final boolean holding;
    private final RegionReader reader;
    private final Doorkeeper doorkeeper;

    /**
     * @param regions where the hot sets' bodies are held; null for none: every file then goes by sendfile
     * @param maxFileSize the largest file held there, in bytes
     * @param revalidate how old the facts about a held file may grow
     */
    public Storage(@Nullable RegionStore regions, long maxFileSize, Duration revalidate) {
        this(regions, maxFileSize, revalidate, DiskOptions.STANDARD, null);
    }

    /**
     * @param regions as above
     * @param maxFileSize as above
     * @param revalidate as above
     * @param reading how larger files are read
     * @param watcher tells when held files change; null if nobody does. It becomes the storage's, which closes it
     */
    public Storage(
            @Nullable RegionStore regions,
            long maxFileSize,
            Duration revalidate,
            DiskOptions reading,
            @Nullable Watcher watcher) {
        this(regions, regions != null, maxFileSize, revalidate, reading, watcher);
    }

    private Storage(
            @Nullable RegionStore regions,
            boolean holding,
            long maxFileSize,
            Duration revalidate,
            DiskOptions reading,
            @Nullable Watcher watcher) {
        this.regions = regions;
        this.watcher = watcher;
        this.holding = holding;
        this.revalidate = revalidate;
        // Without regions no file is small enough, not even an empty one.
        long inRegions = !holding ? 0 : Math.min(maxFileSize, RegionBudget.LARGEST_REGION);
        this.policy = new Policy(inRegions, reading.directMinSize());
        this.disk = new Disk(reading.readers());
        this.reader = new RegionReader(regions, this::sweep);
        this.doorkeeper = new Doorkeeper((int) Math.min(MOST_REMEMBERED, capacity() / BYTES_PER_REMEMBERED));
    }

    /**
     * What plans as a storage with regions does, and has none: enough to explain requests, not to answer them.
     *
     * @param maxFileSize as there
     * @param reading as there
     */
    public static Storage imagined(long maxFileSize, DiskOptions reading) {
        return new Storage(null, true, maxFileSize, Duration.ZERO, reading, null);
    }

    private void sweep() {
        hotSets.sweep();
        inheritance.sweep();
    }

    /**
     * Looks through what an earlier process left in the regions, in the background: files that are still the same come from
     * there when they are asked for.
     */
    public void recall() {
        if (regions != null) {
            Thread thread = new Thread(() -> recall(regions), "sluice-warm-start");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void recall(RegionStore kept) {
        kept.recall(inheritance::add);
        inheritance.complete();
    }

    /**
     * Loads the codecs, if that has not been needed yet, so that the log of a start tells of those that are missing. They are
     * not loaded while it starts: unpacking and linking them takes longer than the first answer.
     */
    public void loadCodecs() {
        encoders.available();
    }

    /** What has become of what an earlier process left. */
    public WarmStartFigures warmStart() {
        return inheritance.figures();
    }

    Inheritance inheritance() {
        return inheritance;
    }

    /** Whether a file of this many bytes is meant to be held in a region. */
    boolean holds(long size) {
        return holding && policy.holds(size);
    }

    /** Where the planner is to draw its lines. */
    public Policy policy() {
        return policy;
    }

    MediaTypes types() {
        return types;
    }

    Encoders encoders() {
        return encoders;
    }

    VariantBuilder builder() {
        return builder;
    }

    OpenFiles openFiles() {
        return openFiles;
    }

    Disk disk() {
        return disk;
    }

    /** Who looks for files, and reads small ones. */
    ColdQueue coldQueue() {
        return coldQueue;
    }

    Digests digests() {
        return digests;
    }

    ListingMemory listingMemory() {
        return listingMemory;
    }

    RegionReader reader() {
        return reader;
    }

    /**
     * Whether a small file that is asked for and not held is to be held from now on: at once while there is room, and at its
     * second request within a window when there is none.
     *
     * @param file a number that stands for the file, well mixed
     * @param length of the file in bytes
     */
    boolean admits(long file, long length) {
        return regions != null
                && (regions.roomy()
                        || doorkeeper.admits(file, Doorkeeper.window(regions.bodies(), regions.capacity(), length)));
    }

    /** A hot set, looked after until it is {@linkplain #giveUp given up}. */
    HotSet<Hot> newHotSet() {
        HotSet<Hot> hotSet = new HotSet<>(revalidate.toNanos(), counters);
        hotSets.add(hotSet);
        return hotSet;
    }

    /** Nobody is to ask this hot set any more: what it holds goes, as soon as those finish who are being sent it. */
    void giveUp(HotSet<Hot> hotSet) {
        hotSet.retire();
        hotSets.remove(hotSet);
    }

    /**
     * Has the watches behind some looks kept up.
     *
     * @param looks hands on those that are in use
     * @return to be run when none is any more
     */
    Runnable watching(Consumer<Consumer<Look>> looks) {
        return watcher == null ? () -> {} : watcher.usedBy(taker -> Freshness.watches(looks, taker));
    }

    /** Gives up what was watched for those who have been retired. */
    public void releaseWatches() {
        if (watcher != null) {
            watcher.release();
        }
    }

    /** What is held, file by file. */
    public HotSets hotSets() {
        return hotSets;
    }

    /** Bytes of one region; 0 without regions. */
    public long regionBytes() {
        return regions == null ? 0 : regions.regionSize();
    }

    /** What each region tells about itself; none without regions. */
    public List<RegionFigures> regions() {
        return regions == null ? List.of() : regions.figures();
    }

    @Nullable
    Watcher watcher() {
        return watcher;
    }

    Duration revalidate() {
        return revalidate;
    }

    /** Figures of the hot sets together, each the newest there is; together they are not a snapshot. */
    public HotSetFigures figures() {
        return new HotSetFigures(
                hotSets.sum(HotSet::size),
                hotSets.sum(HotSet::bytes),
                capacity(),
                counters.hits(),
                counters.misses(),
                counters.admissions(),
                counters.evictions());
    }

    private long capacity() {
        return regions == null ? 0 : regions.capacity();
    }

    /**
     * What the hot sets hold and did.
     *
     * @param entries bodies held now
     * @param bytes their length, coded forms included
     * @param capacityBytes what the regions may come to take
     * @param hits requests answered from them
     * @param misses requests for files they could hold and did not, or not fresh
     * @param admissions bodies put in
     * @param evictions bodies that left because their region was evicted
     */
    public record HotSetFigures(
            long entries, long bytes, long capacityBytes, long hits, long misses, long admissions, long evictions) {}

    /** Leases out on regions: zero while nothing is being sent. */
    public int leases() {
        return regions == null ? 0 : regions.leases();
    }

    @Override
    public void close() {
        if (watcher != null) {
            watcher.close();
        }
        builder.close();
        disk.close();
        openFiles.close();
        if (regions != null) {
            regions.close();
        }
    }
}
