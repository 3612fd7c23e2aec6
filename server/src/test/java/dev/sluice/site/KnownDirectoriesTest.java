package dev.sluice.site;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.http.ContentCoding;
import dev.sluice.http.SitePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Look-ups that begin in a directory known from others, with the system's own events. */
final class KnownDirectoriesTest {
    /** Shorter than a directory stays known without an event. */
    private static final Duration EVENTS = Duration.ofSeconds(4);

    private static final int LOOKS = 20;
    private static final List<String> DIR = List.of("dir");

    @TempDir
    Path folder;

    private final Watcher watcher = new Watcher(1_000, false);
    private SiteTree tree;
    private Path root;
    private OpenDirectories open;
    private KnownDirectories known;
    private Walker walker;

    @BeforeEach
    void make() throws IOException {
        tree = new SiteTree(folder);
        tree.file("dir/a.css", "old");
        tree.file("dir/sub/index.html", "index");
        tree.file("dir/sub/b.txt", "b");
        tree.file("other/a.css", "new");
        root = Files.createSymbolicLink(folder.resolve("current"), tree.root());
        Site site = site(SymlinkPolicy.INSIDE);
        Release release = new Release();
        open = new OpenDirectories();
        known = new KnownDirectories(site, watcher, release, open);
        walker = new Walker(site, SiteTree.TYPES, release, Opening.CACHED, size -> false, open, known);
    }

    private Site site(SymlinkPolicy symlinks) {
        return new Site(
                root,
                List.of("index.html"),
                symlinks,
                true,
                Candidates.EXACT,
                TrailingSlash.ADD,
                List.of(ContentCoding.BR, ContentCoding.GZIP));
    }

    @AfterEach
    void close() {
        watcher.close();
    }

    @Test
    void enter_afterSomeLookUps_leadsToTheDirectory() throws Exception {
        find("/dir/a.css");
        assertFalse(isKnown(DIR));
        becomeKnown("/dir/a.css", DIR);

        assertEquals("old", find("/dir/a.css"));
        assertEquals("missing: missing", find("/dir/none.css"));
        tree.file("dir/later.css", "later");
        assertEquals("later", find("/dir/later.css"));
    }

    @Test
    void enter_afterLookUpsAtTheTop_leadsToTheRoot() throws Exception {
        tree.file("top.txt", "top");
        becomeKnown("/top.txt", List.of());

        assertEquals("top", find("/top.txt"));
    }

    /** What it was led to by may itself be known no longer. */
    @Test
    void enter_afterLookUpsThatBeganInAnotherKnownDirectory_isNotKnown() throws Exception {
        List<String> sub = List.of("dir", "sub");
        becomeKnown("/dir/a.css", DIR);
        for (int i = 0; i < LOOKS; i++) {
            assertEquals("index", find("/dir/sub/"));
        }
        assertFalse(isKnown(sub));

        becomeKnown("/dir/sub/b.txt", sub);
    }

    /** A directory that was closed and deleted leaves its key to another one. */
    @Test
    @SuppressWarnings("StreamResourceLeak") // It becomes the open directories'.
    void enter_anotherDirectoryIsOpenUnderTheKey_isNotKnown() throws Exception {
        becomeKnown("/dir/a.css", DIR);
        Object key = key(DIR);
        open.share(key, (SecureDirectoryStream<Path>) Files.newDirectoryStream(root.resolve("other")))
                .release();

        assertFalse(isKnown(DIR));
    }

    /** The walk that led there must not fail for it. */
    @Test
    void ledTo_directoryIsGone_isNotKnown() throws Exception {
        List<String> gone = List.of("gone");
        becomeKnown("/dir/a.css", DIR);
        try (Directory there = known.enter(DIR)) {
            assertNotNull(there);
            for (int i = 0; i < LOOKS; i++) {
                known.ledTo(gone, there, System.nanoTime());
            }
        }

        assertFalse(isKnown(gone));
    }

    @Test
    void walk_directoryIsRenamedAway_isMissing() throws Exception {
        becomeKnown("/dir/a.css", DIR);
        move("dir", "aside");

        awaitOnly("old", "missing: missing");
        assertFalse(isKnown(DIR));
    }

    @Test
    void walk_directoryIsExchanged_findsTheNewOne() throws Exception {
        becomeKnown("/dir/a.css", DIR);
        move("dir", "aside");
        move("other", "dir");

        awaitOnly("old", "new");
    }

    @Test
    void walk_parentIsExchanged_findsTheNewOne() throws Exception {
        tree.file("other/sub/b.txt", "b of other");
        becomeKnown("/dir/sub/b.txt", List.of("dir", "sub"));
        move("dir", "aside");
        move("other", "dir");

        awaitOnly("/dir/sub/b.txt", Set.of("b", "b of other"), "b of other");
    }

    @Test
    void walk_directoryIsDeletedAndMadeAnew_findsTheNewOne() throws Exception {
        tree.file("plain/a.css", "old");
        for (int round = 0; round < LOOKS; round++) {
            becomeKnown("/plain/a.css", List.of("plain"));
            Files.delete(root.resolve("plain/a.css"));
            Files.delete(root.resolve("plain"));
            tree.file("plain/a.css", "round " + round);

            awaitOnly("/plain/a.css", Set.of("missing: missing", "round " + round), "round " + round);
        }
    }

    @Test
    void walk_rootLinkIsSwitched_findsTheNewRelease() throws Exception {
        becomeKnown("/dir/a.css", DIR);
        release("next", "new");

        awaitOnly("old", "new");
    }

    /** The old release is gone at once; the path has led to a file all the time. */
    @Test
    void walk_rootLinkIsSwitchedAndOldReleaseDeleted_isNeverMissing() throws Exception {
        release("release", "old");
        for (int round = 0; round < 100; round++) {
            becomeKnown("/dir/a.css", DIR);
            Path before = root.toRealPath();
            release("next" + round, "new");
            Files.delete(before.resolve("dir/a.css"));

            assertEquals("new", find("/dir/a.css"), "round " + round);
        }
    }

    @Test
    void walk_directoryIsReplacedByALink_followsIt() throws Exception {
        becomeKnown("/dir/a.css", DIR);
        move("dir", "aside");
        tree.link("dir", "other");

        awaitOnly("old", "new");
        assertFalse(isKnown(DIR));
    }

    @Test
    void walk_directoryIsReplacedByALinkOutside_isMissing() throws Exception {
        Files.writeString(tree.outside().resolve("a.css"), SiteTree.SECRET);
        becomeKnown("/dir/a.css", DIR);
        move("dir", "aside");
        tree.link("dir", tree.outside().toString());

        awaitOnly("old", "missing: symlink-outside");
    }

    @Test
    void walk_whatIsUnusedWasTidiedAway_isStillToldOfAChange() throws Exception {
        becomeKnown("/dir/a.css", DIR);
        watcher.tidy();
        assertTrue(isKnown(DIR), "what is known is in use");
        move("dir", "aside");
        move("other", "dir");

        awaitOnly("old", "new");
    }

    @Test
    void walk_whileMarksAreGivenUp_findsEachNewDirectory() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        AtomicBoolean over = new AtomicBoolean();
        Callable<Void> tidying = () -> {
            while (!over.get()) {
                watcher.tidy();
            }
            return null;
        };
        try {
            Future<Void> tidied = thread.submit(tidying);
            for (int round = 0; round < 50; round++) {
                String next = "round " + round;
                tree.file("next/a.css", next);
                look(LOOKS);
                String before = find("/dir/a.css");
                move("dir", "aside" + round);
                move("next", "dir");
                awaitOnly(before, next);
            }
            over.set(true);
            tidied.get();
        } finally {
            over.set(true);
            thread.shutdown();
        }
    }

    @Test
    void walk_watcherIsClosed_findsTheNewDirectoryAtOnce() throws Exception {
        becomeKnown("/dir/a.css", DIR);
        watcher.close();
        await(() -> !isKnown(DIR));
        look(LOOKS);
        assertFalse(isKnown(DIR));
        move("dir", "aside");
        move("other", "dir");

        assertEquals("new", find("/dir/a.css"));
    }

    @Test
    void resolve_linksAreFollowedBySystem_watchesNothing() throws Exception {
        Resolver resolver = new Resolver(site(SymlinkPolicy.ALWAYS), SiteTree.TYPES, watcher, size -> false);

        findsTheNewDirectoryAtOnce(resolver);
        assertEquals(0, watcher.directories());
    }

    @Test
    void resolve_noWatcher_findsTheNewDirectoryAtOnce() throws Exception {
        findsTheNewDirectoryAtOnce(new Resolver(site(SymlinkPolicy.INSIDE), SiteTree.TYPES));
    }

    private void findsTheNewDirectoryAtOnce(Resolver resolver) throws Exception {
        for (int i = 0; i < LOOKS; i++) {
            assertEquals("old", SiteTree.find(resolver, "/dir/a.css"));
        }
        move("dir", "aside");
        move("other", "dir");

        assertEquals("new", SiteTree.find(resolver, "/dir/a.css"));
    }

    @Test
    void walk_sidecarComesAndGoes_isFoundWhileItIsThere() throws Exception {
        becomeListed();
        assertEquals(List.of(), beside("/dir/a.css"));
        tree.file("dir/a.css.gz", "gz");
        await(() -> beside("/dir/a.css").equals(List.of(ContentCoding.GZIP)));

        becomeListedAnew();
        assertEquals(List.of(ContentCoding.GZIP), beside("/dir/a.css"));
        Files.delete(root.resolve("dir/a.css.gz"));
        assertEquals(List.of(), beside("/dir/a.css"));
    }

    @Test
    void walk_sidecarIsRenamedInto_isFound() throws Exception {
        becomeListed();
        tree.file("a.css.br", "br");
        move("a.css.br", "dir/a.css.br");

        await(() -> beside("/dir/a.css").equals(List.of(ContentCoding.BR)));
    }

    @Test
    void seemsToHold_memberIsModified_goesByTheListingStill() throws Exception {
        becomeListed();
        Path dir = root.resolve("dir").toRealPath();
        Watch member = watcher.follow(() -> List.of(new Step(dir, "a.css", false, true)));
        assertNotNull(member);
        long before = System.nanoTime();
        tree.file("dir/a.css", "modified");
        await(() -> member.changedSince(before));

        assertTrue(isListed());
        assertEquals("modified", find("/dir/a.css"));
    }

    @Test
    void seemsToHold_otherMemberComes_asksForEachName() throws Exception {
        becomeListed();
        tree.file("dir/c.css", "c");

        await(() -> !isListed());
    }

    @Test
    void seemsToHold_moreNamesThanAreListed_asksForEachName() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            Files.createFile(root.resolve("dir/" + i + ".txt"));
        }
        tree.file("dir/a.css.gz", "gz");
        becomeKnown("/dir/a.css", DIR);

        assertFalse(isListed());
        assertEquals(List.of(ContentCoding.GZIP), beside("/dir/a.css"));
    }

    private String find(String path) throws Exception {
        Resolution found = walker.walk(SitePath.parse(path), true);
        if (found instanceof Resolution.File file) {
            try (file) {
                return SiteTree.content(file);
            }
        }
        return "missing: " + assertInstanceOf(Resolution.Missing.class, found).reason();
    }

    private List<ContentCoding> beside(String path) throws Exception {
        try (Resolution.File file = assertInstanceOf(Resolution.File.class, walker.walk(SitePath.parse(path), true))) {
            return file.sidecars().stream().map(Resolution.Sidecar::coding).toList();
        }
    }

    private void look(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            find("/dir/a.css");
        }
    }

    private boolean isKnown(List<String> names) throws IOException {
        try (Directory there = known.enter(names)) {
            return there != null;
        }
    }

    private Object key(List<String> names) throws IOException {
        try (Directory there = known.enter(names)) {
            assertNotNull(there);
            Object key = there.key();
            assertNotNull(key);
            return key;
        }
    }

    /** A listing holds nothing but names of sidecars; the system knows of the others, too. */
    private boolean isListed() throws IOException {
        try (Directory there = known.enter(DIR)) {
            return there != null && !there.seemsToHold("a.css");
        }
    }

    private void becomeKnown(String path, List<String> directory) throws Exception {
        await(() -> {
            find(path);
            return isKnown(directory);
        });
    }

    private void becomeListed() throws Exception {
        becomeKnown("/dir/a.css", DIR);
        await(this::isListed);
    }

    /** Goes through all that makes a directory known, since a listing is renewed only then. */
    private void becomeListedAnew() throws Exception {
        move("dir", "aside");
        await(() -> !isKnown(DIR));
        move("aside", "dir");
        await(() -> {
            find("/dir/a.css");
            return isListed();
        });
    }

    private void move(String from, String to) throws IOException {
        Files.move(root.resolve(from), root.resolve(to), ATOMIC_MOVE);
    }

    /** Makes a release and switches the root to it. */
    private void release(String name, String content) throws IOException {
        Path made = folder.resolve(name);
        Files.createDirectories(made.resolve("dir"));
        Files.writeString(made.resolve("dir/a.css"), content);
        Path link = Files.createSymbolicLink(folder.resolve("switch"), made);
        Files.move(link, root, ATOMIC_MOVE);
    }

    private void awaitOnly(String before, String after) throws Exception {
        awaitOnly("/dir/a.css", Set.of(before, after), after);
    }

    /** Looks until something is found, which is found from then on; until then it is one of those meanwhile. */
    private void awaitOnly(String path, Set<String> meanwhile, String after) throws Exception {
        await(() -> {
            String found = find(path);
            assertTrue(meanwhile.contains(found), found);
            return found.equals(after);
        });
        for (int i = 0; i < 10 * LOOKS; i++) {
            assertEquals(after, find(path));
        }
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + EVENTS.toNanos();
        while (!condition.call()) {
            assertTrue(System.nanoTime() < deadline, "nothing was noticed");
            Thread.onSpinWait();
        }
    }
}
