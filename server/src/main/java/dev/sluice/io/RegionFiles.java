package dev.sluice.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Makes the files of regions and maps them.
 *
 * <p>Each is written full before it is mapped: a sparse file on a full disk would kill the process with SIGBUS at the first
 * touch, where a write fails with an error that can be handled. The file is unlinked at once, so nothing is left behind
 * however the process ends.
 */
final class RegionFiles {
    private static final int ZEROS = 64 << 10;

    private final Path directory;
    private final int regionSize;

    /**
     * @param directory where they are made; it must exist
     * @param regionSize bytes of each
     */
    RegionFiles(Path directory, int regionSize) {
        this.directory = directory;
        this.regionSize = regionSize;
    }

    /**
     * Makes a region. Takes some milliseconds.
     *
     * @throws IOException if there is no room for it, or the directory can't be written to
     */
    Region make(int number) throws IOException {
        Path file = Files.createTempFile(directory, "sluice-region-", ".tmp");
        try {
            // Stays open for private views, as long as the region is in use: the JDK closes it with the region's end.
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            return new Region(number, map(channel), channel);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private MappedByteBuffer map(FileChannel channel) throws IOException {
        try {
            fill(channel);
            // Touched here, so that whoever appends does not wait for 4,096 page faults.
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, regionSize).load();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private void fill(FileChannel channel) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS);
        for (long position = 0; position < regionSize; ) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), regionSize - position));
            position += channel.write(zeros, position);
        }
    }
}
