package dev.sluice.app;

import dev.sluice.config.CacheSettings;
import dev.sluice.io.RegionBudget;
import dev.sluice.io.RegionStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The regions that a configuration asks for. Without any the server is slower on small files, but serves. */
final class CacheRegions {
    private static final Logger LOG = Logger.getLogger("sluice");

    private CacheRegions() {}

    /**
     * Makes them.
     *
     * @param roots of what is served: the directory had better lie in none of them
     * @return null if none are wanted, or none can be had, which is logged
     */
    static @Nullable RegionStore open(CacheSettings cache, List<Path> roots) {
        long wanted = cache.memoryBytes(new MachineMemory().bytes());
        if (wanted == 0) {
            return null;
        }
        RegionBudget budget = RegionBudget.of(wanted, cache.maxFileSize().bytes());
        Path directory = cache.directory();
        if (directory != null) {
            roots.stream().filter(directory::startsWith).forEach(root -> warn(directory, root));
        }
        try {
            return directory == null
                    ? new RegionStore(Path.of(System.getProperty("java.io.tmpdir")), budget)
                    : kept(directory, budget);
        } catch (IOException e) {
            LOG.warning("no cache of small files, since no region can be made in "
                    + (directory == null ? System.getProperty("java.io.tmpdir") : directory) + ": " + e
                    + (directory == null ? " (another folder: cache.directory)" : ""));
            return null;
        }
    }

    private static void warn(Path directory, Path root) {
        LOG.warning("cache.directory " + directory + " lies in the root " + root
                + ": whoever may ask for files there can read what is cached");
    }

    private static RegionStore kept(Path directory, RegionBudget budget) throws IOException {
        RegionStore kept = RegionStore.keeping(directory, budget);
        if (kept == null) {
            LOG.warning("cache.directory " + directory + " is in use by another server: this one's cache is not kept");
            return new RegionStore(directory, budget);
        }
        return kept;
    }
}
