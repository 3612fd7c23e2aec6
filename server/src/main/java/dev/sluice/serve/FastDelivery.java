package dev.sluice.serve;

import dev.sluice.ledger.IoPath;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.Served;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;

/**
 * One response on the {@link FastPath}, from the request's head to its record: what {@link Delivery} is for those with an
 * exchange. What a {@link FastLoad} has read is sent by a worker, all else by the I/O thread.
 *
 * <p>Mostly the socket takes all of it at once. If not, reading stops until the client has taken the rest.
 */
final class FastDelivery implements Underway {
    private final FastPath path;
    private final String target;
    private final KnownFields fields;
    private final Ready ready;
    private final Source source;
    private final ByteBuffer body;
    private final int length;
    private final long startedAt;
    private final long startedMillis;
    private final Wire wire;
    private final Ledger ledger;
    private final long regionBytesBefore;
    private final ByteBuffer[] octets = new ByteBuffer[2];
    private final AtomicBoolean ended = new AtomicBoolean();

    /** Where the rest of the body lies, once it has been moved out of its region. */
    private volatile @Nullable Source moved;

    private String reason;

    /** Made when somebody looks whether it gets on, which at nearly all responses nobody does. */
    private @Nullable Movement movement;

    /**
     * @param target the path that was asked for
     * @param source the body, in a region or in memory, leased, and given back at the end
     * @param startedAt {@link System#nanoTime()} when the request had been read
     * @param startedMillis {@link System#currentTimeMillis()} then
     */
    FastDelivery(
            FastPath path,
            String target,
            KnownFields fields,
            Ready ready,
            Source source,
            long startedAt,
            long startedMillis) {
        this.path = path;
        this.target = target;
        this.fields = fields;
        this.ready = ready;
        this.source = source;
        this.body = bodyOf(source);
        this.length = body.remaining();
        this.startedAt = startedAt;
        this.startedMillis = startedMillis;
        this.wire = path.outlet().wire();
        this.ledger = path.shared().ledger();
        this.regionBytesBefore = wire.regionBytes();
        this.reason = source instanceof Source.FromMemory memory && length > 0 ? memory.why() : ready.reason();
    }

    private static ByteBuffer bodyOf(Source source) {
        return source instanceof Source.FromRegion region
                ? region.slice().view(0, region.slice().length())
                : ((Source.FromMemory) source).bytes().duplicate();
    }

    /**
     * Sends the response, or what the socket takes of it.
     *
     * @param head its head, whose memory is needed again when this returns
     */
    void send(ByteBuffer head) {
        ledger.began();
        sendBegun(head);
    }

    /** The same for a request that has been counted already. */
    void sendBegun(ByteBuffer head) {
        octets[0] = head;
        octets[1] = body;
        if (source instanceof Source.FromRegion) {
            wire.watch(body);
        }
        try {
            if (drain()) {
                end();
            } else {
                octets[0] = ByteBuffer.allocate(head.remaining()).put(head).flip();
                path.begin();
                inIoThread(this::await);
            }
        } catch (IOException gone) {
            abort(Reasons.CLIENT_GONE);
        }
    }

    private void inIoThread(Runnable action) {
        XnioIoThread thread = wire.link().ioThread();
        if (Thread.currentThread() == thread) {
            action.run();
            return;
        }
        try {
            thread.execute(action);
        } catch (RejectedExecutionException stopping) {
            endBy(Reasons.CLIENT_GONE);
        }
    }

    /** Writes what the socket takes; true if nothing is left. */
    private boolean drain() throws IOException {
        Outlet outlet = path.outlet();
        while (octets[0].hasRemaining() || octets[1].hasRemaining()) {
            if (outlet.writeOwn(octets) == 0) {
                return false;
            }
        }
        return outlet.flush();
    }

    private void await() {
        wire.link().begin(this);
        StreamConnection channel = path.outlet().channel();
        if (!channel.isOpen()) {
            // Whoever told of that may have told it before there was somebody to be told.
            endBy(Reasons.CLIENT_GONE);
            return;
        }
        channel.getSinkChannel().setWriteListener(sink -> goOn());
        channel.getSinkChannel().resumeWrites();
    }

    private void goOn() {
        if (ended.get()) {
            return;
        }
        try {
            if (drain()) {
                StreamConnection channel = path.outlet().channel();
                channel.getSinkChannel().suspendWrites();
                channel.getSinkChannel().setWriteListener(null);
                end();
            }
        } catch (IOException gone) {
            abort(Reasons.CLIENT_GONE);
        }
    }

    /** In the I/O thread, which may be writing: what it writes is leased for as long. */
    @Override
    public void lost() {
        inIoThread(() -> endBy(Reasons.CLIENT_GONE));
    }

    private void endBy(String why) {
        if (!ended.get()) {
            reason = why;
            end();
        }
    }

    @Override
    public boolean obstructs() {
        return moved == null
                && source instanceof Source.FromRegion region
                && !region.slice().live();
    }

    @Override
    public void moveOut(Refuge refuge) {
        ByteBuffer rest = octets[1];
        if (ended.get() || moved != null || !refuge.take(rest.remaining())) {
            return;
        }
        moved = new Source.FromRefuge(refuge, rest.remaining());
        octets[1] = ByteBuffer.allocate(rest.remaining()).put(rest.duplicate()).flip();
        source.release();
    }

    @Override
    public void abort(String why) {
        endBy(why);
        wire.link().close();
    }

    @Override
    public @Nullable String fault(long now, Patience patience) {
        Movement looked = movement == null ? new Movement(startedAt) : movement;
        movement = looked;
        return looked.fault(now, wire.progress(), patience);
    }

    private void end() {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        wire.unwatch();
        try {
            if (!ledger.isIdle()) {
                ledger.record(record());
            }
        } finally {
            Source elsewhere = moved;
            (elsewhere == null ? source : elsewhere).release();
            if (path.isSending()) {
                wire.link().end(0);
                path.over();
            }
        }
    }

    private Served record() {
        long bytes = (long) length - octets[1].remaining();
        // A worker may be about to count what a connection took that is closed here.
        long fromRegion = Math.min(bytes, wire.regionBytes() - regionBytesBefore);
        IoPath planned = ready.planned();
        IoPath observed = bytes == 0 ? IoPath.NONE : 2 * fromRegion >= bytes ? IoPath.MMAP : IoPath.COPY;
        String why = reasonFor(observed);
        return new Served(
                ledger.nextId(),
                startedMillis,
                fields.site().name(),
                wire.link().client(),
                "HTTP/1.1",
                "GET",
                target,
                target,
                ready.status(),
                planned,
                observed,
                why,
                !why.equals(ready.reason()),
                bytes,
                bytes - fromRegion,
                System.nanoTime() - startedAt,
                ready.contentCoding(),
                fields.referer(),
                fields.userAgent(),
                !octets[1].hasRemaining());
    }

    private String reasonFor(IoPath observed) {
        String why = wire.link().carrier().reason();
        return observed == IoPath.COPY && why != null && !octets[1].hasRemaining() ? why : reason;
    }
}
