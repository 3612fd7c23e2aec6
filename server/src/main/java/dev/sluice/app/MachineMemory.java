package dev.sluice.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much memory this process may come to take: the machine's, or the smallest limit of the control groups it is in.
 *
 * <p>Read from the kernel and not asked of the JDK, which (17 to 23) sees the limit of the innermost group only, although
 * those around it bind as well (systemd slices, nested containers), and needs 40 ms of start-up for the answer.
 */
final class MachineMemory {
    private static final long KIB = 1024;

    private final Path root;

    /** This machine's. */
    MachineMemory() {
        this(Path.of("/"));
    }

    /**
     * @param root of the file system, {@code /} but in tests
     */
    MachineMemory(Path root) {
        this.root = root;
    }

    /** Bytes; where there is no {@code /proc/meminfo}, what the JVM takes for its heap, four times. */
    long bytes() {
        long least = total();
        for (String line : lines("proc/self/cgroup")) {
            least = Math.min(least, limit(line));
        }
        return least;
    }

    private long total() {
        for (String line : lines("proc/meminfo")) {
            if (line.startsWith("MemTotal:")) {
                return number(line.replaceAll("\\D", "")) * KIB;
            }
        }
        // The heap is a quarter of the memory by default.
        return Runtime.getRuntime().maxMemory() * 4;
    }

    /** The limit of a group and of those around it (cgroups(7)): {@code 0::/path} is version 2, {@code 9:memory:/path} is 1. */
    private long limit(String membership) {
        String[] parts = membership.split(":", 3);
        if (parts.length == 3 && parts[1].isEmpty()) {
            return limit(root.resolve("sys/fs/cgroup"), parts[2], "memory.max");
        }
        return parts.length == 3 && List.of(parts[1].split(",")).contains("memory")
                ? limit(root.resolve("sys/fs/cgroup/memory"), parts[2], "memory.limit_in_bytes")
                : Long.MAX_VALUE;
    }

    private static long limit(Path hierarchy, String group, String file) {
        long least = Long.MAX_VALUE;
        Path innermost = hierarchy.resolve(group.substring(1)).normalize();
        for (Path at = innermost; at != null && at.startsWith(hierarchy); at = at.getParent()) {
            String text = read(at.resolve(file));
            // "max" in version 2, a number beyond any memory in version 1: no limit.
            least = text == null ? least : Math.min(least, number(text.strip()));
        }
        return least;
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException noLimit) {
            return Long.MAX_VALUE;
        }
    }

    private List<String> lines(String file) {
        String text = read(root.resolve(file));
        return text == null ? List.of() : text.lines().toList();
    }

    private static @Nullable String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException notThere) {
            return null;
        }
    }
}
