package dev.sluice.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One mapped file that holds many small bodies, appended like a log and emptied whole (Segcache, NSDI '21).
 *
 * <p>A body once appended is never changed, so a slice of a region is always the bytes of one version of a file, whatever
 * happens to the file meanwhile. The price is that a region can be reused only when the last reader has let go: readers
 * hold a lease, and a lease names the generation it was taken in, so that a reader that comes late cannot lease the bytes
 * that replaced the ones it wanted.
 *
 * <p>Leases are taken and given back by any thread; everything else is the {@link RegionStore}'s, under its lock.
 */
final class Region {
    /** Bodies start on a cache line, so that no two share one. */
    static final int ALIGNMENT = 64;

    /**
     * What even an empty body is charged, in bytes: it bounds the number of entries (and so the heap they take) by the
     * bytes of the regions.
     */
    static final int SMALLEST_SLOT = 1024;

    private static final long DRAINING = 1L << 31;
    private static final long LEASES = DRAINING - 1;
    private static final long GENERATION = 1L << 32;

    private final int number;
    private final ByteBuffer memory;
    private final FileChannel file;
    private final IndexSegment index;
    private final List<RegionBody> bodies = new ArrayList<>();

    /** Generation (high half), draining flag (bit 31) and number of leases (low 31 bits), changed together. */
    private final AtomicLong state = new AtomicLong();

    private int tail;

    /**
     * @param memory the whole file, mapped
     * @param file the file, open for reading and writing; the region never closes it
     * @param index tells a later process what stands here
     */
    Region(int number, ByteBuffer memory, FileChannel file, IndexSegment index) {
        this.number = number;
        this.memory = memory;
        this.file = file;
        this.index = index;
    }

    /** This region's position among its store's regions, from 0: a stable name for reports. */
    int number() {
        return number;
    }

    /** The current generation: how often this region has been emptied. */
    int generation() {
        return (int) (state.get() >>> 32);
    }

    /** Takes a lease on the given generation, or returns false if its bytes are gone or on the way out. */
    boolean acquire(int generation) {
        while (true) {
            long now = state.get();
            if ((int) (now >>> 32) != generation || (now & DRAINING) != 0) {
                return false;
            }
            if (state.compareAndSet(now, now + 1)) {
                return true;
            }
        }
    }

    /** Gives one lease back. */
    void release() {
        state.decrementAndGet();
    }

    int leases() {
        return (int) (state.get() & LEASES);
    }

    /** From now on nobody gets a lease on this generation. Those who hold one keep it. */
    void drain() {
        state.getAndUpdate(now -> now | DRAINING);
    }

    boolean draining() {
        return (state.get() & DRAINING) != 0;
    }

    /** Empties a drained region for reuse, or returns false while a lease is still out. */
    boolean reset() {
        // A body that is discarded meanwhile must not be struck out of what comes next.
        synchronized (index) {
            long now = state.get();
            boolean idle = (now & DRAINING) != 0 && (now & LEASES) == 0;
            if (!idle || !state.compareAndSet(now, (now & ~(GENERATION - 1)) + GENERATION)) {
                return false;
            }
            index.clear();
        }
        bodies.clear();
        tail = 0;
        return true;
    }

    /** Has what is noted there not found any more, unless the region has been emptied since that generation. */
    void strike(int generation, int at) {
        synchronized (index) {
            if (generation() == generation) {
                index.kill(at);
            }
        }
    }

    /** Tells a later process what stands here. */
    IndexSegment index() {
        return index;
    }

    /** Which filling an earlier process left here; 0 for none. */
    long filling() {
        return index.filling();
    }

    /** Begins to be filled. */
    void begin(long filling) {
        index.begin(filling);
    }

    /** Nothing can be appended until it has been emptied. */
    void seal() {
        tail = memory.capacity();
    }

    /** Takes in what an earlier process left here. */
    List<KeptBody> recall() {
        List<KeptBody> kept = new ArrayList<>();
        for (IndexSegment.Entry entry : index.entries(memory.capacity())) {
            ByteBuffer bytes = memory.slice(entry.offset(), entry.length()).asReadOnlyBuffer();
            RegionSlice place = new RegionSlice(this, generation(), entry.offset(), bytes);
            place.noted(entry.at());
            RegionBody body = new RegionBody(place);
            bodies.add(body);
            kept.add(new KeptBody(body, entry.label(), entry.check()));
        }
        return kept;
    }

    /** What a body of this length takes of a region, in bytes. */
    static int room(int length) {
        return Math.max(SMALLEST_SLOT, (length + ALIGNMENT - 1) & -ALIGNMENT);
    }

    /** Takes room for a body, writable and of exactly that length, or returns null when it does not fit any more. */
    @Nullable
    ByteBuffer append(int length) {
        int room = room(length);
        if (room > memory.capacity() - tail) {
            return null;
        }
        ByteBuffer slot = memory.slice(tail, length);
        tail += room;
        return slot;
    }

    /** Where the next body will begin, in bytes from the start of the file. */
    int tail() {
        return tail;
    }

    int capacity() {
        return memory.capacity();
    }

    /** Notes a body that stands here, or is about to. */
    void add(RegionBody body) {
        bodies.add(body);
    }

    /** The bodies that stand here and that somebody still wants. */
    List<RegionBody> bodies() {
        bodies.removeIf(body -> !body.wantedIn(this));
        return bodies;
    }

    /** How many bodies stand here, wanted or not. */
    int count() {
        return bodies.size();
    }

    /** The bytes of bodies that somebody still wants, with what they are charged beside their length. */
    int liveBytes() {
        return bodies().stream().mapToInt(body -> room(body.length())).sum();
    }

    RegionFigures figures(RegionFigures.State now) {
        List<RegionBody> wanted = bodies();
        long heat = wanted.stream().mapToLong(RegionBody::uses).sum();
        return new RegionFigures(number, generation(), tail, liveBytes(), wanted.size(), leases(), heat, now);
    }

    /** Another mapping of a part, whose pages are copied when they are first written to. */
    MappedByteBuffer privateView(int offset, int length) throws IOException {
        return file.map(FileChannel.MapMode.PRIVATE, offset, length);
    }
}
