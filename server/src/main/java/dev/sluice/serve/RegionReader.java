package dev.sluice.serve;

import dev.sluice.io.RegionBody;
import dev.sluice.io.RegionStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** Brings bytes into regions, or into memory of their own while every region is being read. */
final class RegionReader {
    /** Brings bytes into memory alone. */
    static final RegionReader MEMORY = new RegionReader(null, () -> {});

    /** Evictions are told of when this part of all regions has been evicted. */
    private static final int PARTS = 8;

    private final @Nullable RegionStore regions;
    private final Runnable afterEviction;
    private long evictionsSeen;

    /**
     * @param regions null for none
     * @param afterEviction is told when some regions have been evicted, an eighth of all at most
     */
    RegionReader(@Nullable RegionStore regions, Runnable afterEviction) {
        this.regions = regions;
        this.afterEviction = afterEviction;
    }

    /**
     * A body that has been brought in.
     *
     * @param memory its bytes, from 0
     * @param slot the same in a region, leased; null if they are in memory of their own
     */
    record Held(ByteBuffer memory, RegionStore.@Nullable Slot slot) {
        /** A view of all bytes with a position of its own. */
        ByteBuffer content() {
            return memory.duplicate().rewind();
        }

        /** The body in its region; null if it is in memory of its own. */
        @Nullable
        RegionBody body() {
            return slot == null ? null : slot.body();
        }

        /** Gives the lease back. */
        void release() {
            if (slot != null) {
                slot.slice().release();
            }
        }

        /** Nobody will ask for it. */
        void discard() {
            if (slot != null) {
                slot.body().discard();
            }
        }
    }

    boolean hasRegions() {
        return regions != null;
    }

    /**
     * Reads a file straight into the mapping.
     *
     * @return the body, or null if the file ends before that length
     */
    @Nullable
    Held read(FileChannel channel, int length) throws IOException {
        Held held = reserve(length);
        boolean full = false;
        try {
            full = fill(held.memory(), channel);
        } finally {
            if (!full) {
                held.discard();
                held.release();
            }
        }
        return full ? held : null;
    }

    /** Copies bytes. */
    Held copy(ByteBuffer bytes) {
        Held held = reserve(bytes.remaining());
        held.memory().put(bytes);
        return held;
    }

    /** Has the next process find a body, if it is in a region and regions are kept. The body is leased. */
    void note(Held held, KeptKey key) {
        if (regions != null && held.slot() != null) {
            regions.note(held.slot(), key.label());
        }
    }

    private Held reserve(int length) {
        RegionStore.Slot slot = regions == null ? null : regions.reserve(length);
        tellEvictions();
        return slot == null ? new Held(ByteBuffer.allocate(length), null) : new Held(slot.memory(), slot);
    }

    /** Not of each one: what has to be looked through then grows with all that is held. */
    private synchronized void tellEvictions() {
        if (regions == null) {
            return;
        }
        long evictions = regions.evictions();
        if (evictions - evictionsSeen >= Math.max(1, regions.capacity() / regions.regionSize() / PARTS)) {
            evictionsSeen = evictions;
            afterEviction.run();
        }
    }

    static boolean fill(ByteBuffer memory, FileChannel channel) throws IOException {
        while (memory.hasRemaining()) {
            if (channel.read(memory, memory.position()) < 0) {
                return false;
            }
        }
        return true;
    }
}
