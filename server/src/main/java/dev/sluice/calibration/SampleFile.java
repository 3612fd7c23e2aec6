package dev.sluice.calibration;

import com.sun.nio.file.ExtendedOpenOption;
import dev.sluice.io.Residency;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of which a part is sent again and again, and which can be made cold.
 *
 * <p>Java cannot drop pages (posix_fadvise). But writing by O_DIRECT goes past the page cache and takes out of it what is there of
 * the part that is written (open(2), NOTES), and mincore(2) tells whether that came true: the file is our own. So it is as long
 * as whole blocks, whatever part of it is sent.
 */
final class SampleFile {
    private static final int PIECE = 4 << 20;

    private final Path path;
    private final long length;

    private SampleFile(Path path, long length) {
        this.path = path;
        this.length = length;
    }

    /** Makes one, warm. */
    static SampleFile create(Path folder, long size) throws IOException {
        long block = Files.getFileStore(folder).getBlockSize();
        SampleFile file = new SampleFile(folder.resolve("sample-" + size), (size + block - 1) / block * block);
        ByteBuffer piece = ByteBuffer.allocateDirect((int) Math.min(PIECE, file.length));
        try (FileChannel out = FileChannel.open(file.path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            file.write(out, piece);
            // Or the kernel would write it back while something else is measured.
            out.force(false);
        }
        return file;
    }

    Path path() {
        return path;
    }

    private void write(FileChannel out, ByteBuffer piece) throws IOException {
        long written = 0;
        while (written < length) {
            piece.clear().limit((int) Math.min(piece.capacity(), length - written));
            written += out.write(piece, written);
        }
    }

    /** Brings all of it into the page cache. */
    void warm() throws IOException {
        ByteBuffer piece = ByteBuffer.allocateDirect((int) Math.min(PIECE, length));
        try (FileChannel in = FileChannel.open(path)) {
            for (long at = 0; at < length; at += piece.capacity()) {
                in.read(piece.clear(), at);
            }
        }
    }

    /**
     * Takes it out of the page cache.
     *
     * @return whether it is out: not in a file system that is memory itself
     * @throws IOException also if the file system refuses O_DIRECT
     */
    boolean cool() throws IOException {
        int block = (int) Files.getFileStore(path).getBlockSize();
        int capacity = (int) Math.min(PIECE, length);
        ByteBuffer piece =
                ByteBuffer.allocateDirect(capacity + block).alignedSlice(block).slice(0, capacity);
        try (FileChannel out = FileChannel.open(path, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT)) {
            write(out, piece);
        }
        try (FileChannel in = FileChannel.open(path);
                Residency residency = new Residency(in, true)) {
            return !residency.resident(0, 1) && !residency.resident(length - 1, 1);
        }
    }
}
