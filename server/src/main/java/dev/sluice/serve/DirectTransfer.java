package dev.sluice.serve;

import dev.sluice.io.DirectReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.channels.StreamSinkChannel;

/**
 * Past the page cache: read by O_DIRECT into a buffer, and written from there. Always waits for the disk.
 *
 * <p>What a client does not take of a buffer is read again for it, so that no buffer is held while nobody sends. To read
 * little twice, as much is asked for as the client took the last time, and twice as much after it took all.
 */
final class DirectTransfer implements FileTransfer {
    /** Below that a disk spends its time on the request and not on the bytes. */
    private static final int LEAST = 64 << 10;

    private final DirectReader reader;
    private final Egress egress;
    private int window = DirectReader.MOST;

    DirectTransfer(DirectReader reader, Egress egress) {
        this.reader = reader;
        this.egress = egress;
    }

    @Override
    public long send(long position, long count, StreamSinkChannel client) throws IOException {
        long sent = 0;
        boolean all;
        do {
            long asked = Math.min(window, count - sent);
            int taken = reader.read(position + sent, asked, bytes -> write(bytes, client));
            sent += taken;
            all = taken == asked;
            window = Math.max(LEAST, all ? Math.min(DirectReader.MOST, 2 * window) : taken);
        } while (all && sent < count);
        return sent;
    }

    private int write(ByteBuffer bytes, StreamSinkChannel client) throws IOException {
        if (!bytes.hasRemaining()) {
            throw new ShrunkException();
        }
        int before = bytes.remaining();
        egress.watchDirect(bytes);
        try {
            int taken = 1;
            while (bytes.hasRemaining() && taken > 0) {
                taken = client.write(bytes);
            }
            return before - bytes.remaining();
        } finally {
            // The memory is somebody else's next.
            egress.unwatch();
        }
    }

    @Override
    public void read(long position, ByteBuffer into) throws IOException {
        reader.read(position, into.remaining(), bytes -> {
            if (!bytes.hasRemaining()) {
                throw new ShrunkException();
            }
            into.put(bytes);
            return 1;
        });
        egress.watchDirect(into);
    }

    @Override
    public boolean waited() {
        return true;
    }
}
