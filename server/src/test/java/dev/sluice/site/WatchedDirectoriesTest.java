package dev.sluice.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.Watchable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What events come to, told by the test instead of the system. */
final class WatchedDirectoriesTest {
    private static final Path ROOT = Path.of("/root");
    private static final Path DIR = Path.of("/root/dir");
    private static final int MOST = 4;

    private final Map<Path, Key> keys = new HashMap<>();
    private final Map<Path, IOException> faults = new HashMap<>();
    private final WatchedDirectories directories = new WatchedDirectories(this::register, MOST);
    private int registrations;

    private WatchKey register(Path directory) throws IOException {
        registrations++;
        if (faults.containsKey(directory)) {
            throw faults.get(directory);
        }
        return keys.computeIfAbsent(directory, unused -> new Key());
    }

    private static final class Key implements WatchKey {
        private boolean valid = true;

        @Override
        public boolean isValid() {
            return valid;
        }

        @Override
        public List<WatchEvent<?>> pollEvents() {
            return List.of();
        }

        @Override
        public boolean reset() {
            return valid;
        }

        @Override
        public void cancel() {
            valid = false;
        }

        @Override
        public Watchable watchable() {
            return ROOT;
        }
    }

    private static Step file(Path directory, String name) {
        return new Step(directory, name, false, true);
    }

    private static Step passage(Path directory, String name) {
        return new Step(directory, name, true, true);
    }

    @Test
    void follow_newNames_countAsChangedUntilThen() {
        long before = System.nanoTime();
        Watch watch = directories.follow(List.of(file(ROOT, "a")));

        assertTrue(watch.changedSince(before));
        assertFalse(watch.changedSince(System.nanoTime()));
    }

    @Test
    void follow_knownNames_registersNothing() {
        directories.follow(List.of(file(ROOT, "a")));
        long before = System.nanoTime();
        Watch watch = directories.follow(List.of(file(ROOT, "a")));

        assertFalse(watch.changedSince(before));
        assertEquals(1, registrations);
    }

    @Test
    void changed_name_isToldToWhoDependsOnIt() {
        Watch a = directories.follow(List.of(file(ROOT, "a")));
        Watch b = directories.follow(List.of(file(ROOT, "b")));
        long before = System.nanoTime();
        directories.changed(key(ROOT), "a", true);
        directories.changed(key(ROOT), "c", true);

        assertTrue(a.changedSince(before));
        assertFalse(b.changedSince(before));
    }

    @Test
    void changed_nameThatStays_isNotToldToWhoDependsOnAny() {
        Watch any = directories.follow(List.of(Step.anyIn(ROOT)));
        long before = System.nanoTime();
        directories.changed(key(ROOT), "a", true);
        assertFalse(any.changedSince(before));

        directories.changed(key(ROOT), "a", false);
        assertTrue(any.changedSince(before));
    }

    @Test
    void overflown_directory_isToldToWhoDependsOnAny() {
        Watch any = directories.follow(List.of(Step.anyIn(ROOT)));
        long before = System.nanoTime();
        directories.overflown(key(ROOT));

        assertTrue(any.changedSince(before));
    }

    @Test
    void changed_sidecar_isToldToWhoDependsOnItsFile() {
        Watch watch = directories.follow(List.of(file(ROOT, "a.css")));
        for (String sidecar : List.of("a.css.br", "a.css.gz", "a.css.zst")) {
            long before = System.nanoTime();
            directories.changed(key(ROOT), sidecar, true);
            assertTrue(watch.changedSince(before), sidecar);
        }
        long before = System.nanoTime();
        directories.changed(key(ROOT), "a.css.txt", true);
        assertFalse(watch.changedSince(before));
    }

    @Test
    void changed_passage_givesUpAllThatIsBelow() {
        Watch watch = directories.follow(List.of(passage(ROOT, "dir"), file(DIR, "a")));
        Watch beside = directories.follow(List.of(file(ROOT, "b")));
        long before = System.nanoTime();
        directories.changed(key(ROOT), "dir", true);

        assertTrue(watch.changedSince(before));
        assertFalse(beside.changedSince(before));
        assertEquals(1, directories.size());
        cancel();
        assertFalse(key(DIR).isValid());
        assertTrue(key(ROOT).isValid());
    }

    /** A directory that was moved and is known under its new name already has the key that it had under its old one. */
    @Test
    void changed_passageOfMovedDirectory_keepsTheKeyOfItsNewName() {
        Path moved = Path.of("/root/moved");
        directories.follow(List.of(passage(ROOT, "dir"), file(DIR, "a")));
        keys.put(moved, (Key) key(DIR));
        Watch watch = directories.follow(List.of(passage(ROOT, "moved"), file(moved, "a")));
        directories.changed(key(ROOT), "dir", true);
        cancel();

        assertTrue(key(moved).isValid());
        long before = System.nanoTime();
        directories.changed(key(moved), "a", true);
        assertTrue(watch.changedSince(before));
    }

    @Test
    void cancelOne_registeredAgainMeanwhile_isKept() {
        directories.follow(List.of(passage(ROOT, "dir"), file(DIR, "a")));
        directories.changed(key(ROOT), "dir", true);
        directories.follow(List.of(passage(ROOT, "dir"), file(DIR, "a")));
        cancel();

        assertTrue(key(DIR).isValid());
        assertEquals(2, directories.size());
    }

    @Test
    void overflown_directory_isChangedInAllItsNames() {
        Watch a = directories.follow(List.of(file(ROOT, "a")));
        Watch below = directories.follow(List.of(passage(ROOT, "dir"), file(DIR, "b")));
        long before = System.nanoTime();
        directories.overflown(key(ROOT));

        assertTrue(a.changedSince(before));
        assertTrue(below.changedSince(before));
        assertEquals(1, directories.size());
    }

    @Test
    void gone_directory_isChangedAndForgotten() {
        Watch watch = directories.follow(List.of(file(ROOT, "a")));
        long before = System.nanoTime();
        directories.gone(key(ROOT));

        assertTrue(watch.changedSince(before));
        assertEquals(0, directories.size());
    }

    @Test
    void retain_unused_isGivenUpAndSaysSo() {
        Watch kept = directories.follow(List.of(file(ROOT, "a")));
        Watch unused = directories.follow(List.of(file(ROOT, "b"), passage(ROOT, "dir"), file(DIR, "c")));
        List<Mark> held = marks(kept);
        long before = System.nanoTime();
        directories.retain(held::contains);

        assertTrue(unused.changedSince(before));
        assertFalse(kept.changedSince(before));
        assertEquals(1, directories.size());
    }

    /** While nobody watches for the name, another directory may get it. */
    @Test
    void retain_passageIsUnused_givesUpAllThatIsBelow() {
        directories.follow(List.of(passage(ROOT, "dir"), file(DIR, "a")));
        Watch young = directories.follow(List.of(file(DIR, "b")));
        List<Mark> held = marks(young);
        long before = System.nanoTime();
        directories.retain(held::contains);

        assertTrue(young.changedSince(before));
        assertEquals(0, directories.size());
    }

    @Test
    void gone_directory_givesUpAllThatIsBelow() {
        Watch watch = directories.follow(List.of(passage(ROOT, "dir"), file(DIR, "a")));
        List<Mark> marks = marks(directories.follow(List.of(file(DIR, "a"))));
        long before = System.nanoTime();
        directories.gone(key(ROOT));

        assertTrue(watch.changedSince(before));
        assertTrue(marks.get(0).changedSince(before));
        assertEquals(0, directories.size());
    }

    @Test
    void follow_asManyAsMayBe_isNoneForFurtherDirectories() {
        Watch first = directories.follow(List.of(file(ROOT, "a")));
        for (int i = 1; i < MOST; i++) {
            assertNotNull(directories.follow(List.of(file(ROOT.resolve("d" + i), "a"))));
        }
        assertNull(directories.follow(List.of(file(ROOT.resolve("more"), "a"))));
        assertNotNull(directories.full());
        assertNotNull(directories.follow(List.of(file(ROOT, "b"))), "known directories are not affected");

        List<Mark> held = marks(first);
        directories.retain(held::contains);
        assertNull(directories.full());
        assertNotNull(directories.follow(List.of(file(ROOT.resolve("more"), "a"))));
    }

    @Test
    void follow_systemIsExhausted_isNotAskedAgainForAWhile() {
        faults.put(DIR, new IOException("User limit of inotify watches reached"));
        assertNull(directories.follow(List.of(file(DIR, "a"))));
        assertNull(directories.follow(List.of(file(ROOT, "a"))));

        assertEquals(1, registrations);
        assertEquals("User limit of inotify watches reached", directories.full());
        faults.clear();
        directories.retain(mark -> true);
        assertNotNull(directories.follow(List.of(file(DIR, "a"))));
    }

    @Test
    void follow_unreadableDirectory_mattersOnlyIfNeeded() {
        faults.put(DIR, new AccessDeniedException(DIR.toString()));

        assertNull(directories.follow(List.of(file(DIR, "a"))));
        assertNull(directories.follow(List.of(file(DIR, "b"))));
        assertEquals(1, registrations, "remembered");
        assertNotNull(directories.follow(List.of(new Step(DIR, "a", true, false), file(ROOT, "b"))));
        assertNull(directories.full());
    }

    @Test
    void follow_directoryThatIsGone_isTriedAgainNextTime() {
        faults.put(DIR, new NoSuchFileException(DIR.toString()));
        assertNull(directories.follow(List.of(file(DIR, "a"))));
        faults.clear();

        assertNotNull(directories.follow(List.of(file(DIR, "a"))));
    }

    @Test
    void close_watched_saysThatItMayHaveChanged() {
        Watch watch = directories.follow(List.of(file(ROOT, "a")));
        long before = System.nanoTime();
        directories.close();

        assertTrue(watch.changedSince(before));
        assertNull(directories.follow(List.of(file(ROOT, "a"))));
    }

    private WatchKey key(Path directory) {
        return keys.get(directory);
    }

    private void cancel() {
        while (directories.cancelOne()) {
            assertTrue(registrations > 0);
        }
    }

    private static List<Mark> marks(Watch watch) {
        List<Mark> marks = new ArrayList<>();
        watch.forEach(marks::add);
        return marks;
    }

    @Test
    void mounted_overADirectory_isToldToAllBelowIt() {
        Watch below = directories.follow(List.of(passage(ROOT, "dir"), file(DIR, "a")));
        Watch beside = directories.follow(List.of(file(ROOT, "b")));
        long before = System.nanoTime();
        directories.mounted(DIR);

        assertTrue(below.changedSince(before));
        assertFalse(beside.changedSince(before));
        assertEquals(1, directories.size());
    }

    @Test
    void mounted_overAFile_isToldToWhoDependsOnIt() {
        Watch a = directories.follow(List.of(file(ROOT, "a")));
        Watch b = directories.follow(List.of(file(ROOT, "b")));
        long before = System.nanoTime();
        directories.mounted(ROOT.resolve("a"));

        assertTrue(a.changedSince(before));
        assertFalse(b.changedSince(before));
    }
}
