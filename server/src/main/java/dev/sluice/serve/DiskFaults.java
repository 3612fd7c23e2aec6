package dev.sluice.serve;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells the log of files that could not be read: of the first at once, and while that goes on of one every ten seconds, with
 * the number of the others. A disk that fails fails for every request.
 */
final class DiskFaults {
    private static final Logger LOG = Logger.getLogger("sluice");

    private final Seldom seldom = new Seldom();
    private final AtomicInteger untold = new AtomicInteger();

    /**
     * A file could not be read.
     *
     * @param path under which it was asked for
     */
    void tell(Object path, IOException failure) {
        if (!seldom.isDue()) {
            untold.incrementAndGet();
            return;
        }
        int others = untold.getAndSet(0);
        String more = others == 0 ? "" : " (and " + others + " more like it since the last such line)";
        LOG.log(Level.WARNING, "cannot read {0}: {1}{2}", new Object[] {path, failure, more});
    }
}
