package dev.sluice.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Regions that live as long as the process: each file is unlinked at once, so nothing is left behind however it ends. */
final class UnlinkedRegions implements RegionFiles {
    private static final String PREFIX = "sluice-region-";
    private static final String SUFFIX = ".tmp";

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
        Path file = Files.createTempFile(directory, PREFIX, SUFFIX);
        try {
            // Stays open for private views, as long as the region is in use: the JDK closes it with the region's end.
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                RegionFiles.fill(channel, regionSize);
                return new Region(number, RegionFiles.map(channel, regionSize).load(), channel, IndexSegment.none());
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    @Override
    public @Nullable Region kept(int number) {
        return null;
    }

    @Override
    public void close() {}
}
