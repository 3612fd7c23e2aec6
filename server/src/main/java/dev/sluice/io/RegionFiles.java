package dev.sluice.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Where regions come from.
 *
 * <p>A region's file is written full before it is mapped: a sparse file on a full disk would kill the process with SIGBUS at
 * the first touch, where a write fails with an error that can be handled.
 */
sealed interface RegionFiles extends Closeable permits UnlinkedRegions, KeptRegions {
    /**
     * Makes an empty region, all its pages touched, so that whoever appends to it does not wait for page faults. Takes some
     * milliseconds.
     *
     * @throws IOException if there is no room for it, or the directory can't be written to
     */
    Region make(int number) throws IOException;

    /** The region of that number as an earlier process left it, or null. */
    @Nullable
    Region kept(int number);

    @Override
    void close() throws IOException;

    /** Writes a file full. */
    static void fill(FileChannel channel, long size) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(64 << 10);
        for (long position = 0; position < size; ) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), size - position));
            position += channel.write(zeros, position);
        }
    }

    /** Maps all of a file that has been written full. */
    static MappedByteBuffer map(FileChannel channel, long size) throws IOException {
        return channel.map(FileChannel.MapMode.READ_WRITE, 0, size);
    }
}
