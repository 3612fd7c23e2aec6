package dev.sluice.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Tells which file systems have been mounted or unmounted, by the list that the kernel gives (proc_pid_mountinfo(5)): a
 * directory over which one is mounted raises no event. Not thread-safe.
 */
final class Mounts {
    private static final Path LIST = Path.of("/proc/self/mountinfo");
    private static final int ID = 0;
    private static final int POINT = 4;
    private static final int ESCAPED = 4;
    private static final int OCTAL = 8;

    private final Path list;
    private Set<Mount> seen;

    /** One mount has one number, so that another one at the same place differs from it. */
    private record Mount(String id, Path point) {}

    /** Begins with those there are. */
    static Mounts ofThisProcess() {
        return new Mounts(LIST);
    }

    /**
     * @param list in the form of {@code /proc/self/mountinfo}; where there is none nothing is ever told
     */
    Mounts(Path list) {
        this.list = list;
        this.seen = read();
    }

    /** The places where something has been mounted or unmounted since the last call. */
    Set<Path> changed() {
        Set<Mount> now = read();
        Set<Path> changed = new HashSet<>();
        for (Mount mount : now) {
            if (!seen.contains(mount)) {
                changed.add(mount.point());
            }
        }
        for (Mount mount : seen) {
            if (!now.contains(mount)) {
                changed.add(mount.point());
            }
        }
        seen = now;
        return changed;
    }

    private Set<Mount> read() {
        Set<Mount> mounts = new HashSet<>();
        try {
            for (String line : Files.readAllLines(list)) {
                String[] fields = line.split(" ", -1);
                if (fields.length > POINT) {
                    mounts.add(new Mount(fields[ID], Path.of(unescaped(fields[POINT]))));
                }
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            // There is no such list, or a name in it is no text here: then nobody knows.
            return Set.of();
        }
        return mounts;
    }

    /** Blanks and their like come as a backslash and three octal digits. */
    private static String unescaped(String name) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < name.length(); at++) {
            if (name.charAt(at) == '\\' && at + ESCAPED <= name.length()) {
                text.append((char) Integer.parseInt(name.substring(at + 1, at + ESCAPED), OCTAL));
                at += ESCAPED - 1;
            } else {
                text.append(name.charAt(at));
            }
        }
        return text.toString();
    }
}
