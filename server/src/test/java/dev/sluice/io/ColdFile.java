package dev.sluice.io;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/** Files that were written past the page cache, so that their bytes are on the disk and nowhere else. */
public final class ColdFile {
    private static final int BLOCK = 4096;

    private ColdFile() {}

    /**
     * Writes one.
     *
     * @throws IOException also if the file system refuses O_DIRECT
     */
    public static Path write(Path file, byte[] content) throws IOException {
        int length = (content.length + BLOCK - 1) / BLOCK * BLOCK;
        ByteBuffer whole = ByteBuffer.allocateDirect(length + BLOCK)
                .alignedSlice(BLOCK)
                .slice(0, length)
                .put(content)
                .clear();
        try (FileChannel channel = FileChannel.open(file, CREATE_NEW, WRITE, ExtendedOpenOption.DIRECT)) {
            channel.write(whole, 0);
        }
        try (FileChannel channel = FileChannel.open(file, WRITE)) {
            channel.truncate(content.length);
        }
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        return file;
    }

    /** Whether a file can be cold in that folder; a file system in memory has no cold files. */
    public static boolean possible(Path folder) throws IOException {
        Path probe = folder.resolve("cold-probe");
        try {
            write(probe, new byte[BLOCK]);
            try (FileChannel channel = FileChannel.open(probe);
                    Residency residency = new Residency(channel, true)) {
                return !residency.resident(0, BLOCK);
            }
        } catch (IOException refused) {
            return false;
        } finally {
            Files.deleteIfExists(probe);
        }
    }
}
