package dev.sluice.io;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A body that is held in a region, wherever it stands now: a region that is emptied has its bodies in demand copied to
 * another one first, so a body outlives its place.
 *
 * <p>Whoever wants the bytes takes a lease on the place, which is then the one to be read from and released. That costs one
 * compare-and-set and one plain counter.
 */
public final class RegionBody {
    private volatile RegionSlice place;
    private volatile boolean wanted = true;

    /** Uses since the last time it was decided about. Plain: an update lost between threads only blurs a ranking. */
    private int uses;

    RegionBody(RegionSlice place) {
        this.place = place;
    }

    /**
     * Takes a lease on the bytes, and counts as one use.
     *
     * @return the bytes, to be released; null if they have been evicted, and so for ever
     */
    public @Nullable RegionSlice acquire() {
        RegionSlice now = place;
        if (!now.acquire()) {
            // It may have been moved between the two; if it was not, the place is lost.
            now = place;
            if (!now.acquire()) {
                return null;
            }
        }
        uses++;
        return now;
    }

    /** Whether a lease can be had now. */
    public boolean live() {
        return place.live();
    }

    /** The length in bytes. */
    public int length() {
        return place.length();
    }

    /** The number of the region that holds it now, for reports. */
    public int region() {
        return place.region();
    }

    /** How often it was leased lately: halved whenever it is copied forward. */
    public int uses() {
        return uses;
    }

    /** Nobody will ask for it any more: its bytes are waste, to be dropped with its region. Leases that are out stay. */
    public void discard() {
        wanted = false;
        place.strike();
    }

    /** Has a later process find it; the caller sees to it that its region is not emptied meanwhile. */
    void note(int check, ByteBuffer label) {
        RegionSlice now = place;
        now.note(check, label);
        if (!wanted) {
            now.strike();
        }
    }

    boolean wantedIn(Region region) {
        return wanted && place.in(region);
    }

    /** Copies the bytes; the caller sees to it that the region is not emptied meanwhile. */
    void copyTo(ByteBuffer target) {
        target.put(place.view(0, place.length()));
    }

    /** It stands in another place now, byte for byte the same; what was noted there is noted here. */
    void move(RegionSlice to) {
        IndexSegment.Entry noted = place.entry();
        if (noted != null) {
            to.note(noted.check(), noted.label());
        }
        place = to;
        if (!wanted) {
            to.strike();
        }
        uses >>= 1;
    }
}
