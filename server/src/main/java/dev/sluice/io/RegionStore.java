package dev.sluice.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mapped regions, a fixed budget of them, made one by one as they are needed.
 *
 * <p>Each region is a file that was written full before it is mapped: a sparse file on a full disk would kill the process
 * with SIGBUS at the first touch, where a write fails with an error that can be handled. The file is unlinked at once, so
 * nothing is left behind however the process ends.
 */
public final class RegionStore {
    /** The size of one region in bytes. */
    public static final int REGION_SIZE = 16 << 20;

    private final Path directory;
    private final int regionSize;
    private final int maxRegions;
    private final List<Region> regions = new ArrayList<>();
    private @Nullable Region active;
    private long evictions;

    /**
     * Makes a store and its first region.
     *
     * @param directory where the region files are made; it must exist
     * @param capacity the budget in bytes, rounded down to whole regions; less than one region is an error
     * @throws IOException if the first region cannot be made, with a message that names the directory
     */
    public RegionStore(Path directory, long capacity) throws IOException {
        this(directory, capacity, REGION_SIZE);
    }

    RegionStore(Path directory, long capacity, int regionSize) throws IOException {
        if (capacity < regionSize) {
            throw new IllegalArgumentException("capacity: " + capacity + " (expected: >= " + regionSize + ")");
        }
        this.directory = directory;
        this.regionSize = regionSize;
        this.maxRegions = (int) Math.min(capacity / regionSize, Integer.MAX_VALUE);
        this.active = newRegion();
    }

    /** Room for a body that its owner fills and then publishes; the lease on its region is already taken. */
    public record Slot(ByteBuffer memory, RegionSlice slice) {}

    /**
     * Takes room for a body, evicting the coldest region that nobody reads if there is no other.
     *
     * @param length bytes, 0 to the size of a region
     * @return the room, with a lease that the caller must release, or null if every region is being read, the next one
     *     cannot be made, or the body is longer than a region
     */
    public synchronized @Nullable Slot reserve(int length) {
        if (length > regionSize) {
            return null;
        }
        Slot slot = active == null ? null : tryReserve(active, length);
        if (slot == null) {
            active = nextRegion();
            slot = active == null ? null : tryReserve(active, length);
        }
        return slot;
    }

    private static @Nullable Slot tryReserve(Region region, int length) {
        int generation = region.generation();
        if (!region.acquire(generation)) {
            return null;
        }
        int offset = region.tail();
        ByteBuffer memory = region.append(length);
        if (memory == null) {
            region.release();
            return null;
        }
        return new Slot(memory, new RegionSlice(region, generation, offset, memory.asReadOnlyBuffer()));
    }

    private @Nullable Region nextRegion() {
        for (Region region : regions) {
            if (region.reset()) {
                return region;
            }
        }
        if (regions.size() < maxRegions) {
            try {
                return newRegion();
            } catch (IOException full) {
                // The disk has no room for another region: go on with those there are.
                return evictColdest();
            }
        }
        return evictColdest();
    }

    /**
     * A reader that never finishes must not stop eviction: a region that is being read is passed over. If all are, only
     * the coldest is given up, to be reused when its readers are done: one body more is not worth all those held.
     */
    private @Nullable Region evictColdest() {
        List<Region> coldestFirst = new ArrayList<>(regions);
        coldestFirst.sort(Comparator.comparingLong(Region::heat));
        regions.forEach(Region::cool);
        for (Region region : coldestFirst) {
            if (!region.draining() && region.leases() == 0 && evict(region)) {
                return region;
            }
        }
        if (regions.stream().noneMatch(Region::draining) && evict(coldestFirst.get(0))) {
            return coldestFirst.get(0);
        }
        return null;
    }

    private boolean evict(Region region) {
        region.drain();
        evictions++;
        return region.reset();
    }

    private Region newRegion() throws IOException {
        Path file = Files.createTempFile(directory, "sluice-region-", ".tmp");
        try {
            // Stays open for private views, as long as the region is in use: the JDK closes it with the region's end.
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Region region = new Region(regions.size(), map(channel), channel);
            regions.add(region);
            return region;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private MappedByteBuffer map(FileChannel channel) throws IOException {
        try {
            fill(channel);
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, regionSize);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private void fill(FileChannel channel) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(64 << 10);
        for (long position = 0; position < regionSize; ) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), regionSize - position));
            position += channel.write(zeros, position);
        }
    }

    /** The budget in bytes: what the regions may come to take, not what they take now. */
    public long capacity() {
        return (long) maxRegions * regionSize;
    }

    /** How many regions have been evicted since the start: when it rises, entries have lost their bytes. */
    public synchronized long evictions() {
        return evictions;
    }

    /** How many leases are out, over all regions. Zero when nothing is being sent. */
    public synchronized int leases() {
        return regions.stream().mapToInt(Region::leases).sum();
    }
}
