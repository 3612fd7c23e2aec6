package dev.sluice.serve;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.fault.Await;
import dev.sluice.http.ContentCoding;
import dev.sluice.http.MediaTypes;
import dev.sluice.http.SitePath;
import dev.sluice.io.HotSet;
import dev.sluice.io.OpenFiles;
import dev.sluice.io.RegionBudget;
import dev.sluice.io.RegionSlice;
import dev.sluice.io.RegionStore;
import dev.sluice.plan.Lookup;
import dev.sluice.plan.Rules;
import dev.sluice.site.Resolver;
import dev.sluice.site.Site;
import dev.sluice.site.SymlinkPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoaderTest {
    private static final Duration FRESH = Duration.ofHours(1);
    private static final int MAX = 1_000;

    @TempDir
    Path root;

    private final HotSet<Hot> hotSet = new HotSet<>(FRESH.toNanos());
    private final OpenFiles openFiles = new OpenFiles(10);
    private RegionStore regions;
    private final FoundFiles foundFiles = new FoundFiles();
    private Loader loader;

    @BeforeEach
    void make() throws IOException {
        regions = new RegionStore(Path.of(System.getProperty("java.io.tmpdir")), new RegionBudget(1 << 20, 4));
        Site site = new Site(root, List.of("index.html"), SymlinkPolicy.INSIDE, true);
        MediaTypes types = MediaTypes.standard();
        Resolver resolver = new Resolver(site, types);
        Storage storage = new Storage(regions, MAX, FRESH);
        Representations representations = new Representations(types, CodingPolicy.NONE, storage.policy(), Set::of);
        Freshness freshness = new Freshness(resolver, FRESH);
        Admission admission = new Admission(resolver, storage, representations, hotSet, Rules.NONE, freshness);
        loader = new Loader(
                resolver,
                representations,
                Rules.NONE,
                hotSet,
                openFiles,
                admission,
                freshness,
                foundFiles,
                storage.policy(),
                null);
    }

    @AfterEach
    void close() {
        openFiles.close();
    }

    @Test
    void load_settledSmallFile_isInTheHotSetAndLeased() throws Exception {
        write("f.txt", "content", 60);
        Loaded.InHotSet loaded = assertInstanceOf(Loaded.InHotSet.class, load("/f.txt"));

        assertEquals("content", text(loaded.leased().slice()));
        assertEquals(1, regions.leases());
        assertEquals(200, loaded.entry().value().identity().status());
        assertEquals(1, hotSet.misses());
    }

    private FoundFiles.@Nullable FoundFile found(String path) {
        return foundFiles.acquire(path, System.nanoTime());
    }

    @Test
    void load_largeFile_isFoundAgainWithoutALook() throws Exception {
        write("large", "x".repeat(2 * MAX), 60);
        Loaded.Elsewhere loaded = assertInstanceOf(Loaded.Elsewhere.class, load("/large"));
        FoundFiles.FoundFile found = Objects.requireNonNull(found("/large"));

        assertEquals(loaded.found(), found.loaded().found());
        assertEquals(loaded.sources(), found.loaded().sources());
        found.loaded().discard();
        loaded.discard();
        assertNull(foundFiles.acquire("/large", System.nanoTime() + FRESH.toNanos() + 1));
    }

    @Test
    void load_largeFileThatChangesAfterwards_isNotFound() throws Exception {
        write("large", "x".repeat(2 * MAX), 60);
        ((Loaded.Elsewhere) load("/large")).discard();
        write("large", "y".repeat(2 * MAX), 30);

        assertNull(found("/large"));
    }

    @Test
    void load_largeFileThatGoesAfterwards_isNotFound() throws Exception {
        write("large", "x".repeat(2 * MAX), 60);
        ((Loaded.Elsewhere) load("/large")).discard();
        Files.move(root.resolve("large"), root.resolve("elsewhere"));

        assertNull(found("/large"));
    }

    @Test
    void load_largeFileThatIsClosedAfterwards_isNotFound() throws Exception {
        write("large", "x".repeat(2 * MAX), 60);
        ((Loaded.Elsewhere) load("/large")).discard();
        openFiles.close();

        assertNull(found("/large"));
    }

    @Test
    void load_smallFile_isNoneOfThem() throws Exception {
        write("f.txt", "content", 60);
        load("/f.txt").discard();

        assertNull(found("/f.txt"));
    }

    @Test
    void load_again_isTheSameEntry() throws Exception {
        write("f.txt", "content", 60);

        assertSame(hot("/f.txt"), hot("/f.txt"));
        assertEquals(1, hotSet.admissions());
        assertEquals(1, hotSet.misses());
    }

    @Test
    void load_freshFile_isUnsettledAndHoldsNothing() throws Exception {
        // Stamped a little ahead of now, so that it stays fresh for long enough to be looked at.
        write("f.txt", "content", 0);
        Files.setLastModifiedTime(
                root.resolve("f.txt"), FileTime.from(Instant.now().plus(Settling.IN_PLACE)));
        assertInstanceOf(Loaded.Unsettled.class, load("/f.txt"));

        assertEquals(0, regions.leases());
        assertEquals(0, hotSet.admissions());
    }

    @Test
    void load_freshFile_isTakenAfterAWhile() throws Exception {
        Files.writeString(root.resolve("f.txt"), "content");

        Await.until(() -> load("/f.txt") instanceof Loaded.InHotSet);
    }

    @Test
    void load_emptyFile_isTakenOnlyAfterAWhile() throws Exception {
        write("empty", "", 60);
        assertInstanceOf(Loaded.Unsettled.class, load("/empty"));

        Await.until(() -> load("/empty") instanceof Loaded.InHotSet);
        assertEquals(0, hotSet.bytes());
    }

    @Test
    void load_largeFile_isSharedOpen() throws Exception {
        write("f", "x".repeat(MAX + 1), 60);
        Loaded.Elsewhere one = assertInstanceOf(Loaded.Elsewhere.class, load("/f"));
        Loaded.Elsewhere two = assertInstanceOf(Loaded.Elsewhere.class, load("/f"));

        assertSame(file(one).file(), file(two).file());
        assertEquals(0, hotSet.misses());
        file(one).file().release();
        file(two).file().release();
    }

    @Test
    void load_longestHeld_isInTheHotSet() throws Exception {
        write("f", "x".repeat(MAX), 60);

        assertInstanceOf(Loaded.InHotSet.class, load("/f"));
    }

    @Test
    void load_missing_saysWhy() throws Exception {
        Loaded.NoFile none = assertInstanceOf(Loaded.NoFile.class, load("/none"));

        assertEquals(new Lookup.Missing("missing"), none.lookup());
    }

    @Test
    void load_directoryWithoutSlash_isRedirected() throws Exception {
        Files.createDirectory(root.resolve("d e"));
        Loaded.NoFile none = assertInstanceOf(Loaded.NoFile.class, load("/d%20e"));

        assertEquals(new Lookup.Redirect("/d%20e/"), none.lookup());
    }

    @Test
    void load_everyRegionIsRead_isFromMemory() throws Exception {
        while (regions.reserve(regions.regionSize()) != null) {
            assertTrue(regions.leases() <= regions.capacity() / regions.regionSize());
        }
        write("f.txt", "content", 60);
        load("/f.txt");
        Loaded.Elsewhere loaded = assertInstanceOf(Loaded.Elsewhere.class, load("/f.txt"));

        Source.FromMemory memory = assertInstanceOf(Source.FromMemory.class, loaded.take(ContentCoding.IDENTITY));
        assertEquals("content", StandardCharsets.UTF_8.decode(memory.bytes()).toString());
        assertEquals("regions-busy", memory.why());
    }

    @Test
    void check_largeFileReplacedOrDeleted_isUnchangedAsLongAsItIsOpen() throws Exception {
        write("f", "x".repeat(MAX + 1), 60);
        Source.FromFile source = file((Loaded.Elsewhere) load("/f"));
        assertEquals(true, source.unchanged().check());

        write("f", "y".repeat(MAX + 1), 60);
        assertEquals(true, source.unchanged().check());
        Files.delete(root.resolve("f"));
        assertEquals(true, source.unchanged().check());
        source.file().release();
        openFiles.close();
        assertEquals(false, source.unchanged().check());
    }

    @Test
    void check_largeFileRewrittenInPlace_isNoticedEvenUnderAnotherName() throws Exception {
        write("f", "x".repeat(MAX + 1), 60);
        Source.FromFile source = file((Loaded.Elsewhere) load("/f"));

        Files.writeString(root.resolve("f"), "y".repeat(MAX + 1));
        assertEquals(false, source.unchanged().check());
        Files.move(root.resolve("f"), root.resolve("g"));
        assertEquals(false, source.unchanged().check());
        source.file().release();
    }

    @Test
    void refresh_unchanged_isConfirmedWithoutReading() throws Exception {
        write("f.txt", "content", 60);
        HotSet.Entry<Hot> entry = hot("/f.txt");
        loader.refresh(entry);

        assertSame(entry, hotSet.peek("/f.txt"));
        assertEquals(1, hotSet.admissions());
        assertEquals(0, regions.leases());
    }

    @Test
    void refresh_replaced_bringsTheNewVersionWhileTheOldIsRead() throws Exception {
        write("f.txt", "old", 60);
        HotSet.Leased<Hot> old = ((Loaded.InHotSet) load("/f.txt")).leased();
        write("f.txt", "new", 60);
        loader.refresh(old.entry());

        HotSet.Leased<Hot> now = ((Loaded.InHotSet) load("/f.txt")).leased();
        assertEquals("new", text(now.slice()));
        assertEquals("old", text(old.slice()));
        now.slice().release();
        old.slice().release();
        assertEquals(0, regions.leases());
    }

    @Test
    void refresh_beingWritten_keepsServingWhatIsHeld() throws Exception {
        write("f.txt", "old", 60);
        HotSet.Entry<Hot> old = hot("/f.txt");
        write("f.txt", "new", 0);
        Files.setLastModifiedTime(
                root.resolve("f.txt"), FileTime.from(Instant.now().plus(Settling.RENAMED)));
        loader.refresh(old);

        assertSame(old, hotSet.peek("/f.txt"));
    }

    @Test
    void refresh_deleted_isTakenOut() throws Exception {
        write("f.txt", "old", 60);
        HotSet.Entry<Hot> old = hot("/f.txt");
        Files.delete(root.resolve("f.txt"));
        loader.refresh(old);

        assertNull(hotSet.peek("/f.txt"));
    }

    @Test
    void refresh_grownTooLarge_isTakenOutAndLeavesNothingOpen() throws Exception {
        write("f.txt", "old", 60);
        HotSet.Entry<Hot> old = hot("/f.txt");
        write("f.txt", "x".repeat(MAX + 1), 60);
        loader.refresh(old);

        assertNull(hotSet.peek("/f.txt"));
        Source.FromFile source = file((Loaded.Elsewhere) load("/f.txt"));
        openFiles.close();
        source.file().release();
        assertEquals(false, source.file().channel().isOpen());
    }

    private Loaded load(String path) throws Exception {
        return loader.load(SitePath.parse(path));
    }

    /** Loads without keeping the lease. */
    private HotSet.Entry<Hot> hot(String path) throws Exception {
        HotSet.Leased<Hot> leased =
                assertInstanceOf(Loaded.InHotSet.class, load(path)).leased();
        leased.slice().release();
        return leased.entry();
    }

    private static Source.FromFile file(Loaded.Elsewhere loaded) {
        return assertInstanceOf(Source.FromFile.class, loaded.take(ContentCoding.IDENTITY));
    }

    private static String text(RegionSlice slice) {
        return StandardCharsets.UTF_8.decode(slice.view(0, slice.length())).toString();
    }

    /** Replaces a file at once, stamped some seconds ago. */
    private void write(String name, String text, int secondsAgo) throws IOException {
        Path next = Files.writeString(root.resolve("next"), text);
        Files.setLastModifiedTime(next, FileTime.from(Instant.now().minusSeconds(secondsAgo)));
        Files.move(next, root.resolve(name), ATOMIC_MOVE);
    }
}
