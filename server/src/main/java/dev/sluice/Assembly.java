package dev.sluice;

import dev.sluice.http.ContentCoding;
import dev.sluice.http.MalformedPathException;
import dev.sluice.http.SitePath;
import dev.sluice.io.PassingRegions;
import dev.sluice.io.RegionBudget;
import dev.sluice.io.RegionStore;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.Served;
import dev.sluice.plan.Rules;
import dev.sluice.serve.CodingPolicy;
import dev.sluice.serve.DiskOptions;
import dev.sluice.serve.ErrorPages;
import dev.sluice.serve.Gatekeeper;
import dev.sluice.serve.GuestHandler;
import dev.sluice.serve.Listing;
import dev.sluice.serve.SendOptions;
import dev.sluice.serve.ServedSite;
import dev.sluice.serve.SiteContent;
import dev.sluice.serve.Storage;
import dev.sluice.site.Candidates;
import dev.sluice.site.Root;
import dev.sluice.site.Site;
import dev.sluice.site.TrailingSlash;
import dev.sluice.site.WatchLimit;
import dev.sluice.site.Watcher;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Puts the engine together as the options of a {@link StaticFiles.Builder} have it. */
final class Assembly {
    private static final Logger LOG = Logger.getLogger("sluice");

    /** The server's own defaults. */
    private static final long SENDFILE_CHUNK = 8 << 20;

    private static final long SMALLEST_CODED = 512;

    private final StaticFiles.Builder options;
    private final Root root;

    /**
     * @throws IllegalArgumentException if the root is neither a directory nor an archive that can be served
     */
    Assembly(StaticFiles.Builder options) {
        this.options = options;
        this.root = root(options);
    }

    private static Root root(StaticFiles.Builder options) {
        String expected = "a directory, or a zip or jar archive";
        try {
            Root found = options.origin.find();
            boolean served = found instanceof Root.InArchive || Files.isDirectory(found.path());
            StaticFiles.Builder.check(served, "root", options.root, expected);
            return found;
        } catch (IOException e) {
            // What the file system says is a path for the most part.
            String why = e instanceof FileSystemException ? e.toString() : String.valueOf(e.getMessage());
            throw new IllegalArgumentException(
                    "root: " + options.root + " (expected: " + expected + "; " + why + ")", e);
        }
    }

    GuestHandler handler() {
        // Whatever may be wrong with the options comes first: what follows has to be closed.
        ErrorPages errorPages = errorPages();
        SitePath spa = options.spa == null ? null : path(options.spa);
        Storage storage = new Storage(
                regions(),
                options.cacheMaxFileSize,
                options.revalidate,
                DiskOptions.STANDARD,
                options.watch ? new Watcher(WatchLimit.ofThisSystem(), false) : null);
        ServedSite site = new ServedSite(
                options.root,
                new SiteContent(site(), storage, Rules.NONE, codings()),
                Rules.NONE,
                new Gatekeeper(Map.of(), Map.of()),
                errorPages,
                spa,
                options.listing ? Listing.HTML : Listing.OFF);
        return new GuestHandler(site, storage, new SendOptions(SENDFILE_CHUNK), ledger(), options.next);
    }

    private @Nullable RegionStore regions() {
        if (options.cacheMemory == 0) {
            return null;
        }
        RegionBudget budget = RegionBudget.of(
                options.cacheMemory,
                options.cacheMaxFileSize,
                Runtime.getRuntime().maxMemory());
        Path elsewhere = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            return PassingRegions.open(elsewhere, budget);
        } catch (IOException e) {
            LOG.warning("no cache of small files, since no region can be made in " + elsewhere + ": " + e);
            return null;
        }
    }

    private Site site() {
        return new Site(
                root,
                options.index,
                options.symlinks,
                options.hideDotFiles,
                options.cleanUrls ? Candidates.CLEAN : Candidates.EXACT,
                TrailingSlash.ADD,
                codings().codings());
    }

    private CodingPolicy codings() {
        return options.compression
                ? new CodingPolicy(
                        List.of(ContentCoding.BR, ContentCoding.ZSTD, ContentCoding.GZIP), SMALLEST_CODED, false)
                : CodingPolicy.NONE;
    }

    private ErrorPages errorPages() {
        Map<Integer, SitePath> pages = new HashMap<>();
        options.errorPages.forEach((status, page) -> pages.put(status, path(page)));
        return new ErrorPages(pages, Map.of());
    }

    /** A path as a person writes it, without escapes. */
    private static SitePath path(String text) {
        try {
            return SitePath.parse(SitePath.encode(text));
        } catch (MalformedPathException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private Ledger ledger() {
        Consumer<Served> listener = options.onServed;
        return listener == null ? Ledger.idle() : new Ledger(1, served -> tell(listener, served));
    }

    /** A listener's fault is not the response's. */
    private static void tell(Consumer<Served> listener, Served served) {
        try {
            listener.accept(served);
        } catch (RuntimeException fault) {
            LOG.log(Level.WARNING, "the listener of responses failed", fault);
        }
    }
}
