package dev.sluice.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class TreeWatchTest {
    private static final long PATIENCE_SECONDS = 20;
    private static final int MANY = 100;

    @TempDir
    private Path folder;

    private final BlockingQueue<Set<String>> told = new LinkedBlockingQueue<>();
    private Path root;
    private TreeWatch watch;

    @BeforeEach
    void begin() throws IOException {
        root = Files.createDirectories(folder.resolve("root"));
        Files.createDirectories(root.resolve("a/b"));
        Files.createDirectories(root.resolve(".git"));
        Files.createDirectories(root.resolve("node_modules/x"));
        watch = new TreeWatch(root, false, MANY);
        watch.begin(told::add);
    }

    @AfterEach
    void end() {
        watch.close();
    }

    /** Waits until that name is told of, and gives all that were till then. */
    private Set<String> toldOf(String name) throws InterruptedException {
        Set<String> names = new HashSet<>();
        while (!names.contains(name)) {
            Set<String> some = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertNotNull(some, () -> name + " is not told of, but " + names);
            names.addAll(some);
        }
        return names;
    }

    @ParameterizedTest
    @ValueSource(strings = {"new.html", "a/b/deep.css"})
    void file_writtenAnywhere_isToldOfByItsName(String path) throws Exception {
        Path file = root.resolve(path);
        String name = file.getFileName().toString();
        Files.writeString(file, "one");
        assertEquals(Set.of(name), toldOf(name));

        Files.writeString(file, "two");
        assertEquals(Set.of(name), toldOf(name));

        Files.delete(file);
        assertEquals(Set.of(name), toldOf(name));
    }

    /** As many editors save: the new text is written beside the file, and takes its place. */
    @Test
    void file_savedByARename_isToldOf() throws Exception {
        Path file = Files.writeString(root.resolve("page.html"), "one");
        toldOf("page.html");

        Path next = Files.writeString(root.resolve(".page.html.tmp"), "two");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

        assertEquals(Set.of("page.html"), toldOf("page.html"));
    }

    @Test
    void file_inANewDirectory_isToldOfHoweverDeep() throws Exception {
        Path deep = Files.createDirectories(root.resolve("n/e/w"));
        toldOf("n");

        Files.writeString(deep.resolve("page.html"), "text");

        toldOf("page.html");
    }

    @Test
    void directory_movedAndFilled_isToldOf() throws Exception {
        Files.move(root.resolve("a"), root.resolve("c"));
        toldOf("c");

        Files.createDirectories(root.resolve("c/b/d"));
        toldOf("d");
        Files.writeString(root.resolve("c/b/d/page.html"), "text");

        toldOf("page.html");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".git/index",
                ".hidden",
                "node_modules/x/y.js",
                "page.html~",
                "#page.html#",
                "4913",
                "p___jb_tmp___"
            })
    void file_thatNothingDependsOn_isNotToldOf(String path) throws Exception {
        Files.writeString(root.resolve(path), "text");
        Files.writeString(root.resolve("seen.html"), "text");

        assertEquals(Set.of("seen.html"), toldOf("seen.html"));
    }

    @Test
    void files_changedTogether_areToldOfTogether() throws Exception {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < MANY; i++) {
            names.add("f" + i);
            Files.writeString(root.resolve("f" + i), "text");
        }

        Set<String> seen = new HashSet<>();
        int times = 0;
        while (!seen.containsAll(names)) {
            seen.addAll(toldOf("f" + (MANY - 1)));
            times++;
        }

        assertEquals(names, seen);
        assertTrue(times < MANY / 2, () -> "told one by one");
    }

    /** As programs do that build a site: without a root nothing can be watched. */
    @Test
    void root_removedAndMadeAnew_isWatchedAgain() throws Exception {
        for (Path gone : List.of(
                root.resolve("a/b"),
                root.resolve("a"),
                root.resolve(".git"),
                root.resolve("node_modules/x"),
                root.resolve("node_modules"),
                root)) {
            Files.delete(gone);
        }
        toldOf("");
        Files.createDirectories(root.resolve("built"));
        toldOf("");

        Files.writeString(root.resolve("built/page.html"), "text");

        toldOf("page.html");
    }

    @Test
    void root_linkSwitchedToAnotherRelease_isWatchedThere() throws Exception {
        Path one = Files.createDirectories(folder.resolve("one"));
        Path two = Files.createDirectories(folder.resolve("two"));
        Path link = Files.createSymbolicLink(folder.resolve("current"), one);
        try (TreeWatch linked = new TreeWatch(link, false, MANY)) {
            linked.begin(told::add);
            Files.writeString(one.resolve("first.html"), "text");
            toldOf("first.html");

            Path next = Files.createSymbolicLink(folder.resolve("next"), two);
            Files.move(next, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            toldOf("");
            Files.writeString(two.resolve("second.html"), "text");

            toldOf("second.html");
        }
    }

    /** A root that is a file is an archive: which of its entries have changed nobody knows. */
    @Test
    void root_archiveReplaced_isToldOf() throws Exception {
        Path archive = Files.writeString(folder.resolve("site.zip"), "one");
        try (TreeWatch file = new TreeWatch(archive, false, MANY)) {
            file.begin(told::add);
            Path next = Files.writeString(folder.resolve("next.zip"), "two");
            Files.move(next, archive, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

            toldOf("");
        }
    }

    @Test
    void close_ofAWatch_endsItsThread() {
        Thread thread = Thread.getAllStackTraces().keySet().stream()
                .filter(running -> running.getName().equals("sluice-live-reload"))
                .findAny()
                .orElseThrow();
        watch.close();
        join(thread);

        assertFalse(thread.isAlive());
    }

    private static void join(Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
