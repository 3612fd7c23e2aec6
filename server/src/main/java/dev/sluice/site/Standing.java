package dev.sluice.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process is to a file: whether the kernel tells it which pages of the file are in memory.
 *
 * <p>Since Linux 5.0 mincore(2) tells the truth only to the owner of a file, to who may write it, and to who may act as any
 * owner (CAP_FOWNER), and answers "resident" to everybody else. A server often is none of these.
 */
final class Standing {
    private static final Path SELF = Path.of("/proc/self");
    private static final int CAP_FOWNER = 3;

    private Standing() {}

    /** Whether the kernel tells; false if that cannot be found out. */
    static boolean toldOfPages(Path file) {
        try {
            return Files.isWritable(file) || uid(file).equals(uid(SELF)) || actsAsAnyOwner();
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
            return false;
        }
    }

    private static Object uid(Path path) throws IOException {
        return Files.getAttribute(path, "unix:uid");
    }

    /** The effective capabilities as proc(5) shows them: {@code CapEff:} and a bit mask in hexadecimal. */
    private static boolean actsAsAnyOwner() throws IOException {
        for (String line : Files.readAllLines(SELF.resolve("status"))) {
            if (line.startsWith("CapEff:")) {
                long mask = Long.parseUnsignedLong(
                        line.substring("CapEff:".length()).strip(), 16);
                return (mask >> CAP_FOWNER & 1) == 1;
            }
        }
        return false;
    }
}
