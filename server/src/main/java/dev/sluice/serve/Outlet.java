package dev.sluice.serve;

import dev.sluice.plan.Plan;
import dev.sluice.plan.Planner;
import dev.sluice.plan.Unreadable;
import io.undertow.util.ConnectionUtils;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;

/**
 * What HTTP/1.1 writes to: leads from an exchange to the {@link Wire} below, past TLS if there is any, and puts an answer of
 * ours in the place of those that Undertow makes by itself.
 *
 * <p>Undertow's parser answers whatever it refuses by a bare 400 and closes the socket at once. Here it is told the right
 * status (RFC 9112 §3: 414, RFC 6585 §5: 431), says what is wrong, and waits until the client has read it: Undertow is told
 * that nothing could be written, and the connection is closed from here.
 */
final class Outlet extends WatchedSink {
    /** What Undertow's parser says, other than its check of Host, which has a phrase for each fault. */
    private static final String PARSER = "400 Bad Request\r\n";

    private final Wire wire;
    private final StreamConnection channel;
    private final HeadMeter meter;

    private @Nullable ByteBuffer refusal;
    private int refusedWith;
    private boolean waiting;

    /** A pipelined request may be parsed by a worker, and refused by it while the I/O thread is about to. */
    private final AtomicBoolean told = new AtomicBoolean();

    private boolean answering;
    private boolean ended;

    /**
     * @param channel the connection, or the encrypted one on it, whose sink this is to become
     * @param meter of the heads that come in
     */
    Outlet(Wire wire, StreamConnection channel, HeadMeter meter) {
        super(channel.getSinkChannel().getConduit());
        this.wire = wire;
        this.channel = channel;
        this.meter = meter;
    }

    /** The connection, or the encrypted one on it. */
    StreamConnection channel() {
        return channel;
    }

    /** Whether what is written is encrypted. */
    boolean secure() {
        return wire.link().carrier() == Carrier.TLS;
    }

    /** Writes an answer that Undertow does not know of. */
    long writeOwn(ByteBuffer[] octets) throws IOException {
        return next.write(octets, 0, octets.length);
    }

    Wire wire() {
        return wire;
    }

    /** Notes whether a handler is answering a request, so that what is written is its answer. */
    void answering(boolean now) {
        answering = now;
    }

    boolean isAnswering() {
        return answering;
    }

    /** Whether nothing will be sent any more. */
    boolean ended() {
        return ended;
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
        return refuses(src) ? sendRefusal() : next.write(src);
    }

    @Override
    public long write(ByteBuffer[] srcs, int offset, int length) throws IOException {
        return refuses(srcs[offset]) ? sendRefusal() : next.write(srcs, offset, length);
    }

    /** Whether Undertow answers by itself, and an answer of ours goes out instead. */
    private boolean refuses(ByteBuffer src) {
        if (refusal == null && !answering && StatusLine.statusIn(src) == StatusCodes.BAD_REQUEST) {
            prepare(StatusLine.endsIn(src, PARSER) ? meter.fault() : Unreadable.HOST);
        }
        return refusal != null;
    }

    /** Refuses a request before Undertow does. */
    void refuse() {
        if (refusal == null) {
            prepare(meter.fault());
            channel.getSinkChannel().setWriteListener(sink -> goOn());
            goOn();
        }
    }

    private void goOn() {
        try {
            sendRefusal();
            if (!waiting) {
                next.resumeWrites();
            }
        } catch (IOException gone) {
            IoUtils.safeClose(channel);
        }
    }

    private void prepare(Unreadable fault) {
        Plan plan = Planner.refuse(fault);
        refusedWith = plan.status();
        refusal = ByteBuffer.wrap(BareAnswer.octets(meter.isHead() ? plan.withoutBody() : plan));
    }

    /** Always 0, so that Undertow waits. */
    private int sendRefusal() throws IOException {
        ByteBuffer octets = refusal;
        while (octets != null && octets.hasRemaining() && next.write(octets) > 0) {
            // Until the socket takes no more.
        }
        if (octets != null && !octets.hasRemaining() && told.compareAndSet(false, true)) {
            waiting = true;
            next.suspendWrites();
            wire.link().tellUnplanned(refusedWith);
            // Not before Undertow has returned from here.
            channel.getIoThread().execute(this::close);
        }
        return 0;
    }

    private void close() {
        waiting = false;
        channel.getSinkChannel().setConduit(this);
        ConnectionUtils.cleanClose(channel);
    }

    @Override
    public void resumeWrites() {
        if (!waiting) {
            next.resumeWrites();
        }
    }

    @Override
    public void terminateWrites() throws IOException {
        ended = true;
        next.terminateWrites();
    }
}
