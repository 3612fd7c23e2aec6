package dev.sluice.serve;

import org.jspecify.annotations.Nullable;

/** A response that is being sent, as those see it who look after its connection. */
interface Underway {
    /** Its connection or stream is gone; from any thread. */
    void lost();

    /** Why its client is not to be waited for any longer, as a token for its record; or null. To be asked by one thread. */
    @Nullable
    String fault(long now, Patience patience);

    /** Whether a slow client keeps a region from being emptied. Any thread may ask. */
    boolean obstructs();

    /** Gives the region free: what the client has not taken yet is copied, if there is room for it. In the I/O thread. */
    void moveOut(Refuge refuge);

    /** Breaks its connection off, so that the client sees a short body and not a wrong one. */
    void abort(String why);
}
