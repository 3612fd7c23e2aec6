package dev.sluice.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Regions that go with the process. */
public final class PassingRegions {
    private static final Logger LOG = Logger.getLogger("sluice");

    /** A file system in memory: whatever is written elsewhere, the kernel writes to a disk every few seconds. */
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private PassingRegions() {}

    /**
     * Makes them in memory if there is room for all of them.
     *
     * @param elsewhere where else
     * @throws IOException if they cannot be made there either
     */
    public static RegionStore open(Path elsewhere, RegionBudget budget) throws IOException {
        try {
            if (Files.isWritable(SHARED_MEMORY)
                    && Files.getFileStore(SHARED_MEMORY).getUsableSpace() >= budget.bytes()) {
                return new RegionStore(SHARED_MEMORY, budget);
            }
        } catch (IOException refused) {
            LOG.log(Level.FINE, "no regions in shared memory", refused);
        }
        return new RegionStore(elsewhere, budget);
    }
}
