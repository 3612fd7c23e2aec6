package dev.sluice.serve;

import dev.sluice.archive.DamagedArchiveException;
import dev.sluice.io.DiskFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.channels.StreamSinkChannel;

/**
 * Sends parts of a file, and text between them, a chunk at a time, by a {@link FileTransfer}.
 *
 * <p>The head is flushed first, alone: Undertow copies the first bytes of a transfer that comes together with the head, from
 * the channel's own position, whatever position was asked for.
 *
 * <p>I/O threads and workers send only what is in memory, one chunk at each turn, so that downloads take turns and nobody
 * waits for a disk. What is not there is a thread of the disk's own to bring in; it sends the first of it, too.
 *
 * <p>The {@link Seal} is held back until everything else is with the kernel. A client whose file changed under way gets a
 * short body, not a wrong one.
 */
final class FileSender implements ChannelListener<StreamSinkChannel> {
    /** The most that one turn sends where it encrypts (2 ms), or waits for a disk: a window. */
    private static final long DEAR_CHUNK = ReadAhead.WINDOW;

    private final Delivery delivery;
    private final LargeFile file;
    private final DiskFaults faults;
    private final FileTransfer transfer;
    private final long chunk;
    private final SegmentCursor segments;
    private final Seal seal;
    private final @Nullable StreamSinkChannel channel;

    /**
     * @param file held by the delivery
     * @param segments what to send, in this order; at least one, and the last not empty
     * @param chunk how many bytes one turn may send, at least 1; fewer where they are dear
     * @param faults told if the file cannot be read
     * @param channel the delivery's
     */
    FileSender(
            Delivery delivery,
            LargeFile file,
            List<Segment> segments,
            long chunk,
            DiskFaults faults,
            @Nullable StreamSinkChannel channel) {
        this.delivery = delivery;
        this.file = file;
        this.faults = faults;
        this.transfer = file.transfer();
        this.chunk = transfer instanceof SendfileTransfer ? chunk : Math.min(chunk, DEAR_CHUNK);
        this.seal = Seal.of(segments);
        this.segments = new SegmentCursor(seal.before(segments));
        this.channel = channel;
    }

    /** To be called just after the file has been looked at, not inside a handler of Undertow's. */
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
            if (!channel.flush()) {
                channel.resumeWrites();
            } else if (near()) {
                sendAndGoOn(channel, false);
            } else {
                handToDisk(channel);
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
            if (!near()) {
                handToDisk(writable);
            } else if (segments.atEnd()) {
                handToWorker(writable);
            } else {
                turn(writable, false);
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    /** Whether what comes next can be sent without waiting for a disk; looking at the file's facts is a worker's, all the same. */
    private boolean near() {
        if (segments.atEnd()) {
            return seal.unread() < 0 || file.near(seal.unread(), 1);
        }
        if (!(segments.rest() instanceof Segment.Part part)) {
            return true;
        }
        return file.near(part.offset(), withSeal(part));
    }

    /** With the byte that seals the body, if that lies behind this part: there may be none, and the file may end here. */
    private long withSeal(Segment.Part part) {
        boolean sealed = seal.unread() == part.offset() + part.length();
        return part.length() + (sealed ? 1 : 0);
    }

    private void handToWorker(StreamSinkChannel writable) {
        writable.suspendWrites();
        try {
            writable.getWorker().execute(() -> sendAndGoOn(writable, false));
        } catch (RejectedExecutionException stopping) {
            delivery.abort(Reasons.CLIENT_GONE);
        }
    }

    private void handToDisk(StreamSinkChannel writable) {
        writable.suspendWrites();
        if (transfer instanceof SendfileTransfer) {
            delivery.waitedForDisk();
        }
        try {
            long since = System.nanoTime();
            file.whenRead(() -> fetchAndSend(writable, since));
        } catch (RejectedExecutionException full) {
            delivery.abort(Reasons.DISK_BUSY);
        }
    }

    private void fetchAndSend(StreamSinkChannel writable, long since) {
        try {
            fetch();
            delivery.waited(System.nanoTime() - since);
        } catch (ShrunkException e) {
            fail(e);
            return;
        } catch (IOException disk) {
            failToRead(disk);
            return;
        }
        sendAndGoOn(writable, true);
    }

    private void fetch() throws IOException {
        if (segments.atEnd()) {
            if (sealWithinTurn()) {
                seal.bytes(transfer);
            } else {
                file.fetch(seal.unread(), 1);
            }
        } else if (segments.rest() instanceof Segment.Part part) {
            file.fetch(part.offset(), withSeal(part));
        }
    }

    private boolean sealWithinTurn() {
        return seal.unread() < 0 || file.withinTurn(seal.unread());
    }

    private void sendAndGoOn(StreamSinkChannel writable, boolean mayWait) {
        try {
            if (!segments.atEnd() && !turn(writable, mayWait)) {
                return;
            }
            if (segments.atEnd() && (mayWait ? sealWithinTurn() : near())) {
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
        long most = delivery.pace().allowance(System.nanoTime(), mayWait ? Math.min(chunk, DEAR_CHUNK) : chunk);
        long sent = 0;
        boolean taken = true;
        while (taken && sent < most && !segments.atEnd() && (mayWait || near())) {
            long asked = Math.min(Math.min(segments.remaining(), most - sent), reach());
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

    private long reach() {
        return segments.rest() instanceof Segment.Part part ? file.reach(part.offset()) : Long.MAX_VALUE;
    }

    private long send(Segment segment, long count, StreamSinkChannel writable) throws IOException {
        if (segment instanceof Segment.Text text) {
            return writable.write(text.bytes().slice(text.bytes().position(), (int) count));
        }
        long position = ((Segment.Part) segment).offset();
        long sent = transfer.send(position, count, writable);
        if (transfer.waited()) {
            file.waitedAt(position);
        }
        return sent;
    }

    private void finish(StreamSinkChannel writable) throws IOException {
        ByteBuffer last = seal.bytes(transfer);
        boolean unchanged = file.unchangedAtOnce();
        if (!unchanged && delivery.exchange().isInIoThread()) {
            handToWorker(writable);
            return;
        }
        if (!unchanged && !file.unchanged()) {
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

    private void fail(IOException e) {
        if (DiskFailure.is(e) || e instanceof DamagedArchiveException) {
            failToRead(e);
        } else {
            delivery.abort(e instanceof ShrunkException ? Reasons.SHRUNK : Reasons.CLIENT_GONE);
        }
    }

    private void failToRead(IOException e) {
        faults.tell(delivery.exchange().getRequestPath(), e);
        delivery.abort(Reasons.IO_ERROR);
    }
}
