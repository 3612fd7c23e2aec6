package dev.sluice.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells which file systems have been mounted or unmounted, by the list that the kernel gives (proc_pid_mountinfo(5)): a
 * directory over which one is mounted raises no event. Not thread-safe.
 */
final class Mounts {
    private static final Path LIST = Path.of("/proc/self/mountinfo");
    private static final int POINT = 4;

    /** The fields that tell one mount from another: its number, its parent's, the device, what of it is mounted, and where. */
    private static final int FIELDS = 5;

    private static final int ESCAPED = 4;
    private static final int OCTAL = 8;

    private final Path list;
    private Set<Mount> seen;

    /** The number alone does not do: it is given to another one as soon as it is free. */
    private record Mount(List<String> identity, Path point) {}

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
            // Names that are no UTF-8 are told wrongly, and are nobody's then.
            new String(Files.readAllBytes(list), StandardCharsets.UTF_8).lines().forEach(line -> add(line, mounts));
        } catch (IOException unreadable) {
            // There is no such list here.
            return Set.of();
        }
        return mounts;
    }

    private static void add(String line, Set<Mount> mounts) {
        List<String> fields = List.of(line.split(" ", -1));
        try {
            if (fields.size() > POINT) {
                mounts.add(new Mount(fields.subList(0, FIELDS), Path.of(unescaped(fields.get(POINT)))));
            }
        } catch (IllegalArgumentException notInLocale) {
            // No path that is served can lead there, either.
        }
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
