package dev.sluice.serve;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Memory for what slow clients have not taken yet when its region is to be emptied: a client that reads nothing would keep a
 * region from being reused for as long as it likes. Bounded, since there may be many of them.
 */
final class Refuge {
    /** Bytes: enough for 128 of the longest bodies that are held by default. */
    private static final long ALL = 32 << 20;

    private final AtomicLong free = new AtomicLong(ALL);

    /** Takes so many bytes of it; false if they are not left. */
    boolean take(long bytes) {
        if (free.addAndGet(-bytes) >= 0) {
            return true;
        }
        giveBack(bytes);
        return false;
    }

    void giveBack(long bytes) {
        free.addAndGet(bytes);
    }
}
