package dev.sluice.site;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells whether a directory's member is called just as somebody spelled it. Some file systems find it by other spellings,
 * too: in another case (vfat, HFS+, APFS, SMB, ext4 with casefold), in another composition of Unicode (HFS+, ZFS), with a dot
 * at the end or by a short name (vfat). What is said of a path by its text, such as who may have it, would not be said of
 * those.
 *
 * <p>A directory is asked once by another spelling of a name that it holds. If it does not know that, as on most file systems,
 * nothing is asked from then on; if it does, its names are read at each look. A name of which there is but one spelling
 * is taken as it is. One for each open directory. Thread-safe.
 */
final class Spelling {
    private static final int END_OF_ASCII = 0x80;

    /** Names in another case are other names. */
    private volatile boolean caseMinded;

    /** A name with another dot at its end is another name. */
    private volatile boolean dotMinded;

    /** A name in another composition is another name. */
    private volatile boolean compositionMinded;

    /**
     * Whether a member that has been found by a name has that name.
     *
     * @throws IOException if the directory cannot be read, or the member is gone
     */
    boolean isReal(Directory directory, String name) throws IOException {
        boolean ascii = name.chars().allMatch(c -> c < END_OF_ASCII);
        if (caseMinded && (ascii || compositionMinded)) {
            return true;
        }
        String swapped = swapped(name);
        boolean letters = !swapped.equals(name);
        List<String> others = new ArrayList<>();
        if (!caseMinded && (letters || !dotMinded)) {
            others.add(letters ? swapped : dotted(name));
        }
        if (!ascii && !compositionMinded) {
            others.addAll(compositions(name));
        }
        if (others.isEmpty()) {
            return true;
        }
        if (others.stream().anyMatch(other -> holds(directory, other))) {
            return lists(directory, name);
        }
        // Had it gone meanwhile, its other spellings would have told nothing.
        directory.attributes(name);
        dotMinded = true;
        if (letters) {
            caseMinded = true;
        }
        if (!compositions(name).isEmpty()) {
            compositionMinded = true;
        }
        return true;
    }

    private static String swapped(String name) {
        StringBuilder swapped = new StringBuilder(name.length());
        name.codePoints()
                .map(c -> Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))
                .forEach(swapped::appendCodePoint);
        return swapped.toString();
    }

    /** For one without letters: with a dot at its end, or without one. */
    private static String dotted(String name) {
        String bare = name.replaceFirst("[. ]+$", "");
        return bare.equals(name) || bare.isEmpty() ? name + '.' : bare;
    }

    private static List<String> compositions(String name) {
        List<String> others = new ArrayList<>();
        for (Normalizer.Form form : List.of(Normalizer.Form.NFC, Normalizer.Form.NFD)) {
            String other = Normalizer.normalize(name, form);
            if (!other.equals(name)) {
                others.add(other);
            }
        }
        return others;
    }

    private static boolean holds(Directory directory, String name) {
        try {
            directory.attributes(name);
            return true;
        } catch (FileSystemException | InvalidPathException absent) {
            return false;
        } catch (IOException unknown) {
            return true;
        }
    }

    private static boolean lists(Directory directory, String name) throws IOException {
        AtomicBoolean listed = new AtomicBoolean();
        directory.names(member -> {
            listed.compareAndSet(false, member.equals(name));
            return !listed.get();
        });
        return listed.get();
    }
}
