package dev.sluice.serve;

import dev.sluice.http.MediaTypes;
import dev.sluice.http.SitePath;
import dev.sluice.io.HotSet;
import dev.sluice.plan.Policy;
import dev.sluice.plan.Rules;
import dev.sluice.site.Resolver;
import dev.sluice.site.Site;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** A site's files on their way to clients: its hot set, and what brings them in. */
public final class SiteContent {
    private final MediaTypes types;
    private final Policy policy;
    private final Resolver resolver;
    private final HotSet<Hot> hotSet;
    private final Loader loader;
    private final Variants variants;
    private final Digests digests;
    private final Preview preview;
    private final PlainPaths plainPaths = new PlainPaths();
    private final ColdQueue coldQueue;
    private final FoundFiles foundFiles = new FoundFiles();
    private final DiskFaults unchecked = new DiskFaults("check");
    private final Storage storage;
    private final @Nullable LiveReload live;
    private final List<Runnable> watching;

    /**
     * @param storage where bodies are held and files kept open, shared by all sites
     * @param rules what is done with the site's paths
     * @param codings what is sent coded
     */
    public SiteContent(Site site, Storage storage, Rules rules, CodingPolicy codings) {
        this(site, storage, rules, codings, null);
    }

    /**
     * @param live tells the pages of a site that is served to its author of changes: nothing of it is held then. It becomes the
     *     content's, which closes it. Null for any other site
     */
    public SiteContent(Site site, Storage storage, Rules rules, CodingPolicy codings, @Nullable LiveReload live) {
        this.storage = storage;
        this.live = live;
        this.types = storage.types();
        this.policy =
                live == null ? storage.policy() : new Policy(0, storage.policy().directMinSize());
        this.coldQueue = storage.coldQueue();
        this.hotSet = storage.newHotSet();
        this.digests = storage.digests();
        // A site that is served to its author holds nothing.
        LongPredicate held = size -> live == null && storage.holds(size);
        this.resolver = new Resolver(site, types, storage.watcher(), held);
        Freshness freshness = new Freshness(resolver, storage.revalidate());
        Representations representations = new Representations(
                types, codings, storage.policy(), () -> storage.encoders().available());
        Finder finder = new Finder(resolver, representations, rules);
        LivePages pages = live == null ? null : new LivePages(live, resolver, finder, representations);
        Admission admission = new Admission(resolver, storage, representations, hotSet, rules, freshness);
        this.watching = List.of(storage.watching(hotSet::looks), storage.watching(foundFiles::looks));
        this.loader = new Loader(
                resolver,
                representations,
                rules,
                hotSet,
                storage.openFiles(),
                admission,
                freshness,
                foundFiles,
                policy,
                pages);
        this.variants = new Variants(
                hotSet, representations, storage.reader(), storage.policy(), storage.encoders(), storage.builder());
        Intake intake =
                new Intake(Intake.Recheck.anew(resolver), storage.policy(), representations, RegionReader.MEMORY);
        this.preview = new Preview(finder, hotSet, held, intake, digests, variants, pages);
    }

    /**
     * Lets go of all that is kept for the site, since no further request will be for it: its hot set, its open directories, and
     * with {@link Storage#releaseWatches} what is watched for them. Requests that are under way finish as they would have; what
     * they bring in is not kept. Its open files are closed a while after their last use, as all are.
     */
    public void retire() {
        watching.forEach(Runnable::run);
        storage.giveUp(hotSet);
        foundFiles.clear();
        resolver.retire();
        endStreams();
    }

    /** Ends what goes on until somebody ends it: the events of live reload. */
    public void endStreams() {
        if (live != null) {
            live.close();
        }
    }

    /** Tells pages of changes, if the site is served to its author; else null. */
    @Nullable
    LiveReload live() {
        return live;
    }

    /** Closes what is kept open for reuse, for when there are no more descriptors. */
    void closeIdle() {
        foundFiles.clear();
        resolver.closeIdle();
        storage.openFiles().close();
    }

    Resolver resolver() {
        return resolver;
    }

    /** Where the planner is to draw its lines. */
    Policy policy() {
        return policy;
    }

    /** Who looks for files, and reads small ones. */
    ColdQueue coldQueue() {
        return coldQueue;
    }

    Loader loader() {
        return loader;
    }

    HotSet<Hot> hotSet() {
        return hotSet;
    }

    /** Paths that a plain GET is likely to get the whole of a small file for. */
    PlainPaths plainPaths() {
        return plainPaths;
    }

    /** Large files that were found a moment ago. */
    FoundFiles foundFiles() {
        return foundFiles;
    }

    Variants variants() {
        return variants;
    }

    Digests digests() {
        return digests;
    }

    Preview preview() {
        return preview;
    }

    /** Whether a path names, by its extension, something that a page loads: anything known but a page. */
    boolean isAsset(SitePath path) {
        return types.knows(path.name()) && !types.of(path.name()).essence().equals("text/html");
    }

    /** Has an entry that grows old compared with its file, without anybody waiting for that. */
    void refreshInBackground(HotSet.Entry<Hot> entry, long now, Executor worker) {
        if (!hotSet.claimCheck(entry, now)) {
            return;
        }
        try {
            worker.execute(() -> refresh(entry));
        } catch (RejectedExecutionException stopping) {
            hotSet.abandonCheck(entry);
        }
    }

    private void refresh(HotSet.Entry<Hot> entry) {
        try {
            loader.refresh(entry);
        } catch (IOException | RuntimeException e) {
            hotSet.abandonCheck(entry);
            unchecked.tell(entry.value().path(), e);
        }
    }
}
