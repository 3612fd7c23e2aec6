package dev.sluice.serve;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Closes the connections that clients have left while nothing went on there.
 *
 * <p>When the I/O thread itself closes one, XNIO asks the kernel at once for everything that is ready, to be rid of that one's
 * key. Of thousands that are left together each then has all the others looked at: 10,000 kept it busy for many seconds
 * (measured), and clients that came meanwhile waited. Another thread only marks the keys, and the I/O thread's next look is rid of
 * all that are marked. It is a thread of its own, since workers may all wait for a disk that hangs, and what is not closed
 * counts among the connections that are allowed.
 *
 * <p>Thread-safe.
 */
final class Departures {
    private static final long IDLE_SECONDS = 10;

    /** One thread while there is something to do. */
    private final ThreadPoolExecutor closer = new ThreadPoolExecutor(
            0, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Departures::thread);

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "sluice-departures");
        thread.setDaemon(true);
        return thread;
    }

    /** Closes a connection soon; nothing must be read from it any more. */
    void add(Link link) {
        closer.execute(link::close);
    }
}
