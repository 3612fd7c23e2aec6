package dev.sluice.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Regions that live as long as the process: each file is unlinked at once, so nothing is left behind however it ends. */
final class UnlinkedRegions implements RegionFiles {
    private static final String PREFIX = "sluice-region-";
    private static final String SUFFIX = ".tmp";

    private static final Set<OpenOption> NEW =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ALONE = PosixFilePermissions.asFileAttribute(
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));

    private final Path directory;
    private final int regionSize;

    UnlinkedRegions(Path directory, int regionSize) {
        this.directory = directory;
        this.regionSize = regionSize;
    }

    /** Whether a file of that name is one of these: it is left behind only by a process killed while it made it. */
    static boolean isOne(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
    }

    @Override
    public Region make(int number) throws IOException {
        // Named by the time, and not by chance: the JDK's source of that takes a start 3 % of its time. The directory
        // may be open
        // to everybody, but what is there already is never opened.
        String moment = Long.toHexString(System.currentTimeMillis()) + Long.toHexString(System.nanoTime());
        Path file = directory.resolve(PREFIX + moment + '-' + number + SUFFIX);
        // Stays open for private views, as long as the region is in use: the JDK closes it with the region's end.
        FileChannel channel = FileChannel.open(file, NEW, OWNER_ALONE);
        try {
            Files.delete(file);
            RegionFiles.fill(channel, regionSize);
            return new Region(number, RegionFiles.map(channel, regionSize).load(), channel, IndexSegment.none());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public @Nullable Region kept(int number) {
        return null;
    }

    @Override
    public void close() {}
}
