package dev.sluice.site;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How many directories are watched at the most: some 16 MB of memory, the kernel's share included, and no more than half of
 * what the system grants to a user (inotify(7)), since the other half may belong to an editor.
 */
public final class WatchLimit {
    private static final int MOST = 16_384;

    private static final Path INOTIFY = Path.of("/proc/sys/fs/inotify/max_user_watches");

    private WatchLimit() {}

    /** The most directories to watch on this system. */
    public static int ofThisSystem() {
        return of(INOTIFY);
    }

    /**
     * The most directories to watch.
     *
     * @param granted a file that holds the number of watches that a user may have
     */
    static int of(Path granted) {
        // In one read: what Files.readString asks for byte by byte, these files give only the first byte of.
        try (BufferedReader reader = Files.newBufferedReader(granted, StandardCharsets.US_ASCII)) {
            return (int) Math.min(MOST, Long.parseLong(String.valueOf(reader.readLine())) / 2);
        } catch (IOException | NumberFormatException unknown) {
            return MOST;
        }
    }
}
