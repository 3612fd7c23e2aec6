package dev.sluice.serve;

import dev.sluice.io.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.channels.StreamSinkChannel;

/**
 * Sends parts of a file, and text between them, a chunk at a time: by sendfile(2), or through a buffer where that cannot be.
 *
 * <p>The head is flushed first, alone: Undertow copies the first bytes of a transfer that comes together with the head, from
 * the channel's own position, whatever position was asked for.
 *
 * <p>An I/O thread sends only what is in the page cache, one chunk at each turn, so that downloads take turns and nobody
 * waits for a disk. A chunk that is not there is sent by a worker, who may wait.
 *
 * <p>The {@link Seal} is held back until everything else is with the kernel. A client whose file changed under way gets a
 * short body, not a wrong one.
 */
final class FileSender implements ChannelListener<StreamSinkChannel> {
    /** Bytes whose residency is asked for at once. */
    private static final long PROBE = 8L << 20;

    private final Delivery delivery;
    private final OpenFile file;
    private final Unchanged unchanged;
    private final long chunk;
    private final FileTransfer transfer;
    private final SegmentCursor segments;
    private final Seal seal;
    private final @Nullable StreamSinkChannel channel;

    private long residentFrom;
    private long residentUntil;

    /** The last send waited for the disk although the probe had said otherwise: a worker sends until one is fast again. */
    private boolean distrusted;

    /**
     * @param segments what to send, in this order; at least one, and the last not empty
     * @param chunk how many bytes one turn may send, at least 1
     */
    FileSender(Delivery delivery, Source.FromFile source, List<Segment> segments, long chunk) {
        this.delivery = delivery;
        this.file = source.file();
        this.unchanged = source.unchanged();
        this.chunk = chunk;
        this.transfer = delivery.wire().link().carrier().copies()
                ? new BufferedTransfer(delivery.exchange().getConnection().getByteBufferPool())
                : new SendfileTransfer();
        this.seal = Seal.of(segments);
        this.segments = new SegmentCursor(seal.before(segments));
        this.channel = delivery.exchange().getResponseChannel();
    }

    /** To be called on a worker, just after the file has been looked at. */
    void start() {
        if (channel == null) {
            delivery.abort(Reasons.CLIENT_GONE);
            return;
        }
        if (segments.atEnd() && transfer instanceof SendfileTransfer) {
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
            if (segments.atEnd() || distrusted || !resident()) {
                handToWorker(writable);
            } else {
                turn(writable, false);
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
            if (!segments.atEnd() && !turn(writable, true)) {
                return;
            }
            if (segments.atEnd()) {
                finish(writable);
            } else {
                writable.resumeWrites();
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    /** Sends what the client takes of one chunk; false if a pause is due, after which it goes on by itself. */
    private boolean turn(StreamSinkChannel writable, boolean mayWait) throws IOException {
        long most = delivery.pace().allowance(System.nanoTime(), chunk);
        long sent = 0;
        boolean taken = true;
        while (taken && sent < most && !segments.atEnd() && (mayWait || resident())) {
            long asked = Math.min(segments.remaining(), most - sent);
            long gone = send(segments.rest(), asked, writable);
            segments.advance(gone);
            sent += gone;
            taken = gone == asked;
        }
        long now = System.nanoTime();
        delivery.pace().sent(now, sent);
        long pause = delivery.pace().pauseNanos(now);
        if (pause > 0 && !segments.atEnd()) {
            delivery.pause(writable, pause);
            return false;
        }
        return true;
    }

    private long send(Segment segment, long count, StreamSinkChannel writable) throws IOException {
        if (segment instanceof Segment.Text text) {
            return writable.write(text.bytes().slice(text.bytes().position(), (int) count));
        }
        long position = ((Segment.Part) segment).offset();
        long sent = transfer.send(file.channel(), position, count, writable);
        distrusted = transfer.waited();
        if (distrusted) {
            residentUntil = position;
        }
        return sent;
    }

    private void finish(StreamSinkChannel writable) throws IOException {
        ByteBuffer last = seal.bytes(file.channel());
        if (!unchanged()) {
            delivery.abort(Reasons.CHANGED);
        } else {
            delivery.inOrder(() -> sendLast(writable, last));
        }
    }

    private void sendLast(StreamSinkChannel writable, ByteBuffer last) {
        try {
            writable.write(last);
            if (last.hasRemaining()) {
                writable.resumeWrites();
            } else {
                delivery.exchange().endExchange();
            }
        } catch (IOException e) {
            fail(e);
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
        if (!(segments.rest() instanceof Segment.Part part)) {
            return true;
        }
        long position = part.offset();
        if (position >= residentFrom && position < residentUntil) {
            return true;
        }
        long length = Math.min(PROBE, part.length());
        if (!file.residency().resident(position, length)) {
            return false;
        }
        residentFrom = position;
        residentUntil = position + length;
        return true;
    }

    private void fail(IOException e) {
        delivery.abort(e instanceof ShrunkException ? Reasons.SHRUNK : Reasons.CLIENT_GONE);
    }
}
