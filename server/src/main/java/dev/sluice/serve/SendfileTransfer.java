package dev.sluice.serve;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.xnio.channels.StreamSinkChannel;

/** By sendfile(2), where the socket is right below. The response's head must have been flushed. */
final class SendfileTransfer implements FileTransfer {
    private boolean waited;

    @Override
    public long send(FileChannel file, long position, long count, StreamSinkChannel client) throws IOException {
        long began = System.nanoTime();
        long sent = client.transferFrom(file, position, count);
        waited = System.nanoTime() - began > SLOW;
        if (sent <= 0 && file.size() <= position) {
            throw new ShrunkException();
        }
        return Math.max(0, sent);
    }

    @Override
    public boolean waited() {
        return waited;
    }
}
