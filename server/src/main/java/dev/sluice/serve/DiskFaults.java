package dev.sluice.serve;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells the log of files with which something could not be done: of the first at once, and while that goes on of one every ten seconds, with
 * the number of the others. A disk that fails fails for every request.
 */
final class DiskFaults {
    private static final Logger LOG = Logger.getLogger("sluice");

    private final String what;
    private final Seldom seldom = new Seldom();
    private final AtomicInteger untold = new AtomicInteger();

    /**
     * @param what cannot be done, such as "read"
     */
    DiskFaults(String what) {
        this.what = what;
    }

    /**
     * It could not be done with a file.
     *
     * @param path under which it was asked for
     */
    void tell(Object path, Exception failure) {
        if (!seldom.isDue()) {
            untold.incrementAndGet();
            return;
        }
        int others = untold.getAndSet(0);
        String more = others == 0 ? "" : " (and " + others + " more like it since the last such line)";
        LOG.log(Level.WARNING, "cannot {0} {1}: {2}{3}", new Object[] {what, path, failure, more});
    }
}
