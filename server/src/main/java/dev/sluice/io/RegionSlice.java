package dev.sluice.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The place in a region where a body stands, and the bytes there.
 *
 * <p>The bytes may be read only under a lease, from {@link RegionBody#acquire()} to {@link #release()}.
 */
public final class RegionSlice {
    private final Region region;
    private final int generation;
    private final int offset;
    private final ByteBuffer bytes;
    private volatile int record = IndexSegment.NONE;

    RegionSlice(Region region, int generation, int offset, ByteBuffer bytes) {
        this.region = region;
        this.generation = generation;
        this.offset = offset;
        this.bytes = bytes;
    }

    /**
     * Takes a lease, which keeps the bytes in place until it is released.
     *
     * @return false if the region has been emptied since, or is about to be: nothing can be read here ever again
     */
    boolean acquire() {
        return region.acquire(generation);
    }

    /** Whether a lease can still be had. */
    public boolean live() {
        return region.generation() == generation && !region.draining();
    }

    /** Whether it is a place in that region, as it is now. */
    boolean in(Region other) {
        return region == other && region.generation() == generation;
    }

    /** Where its region's index tells of it. */
    void noted(int at) {
        record = at;
    }

    /** Has it told in its region's index, for a later process. */
    void note(int check, ByteBuffer label) {
        noted(region.index().add(offset, length(), check, label));
    }

    /** What its region's index tells of it, if anything. */
    IndexSegment.@Nullable Entry entry() {
        return record == IndexSegment.NONE ? null : region.index().entry(record);
    }

    /** Has its region's index tell of it no more. */
    void strike() {
        if (record != IndexSegment.NONE) {
            region.strike(generation, record);
        }
    }

    /** Gives the lease back. To be called exactly once for each lease. */
    public void release() {
        region.release();
    }

    /**
     * A view of part of the body with a position of its own; direct, so that a socket takes it without a copy.
     *
     * @param offset first byte, from 0
     * @param length number of bytes
     * @throws IndexOutOfBoundsException if the part is not inside the body
     */
    public ByteBuffer view(int offset, int length) {
        return bytes.slice(offset, length);
    }

    /**
     * Maps the body once more, copy-on-write: a page of it is copied when it is first written to, and what is written is
     * seen through this view alone. The other pages stay the region's own, so the view may be used under a lease only, as
     * {@link #view} may.
     *
     * <p>A mapping costs some 10 µs and goes when the garbage collector finds its end: {@link PrivateViews} keeps them.
     *
     * @return the whole body, writable
     * @throws IOException if there is no room for a mapping, or the calling thread is interrupted. An interrupt also closes
     *     the region's file, so that this slice and its neighbours give no view any more; their bytes stay
     */
    public MappedByteBuffer privateView() throws IOException {
        return region.privateView(offset, length());
    }

    /** The length of the body in bytes. */
    public int length() {
        return bytes.capacity();
    }

    /** The number of the region that holds the body, for reports. */
    public int region() {
        return region.number();
    }
}
