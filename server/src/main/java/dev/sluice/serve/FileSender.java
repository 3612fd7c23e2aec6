package dev.sluice.serve;

import dev.sluice.io.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.channels.StreamSinkChannel;

/**
 * Sends part of a file by sendfile(2), a chunk at a time.
 *
 * <p>The head is flushed first, alone: Undertow copies the first bytes of a transfer that comes together with the head, from
 * the channel's own position, whatever position was asked for.
 *
 * <p>An I/O thread sends only what is in the page cache, one chunk at each turn, so that downloads take turns and nobody
 * waits for a disk. A chunk that is not there is sent by a worker, who may wait.
 *
 * <p>The last byte is held back until all others are with the kernel. It is read, then the file is looked at, and if that
 * finds it unchanged the byte is written: a client whose file changed under way gets a short body, not a wrong one. Sent by
 * sendfile like the rest, it could be a writer's who came just after the look (seen twice in 95,000 responses).
 */
final class FileSender implements ChannelListener<StreamSinkChannel> {
    /** Bytes whose residency is asked for at once. */
    private static final long PROBE = 8L << 20;

    /** A send that took longer must have waited for the disk, whatever the probe said. */
    private static final long SLOW = TimeUnit.MILLISECONDS.toNanos(5);

    /** Bytes held back until the file has been looked at again. */
    private static final int SEAL = 1;

    private final Delivery delivery;
    private final OpenFile file;
    private final Unchanged unchanged;
    private final long chunk;
    private final @Nullable StreamSinkChannel channel;

    private long position;
    private long remaining;
    private long residentUntil;
    private final ByteBuffer seal = ByteBuffer.allocate(SEAL);

    /** The last send waited for the disk although the probe had said otherwise: a worker sends until one is fast again. */
    private boolean distrusted;

    FileSender(Delivery delivery, Source.FromFile source, long offset, long length, long chunk) {
        this.delivery = delivery;
        this.file = source.file();
        this.unchanged = source.unchanged();
        this.chunk = chunk;
        this.position = offset;
        this.remaining = length;
        this.channel = delivery.exchange().getResponseChannel();
    }

    /** To be called on a worker, just after the file has been looked at. */
    void start() {
        if (channel == null) {
            delivery.abort(Reasons.CLIENT_GONE);
            return;
        }
        if (remaining <= SEAL) {
            delivery.because(Reasons.SINGLE_BYTE);
        }
        channel.getWriteSetter().set(this);
        try {
            if (channel.flush()) {
                sendAsWorker(channel);
            } else {
                channel.resumeWrites();
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    /** The socket is writable: one turn of an I/O thread. */
    @Override
    public void handleEvent(StreamSinkChannel writable) {
        try {
            if (!writable.flush()) {
                // Not even the head is out: the kernel will call again.
                return;
            }
            if (remaining <= SEAL || distrusted || !resident()) {
                handToWorker(writable);
            } else {
                sendChunk(writable);
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private void handToWorker(StreamSinkChannel writable) {
        writable.suspendWrites();
        try {
            writable.getWorker().execute(() -> sendAsWorker(writable));
        } catch (RejectedExecutionException stopping) {
            delivery.abort(Reasons.CLIENT_GONE);
        }
    }

    private void sendAsWorker(StreamSinkChannel writable) {
        try {
            if (remaining > SEAL) {
                sendChunk(writable);
            }
            if (remaining <= SEAL) {
                seal(writable);
            } else {
                writable.resumeWrites();
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    /** Reads the last byte, and only then looks whether the file is unchanged: so it is the right one, whenever it goes. */
    private void seal(StreamSinkChannel writable) throws IOException {
        if (seal.hasRemaining() && file.channel().read(seal, position) < 1) {
            throw new ShrunkException();
        }
        if (!unchanged()) {
            delivery.abort(Reasons.CHANGED);
        } else if (writable.write(seal.flip()) == 0) {
            seal.compact();
            writable.resumeWrites();
        } else {
            delivery.exchange().endExchange();
        }
    }

    private boolean unchanged() {
        try {
            return unchanged.check();
        } catch (IOException unreadable) {
            return false;
        }
    }

    private boolean resident() {
        if (position < residentUntil) {
            return true;
        }
        long length = Math.min(PROBE, remaining);
        if (!file.residency().resident(position, length)) {
            return false;
        }
        residentUntil = position + length;
        return true;
    }

    /** Sends what the socket takes of one chunk. */
    private void sendChunk(StreamSinkChannel writable) throws IOException {
        long began = System.nanoTime();
        long most = Math.min(chunk, remaining - SEAL);
        long sent = writable.transferFrom(file.channel(), position, most);
        if (sent <= 0 && file.channel().size() <= position) {
            throw new ShrunkException();
        }
        position += sent;
        remaining -= sent;
        distrusted = System.nanoTime() - began > SLOW;
        if (distrusted) {
            residentUntil = position;
        }
    }

    private void fail(IOException e) {
        delivery.abort(e instanceof ShrunkException ? Reasons.SHRUNK : Reasons.CLIENT_GONE);
    }

    /** The file ends before the part that was to be sent. */
    private static final class ShrunkException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
