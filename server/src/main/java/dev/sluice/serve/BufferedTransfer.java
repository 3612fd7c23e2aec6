package dev.sluice.serve;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.xnio.channels.StreamSinkChannel;

/**
 * Through a buffer, where bytes must be encrypted or framed. Undertow's own transfer would read 8 KiB at a time into the heap
 * for that.
 *
 * <p>The file is read and not mapped, since a mapping faults when somebody truncates the file. A client that takes only part
 * of a buffer is given the rest by reading it again: no buffer is held while nobody sends.
 */
final class BufferedTransfer implements FileTransfer {
    private final FileChannel file;
    private final ByteBufferPool buffers;
    private boolean waited;

    BufferedTransfer(FileChannel file, ByteBufferPool buffers) {
        this.file = file;
        this.buffers = buffers;
    }

    @Override
    public long send(long position, long count, StreamSinkChannel client) throws IOException {
        long sent = 0;
        waited = false;
        try (PooledByteBuffer pooled = buffers.allocate()) {
            ByteBuffer buffer = pooled.getBuffer();
            do {
                read(position + sent, count - sent, buffer.clear());
                sent += client.write(buffer);
            } while (!buffer.hasRemaining() && sent < count && !waited);
        }
        return sent;
    }

    @Override
    public void read(long position, ByteBuffer into) throws IOException {
        if (file.read(into, position) < 1) {
            throw new ShrunkException();
        }
    }

    private void read(long position, long most, ByteBuffer into) throws IOException {
        into.limit((int) Math.min(into.capacity(), most));
        long began = System.nanoTime();
        if (file.read(into, position) <= 0) {
            throw new ShrunkException();
        }
        waited |= System.nanoTime() - began > SLOW;
        into.flip();
    }

    @Override
    public boolean waited() {
        return waited;
    }
}
