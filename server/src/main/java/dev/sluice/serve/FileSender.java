package dev.sluice.serve;

import dev.sluice.io.OpenFile;
import java.io.IOException;
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
 * waits for a disk. A chunk that is not there is sent by a worker, who may wait. The last chunk is held back until the
 * file has been found unchanged: a client whose file changed under way gets a short body, not a wrong one.
 */
final class FileSender implements ChannelListener<StreamSinkChannel> {
    /** Bytes whose residency is asked for at once. */
    private static final long PROBE = 8L << 20;

    /** A send that took longer must have waited for the disk, whatever the probe said. */
    private static final long SLOW = TimeUnit.MILLISECONDS.toNanos(5);

    /** For how long the file, once found unchanged, is taken to be so. */
    private static final long VERIFIED = TimeUnit.MILLISECONDS.toNanos(10);

    private final Delivery delivery;
    private final OpenFile file;
    private final Unchanged unchanged;
    private final long chunk;
    private final @Nullable StreamSinkChannel channel;

    private long position;
    private long remaining;
    private long residentUntil;
    private long verifiedAt;

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
        verifiedAt = System.nanoTime();
        channel.getWriteSetter().set(this);
        try {
            if (channel.flush()) {
                sendAsWorker(channel);
            } else {
                channel.resumeWrites();
            }
        } catch (IOException gone) {
            delivery.abort(Reasons.CLIENT_GONE);
        }
    }

    /** The socket is writable: one turn of an I/O thread. */
    @Override
    public void handleEvent(StreamSinkChannel writable) {
        try {
            if (!writable.flush()) {
                return;
            }
            if (mustVerify() || !resident()) {
                handToWorker(writable);
            } else {
                sendChunk(writable);
            }
        } catch (IOException gone) {
            delivery.abort(Reasons.CLIENT_GONE);
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
            if (mustVerify() && !verify()) {
                delivery.abort(Reasons.CHANGED);
            } else if (!sendChunk(writable)) {
                writable.resumeWrites();
            }
        } catch (IOException gone) {
            delivery.abort(Reasons.CLIENT_GONE);
        }
    }

    private boolean mustVerify() {
        return remaining <= chunk && System.nanoTime() - verifiedAt > VERIFIED;
    }

    private boolean verify() {
        try {
            verifiedAt = System.nanoTime();
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

    /** Sends what the socket takes of one chunk; true if the response is over. */
    private boolean sendChunk(StreamSinkChannel writable) throws IOException {
        long began = System.nanoTime();
        long sent = writable.transferFrom(file.channel(), position, Math.min(chunk, remaining));
        if (sent <= 0 && file.channel().size() <= position) {
            delivery.abort(Reasons.SHRUNK);
            return true;
        }
        position += sent;
        remaining -= sent;
        if (System.nanoTime() - began > SLOW) {
            residentUntil = position;
        }
        if (remaining == 0) {
            writable.suspendWrites();
            delivery.exchange().endExchange();
            return true;
        }
        return false;
    }
}
