package dev.sluice.serve;

import dev.sluice.http.MalformedPathException;
import dev.sluice.http.MediaTypes;
import dev.sluice.http.SitePath;
import dev.sluice.io.HotSet;
import dev.sluice.io.OpenFiles;
import dev.sluice.io.RegionStore;
import dev.sluice.plan.Policy;
import dev.sluice.site.Resolver;
import dev.sluice.site.Site;
import java.io.Closeable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A site's files on their way to clients: the hot set, the open files, and what brings them in. */
public final class SiteContent implements Closeable {
    private static final int MOST_OPEN_FILES = 1024;

    private final Policy policy;
    private final HotSet<Hot> hotSet;
    private final @Nullable RegionStore regions;
    private final OpenFiles openFiles = new OpenFiles(MOST_OPEN_FILES);
    private final Loader loader;
    private final @Nullable SitePath notFoundPage;

    /**
     * @param regions where the hot set's bodies are held; null for none: every file then goes by sendfile
     * @param maxFileSize the largest file held there, in bytes
     * @param revalidate how old the facts about a held file may grow
     * @param notFoundPage the path of the site's own 404 page, percent-encoded, or null
     * @throws IllegalArgumentException if that path is malformed
     */
    public SiteContent(
            Site site,
            @Nullable RegionStore regions,
            long maxFileSize,
            Duration revalidate,
            @Nullable String notFoundPage) {
        // Without regions no file is small enough, not even an empty one.
        this.policy = new Policy(regions == null ? 0 : Math.min(maxFileSize, RegionStore.REGION_SIZE));
        this.hotSet = new HotSet<>(revalidate.toNanos());
        this.regions = regions;
        Resolver resolver = new Resolver(site);
        MediaTypes types = MediaTypes.standard();
        Admission admission = new Admission(resolver, policy, types, hotSet, regions);
        this.loader = new Loader(resolver, types, hotSet, openFiles, admission);
        this.notFoundPage = notFoundPage == null ? null : parse(notFoundPage);
    }

    private static SitePath parse(String path) {
        try {
            return SitePath.parse(path);
        } catch (MalformedPathException e) {
            throw new IllegalArgumentException("404 page: " + e.getMessage(), e);
        }
    }

    Policy policy() {
        return policy;
    }

    Loader loader() {
        return loader;
    }

    @Nullable
    SitePath notFoundPage() {
        return notFoundPage;
    }

    HotSet<Hot> hotSet() {
        return hotSet;
    }

    /** Figures of the hot set, each the newest there is; together they are not a snapshot. */
    public HotSetFigures figures() {
        return new HotSetFigures(
                hotSet.size(),
                hotSet.bytes(),
                regions == null ? 0 : regions.capacity(),
                hotSet.hits(),
                hotSet.misses(),
                hotSet.admissions(),
                hotSet.evictions());
    }

    /**
     * What the hot set holds and did.
     *
     * @param entries bodies held now
     * @param bytes their length
     * @param capacityBytes what the regions may come to take
     * @param hits requests answered from it
     * @param misses requests for files it could hold and did not, or not fresh
     * @param admissions bodies put in
     * @param evictions bodies that left because their region was evicted
     */
    public record HotSetFigures(
            long entries, long bytes, long capacityBytes, long hits, long misses, long admissions, long evictions) {}

    /** Leases out on regions: zero while nothing is being sent. */
    public int leases() {
        return regions == null ? 0 : regions.leases();
    }

    @Override
    public void close() {
        openFiles.close();
    }
}
