package dev.sluice.site;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Which directory a site's root is: the walks tell it at every look-up. A root that is a link, or is replaced by a rename,
 * is noticed by the first walk that goes through the new one; from then on nothing that was read before is taken for
 * current. Thread-safe.
 */
final class Release {
    private volatile @Nullable Object current;
    private volatile long switchedAt;
    private volatile int switches;
    private final AtomicBoolean lost = new AtomicBoolean();

    /**
     * A walk begins at this directory.
     *
     * @param key the directory's file key
     * @return whether the root was lost, and this is the first walk to find one again
     */
    boolean seen(@Nullable Object key) {
        if (key != null && !key.equals(current)) {
            change(key);
        }
        return lost.get() && lost.compareAndSet(true, false);
    }

    /**
     * A walk could not begin: there is no root that can be opened. What was read before is not taken for current from then on,
     * as with a switch: a file system that is unmounted raises no event.
     *
     * @return whether this is the first one since there was a root
     */
    boolean lost() {
        boolean first = !lost.get() && lost.compareAndSet(false, true);
        if (first) {
            switched();
        }
        return first;
    }

    private synchronized void switched() {
        switchedAt = System.nanoTime();
        switches++;
    }

    private synchronized void change(Object key) {
        if (current != null && !key.equals(current)) {
            switched();
        }
        current = key;
    }

    /**
     * Whether the root was seen to be another directory than before, at a moment or later.
     *
     * @param moment {@link System#nanoTime()}
     */
    boolean switchedSince(long moment) {
        return switches > 0 && switchedAt - moment >= 0;
    }

    /** How often it was. */
    int switches() {
        return switches;
    }
}
