package dev.sluice.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Views of one body that can be patched, each for one response at a time. They are mappings of the body's bytes in its
 * region, copy-on-write: a response with a patch of its own costs the pages that the patch touches, and no copy of the
 * rest. The pages stay copied for the next response that is given the same view.
 *
 * <p>Leases: the slice's lease must be held from before {@link #acquire} to after {@link #release}, since the pages without
 * a patch are the region's. The lease also says whether the views are still those of the body: when it cannot be had any
 * more, this object is useless and to be dropped with the slice.
 *
 * <p>There is a bound on the views of a body, and no mapping is ever made and thrown away beyond it: the garbage collector
 * alone takes mappings back, and a process may have only so many (65,530, {@code vm.max_map_count}), which slow clients
 * could otherwise use up.
 */
public final class PrivateViews {
    private final RegionSlice slice;
    private final int most;
    private final Deque<ByteBuffer> free = new ArrayDeque<>();
    private int made;

    /**
     * @param slice the body
     * @param most how many responses can have a view at the same time, at least 1
     */
    public PrivateViews(RegionSlice slice, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("most: " + most + " (expected: >= 1)");
        }
        this.slice = slice;
        this.most = most;
    }

    /**
     * Takes a view for one response. The caller holds the slice's lease.
     *
     * @return the whole body, direct and writable, position 0; null if all views are taken: copy the body instead. Where
     *     it was patched for an earlier response it still has that patch: every user patches the same places, all of them
     * @throws IOException if a view cannot be made, see {@link RegionSlice#privateView}: copy the body instead
     */
    public @Nullable ByteBuffer acquire() throws IOException {
        synchronized (this) {
            // The last one back first: the fewer views are used, the fewer pages are copied.
            ByteBuffer view = free.pollFirst();
            if (view != null) {
                return view.clear();
            }
            if (made == most) {
                return null;
            }
            made++;
        }
        return make();
    }

    /** Whether these are views of the body where it stands there. */
    public boolean of(RegionSlice place) {
        return slice == place;
    }

    private ByteBuffer make() throws IOException {
        boolean done = false;
        try {
            ByteBuffer view = slice.privateView();
            done = true;
            return view;
        } finally {
            if (!done) {
                forget();
            }
        }
    }

    private synchronized void forget() {
        made--;
    }

    /**
     * Gives a view back, when its last byte is out. The caller still holds the slice's lease.
     *
     * @param view from {@link #acquire}, exactly once
     */
    public synchronized void release(ByteBuffer view) {
        free.addFirst(view);
    }
}
