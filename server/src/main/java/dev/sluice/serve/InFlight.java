package dev.sluice.serve;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The requests for which a file is being looked for, read or sent: each may hold a worker, open files and memory, and a client of
 * HTTP/2 may have a hundred of them. What is answered from the hot set at once is not among them and pays nothing for this.
 * Thread-safe.
 */
final class InFlight {
    private final int most;
    private final AtomicInteger places = new AtomicInteger();

    /**
     * @param most how many there may be at once, at least 1; 0 for any number
     */
    InFlight(int most) {
        this.most = most == 0 ? Integer.MAX_VALUE : most;
    }

    /** One of the requests; its place is free again when it leaves, for the first time. */
    final class Place {
        private final AtomicBoolean left = new AtomicBoolean();

        private Place() {}

        void leave() {
            if (left.compareAndSet(false, true)) {
                places.decrementAndGet();
            }
        }
    }

    /**
     * Takes a place for a request.
     *
     * @return null if there is none
     */
    @Nullable
    Place enter() {
        if (places.incrementAndGet() > most) {
            places.decrementAndGet();
            return null;
        }
        return new Place();
    }
}
