package dev.sluice.app;

import dev.sluice.config.CacheSettings;
import dev.sluice.config.Configuration;
import dev.sluice.io.PassingRegions;
import dev.sluice.io.RegionBudget;
import dev.sluice.io.RegionStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The regions that a configuration asks for. Without any the server is slower on small files, but serves. */
final class CacheRegions {
    private static final Logger LOG = Logger.getLogger("sluice");

    private CacheRegions() {}

    /**
     * Makes them.
     *
     * @return null if none are wanted, or none can be had, which is logged
     */
    static @Nullable RegionStore open(Configuration configuration) {
        CacheSettings cache = configuration.cache();
        long wanted = cache.memoryBytes(new MachineMemory().bytes());
        if (wanted == 0) {
            return null;
        }
        RegionBudget budget = RegionBudget.of(
                wanted, cache.maxFileSize().bytes(), Runtime.getRuntime().maxMemory());
        Path kept = cache.directory();
        warnOf(configuration);
        Path directory = kept == null ? Path.of(System.getProperty("java.io.tmpdir")) : kept;
        try {
            return kept == null ? PassingRegions.open(directory, budget) : kept(kept, budget);
        } catch (IOException e) {
            LOG.warning("no cache of small files, since no region can be made in " + directory + ": " + e
                    + (kept == null ? " (another folder: cache.directory)" : ""));
            return null;
        }
    }

    /** Looks where the directory lies in which they are kept: it had better lie in nothing that is served. */
    static void warnOf(Configuration configuration) {
        @Nullable Path kept = configuration.cache().directory();
        if (kept != null) {
            configuration.sites().stream()
                    .map(site -> site.root().path())
                    .filter(kept::startsWith)
                    .forEach(root -> warn(kept, root));
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
