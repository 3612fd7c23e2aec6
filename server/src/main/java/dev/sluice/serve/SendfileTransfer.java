package dev.sluice.serve;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.xnio.channels.StreamSinkChannel;

/** By sendfile(2), where the socket is right below. The response's head must have been flushed. */
final class SendfileTransfer implements FileTransfer {
    private final FileChannel file;
    private boolean waited;

    SendfileTransfer(FileChannel file) {
        this.file = file;
    }

    @Override
    public long send(long position, long count, StreamSinkChannel client) throws IOException {
        long began = System.nanoTime();
        long sent = client.transferFrom(file, position, count);
        // As much for each window, as if it had been sent in calls of one.
        waited = System.nanoTime() - began > SLOW * Math.max(1, sent / ReadAhead.WINDOW);
        if (sent <= 0 && file.size() <= position) {
            throw new ShrunkException();
        }
        return Math.max(0, sent);
    }

    @Override
    public void read(long position, ByteBuffer into) throws IOException {
        if (file.read(into, position) < 1) {
            throw new ShrunkException();
        }
    }

    @Override
    public boolean waited() {
        return waited;
    }
}
