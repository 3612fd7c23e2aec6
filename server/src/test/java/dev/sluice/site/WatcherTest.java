package dev.sluice.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.http.SitePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watching, with the system's own events. */
final class WatcherTest {
    @TempDir
    Path folder;

    private SiteTree tree;
    private Resolver resolver;
    private final Watcher watcher = new Watcher(1_000, false);

    @BeforeEach
    void make() throws IOException {
        tree = new SiteTree(folder);
        tree.file("a.txt", "a");
        tree.file("dir/b.txt", "b");
        Site site = new Site(tree.root(), List.of("index.html"), SymlinkPolicy.INSIDE, true);
        resolver = new Resolver(site, SiteTree.TYPES, watcher, size -> false);
    }

    @AfterEach
    void close() {
        watcher.close();
    }

    @Test
    void follow_nothing_watchesNothing() {
        assertEquals(0, watcher.directories());
    }

    /** Whatever happened before the watch came too late is seen by the look after it. */
    @Test
    void follow_file_isUnchangedFromThenOn() throws Exception {
        Watch watch = watch("/a.txt");

        assertFalse(watch.changedSince(System.nanoTime()));
    }

    @Test
    void follow_eventsOfOthers_changeNothing() throws Exception {
        Watch a = watch("/a.txt");
        Watch b = watch("/dir/b.txt");
        long before = System.nanoTime();
        tree.file("c.txt", "c");
        tree.file("dir/c.txt", "c");
        tree.file("dir/b.txt", "b 2");
        awaitChange(b, before);

        assertFalse(a.changedSince(before));
    }

    @Test
    void follow_attributesOnly_isAChange() throws Exception {
        Watch watch = watch("/a.txt");
        long before = System.nanoTime();
        Files.setLastModifiedTime(tree.root().resolve("a.txt"), FileTime.fromMillis(0));

        awaitChange(watch, before);
    }

    @Test
    void release_holderThatIsNoneAnyMore_watchesNothingForIt() throws Exception {
        List<Watch> held = List.of(watch("/a.txt"));
        Runnable unused = watcher.usedBy(held::forEach);
        watcher.release();
        assertTrue(watcher.directories() > 0);

        unused.run();
        watcher.release();

        assertEquals(0, watcher.directories());
    }

    @Test
    void tidy_heldAndUnheld_keepsWhatIsHeld() throws Exception {
        List<Watch> held = new ArrayList<>(List.of(watch("/a.txt")));
        watcher.usedBy(held::forEach);
        Watch unheld = watch("/dir/b.txt");
        int both = watcher.directories();
        long before = System.nanoTime();
        watcher.tidy();

        assertEquals(both - 1, watcher.directories());
        assertTrue(unheld.changedSince(before));
        assertFalse(held.get(0).changedSince(before));
        tree.file("a.txt", "a 2");
        awaitChange(held.get(0), before);
    }

    @Test
    void close_watched_isNoLongerVouchedFor() throws Exception {
        Watch watch = watch("/a.txt");
        long before = System.nanoTime();
        watcher.close();

        awaitChange(watch, before);
        SitePath path = SitePath.parse("/a.txt");
        assertNull(resolver.watch(path, path));
    }

    @Test
    void watch_withoutWatcher_isNull() throws Exception {
        SitePath path = SitePath.parse("/a.txt");

        assertNull(tree.resolver(SymlinkPolicy.INSIDE).watch(path, path));
    }

    @Test
    void hold_fileSystems_areLocalOrNot() throws Exception {
        LocalFileSystems local = new LocalFileSystems();

        assertTrue(local.hold(folder));
        assertFalse(local.hold(Path.of("/proc")), "changes there raise no events");
        assertTrue(local.hold(folder), "the same again");
    }

    private Watch watch(String text) throws Exception {
        SitePath path = SitePath.parse(text);
        Watch watch = resolver.watch(path, path);
        assertNotNull(watch);
        return watch;
    }

    private static void awaitChange(Watch watch, long since) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!watch.changedSince(since)) {
            assertTrue(System.nanoTime() < deadline, "no change was noticed");
            Thread.onSpinWait();
        }
    }
}
