package dev.sluice.serve;

import io.undertow.server.AbstractServerConnection;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * The events of live reload on their way to one page. Written by the I/O thread of its exchange alone; told from any thread.
 *
 * <p>What a client does not take waits: some 50 bytes for each change, for as long as any slow client is borne with.
 */
final class ReloadStream implements ChannelListener<StreamSinkChannel>, Closeable {
    /** Often enough that a client of HTTP/2 that has gone is noticed. */
    private static final long KEEP_ALIVE_SECONDS = 15;

    /** Until the event after the next one is due. */
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(2 * KEEP_ALIVE_SECONDS);

    private static final int SCRATCH_BYTES = 1024;

    private final LiveReload source;
    private final String since;
    private final Delivery delivery;
    private @Nullable StreamSinkChannel channel;
    private ByteBuffer left = ByteBuffer.allocate(0);
    private boolean ending;
    private volatile boolean ended;

    /**
     * @param source of the events
     * @param since the version that the client knows, or an empty text
     * @param delivery of the response
     */
    ReloadStream(LiveReload source, String since, Delivery delivery) {
        this.source = source;
        this.since = since;
        this.delivery = delivery;
    }

    /** Sends the head and the first events. In the I/O thread. */
    void start() {
        StreamSinkChannel opened = delivery.channel();
        if (opened == null) {
            delivery.abort(Reasons.CLIENT_GONE);
            return;
        }
        // The stream is the last thing on its connection: what comes on it meanwhile is only listened to.
        delivery.exchange().setPersistent(false);
        channel = opened;
        opened.getWriteSetter().set(this);
        add(source.join(this, since));
        if (ended) {
            source.leave(this);
        }
        keepAliveLater();
        if (delivery.exchange().getConnection() instanceof AbstractServerConnection http1) {
            ConduitStreamSourceChannel requests = http1.getChannel().getSourceChannel();
            requests.setReadListener(this::heard);
            requests.resumeReads();
        }
    }

    /** A page that is left closes its connection. What else it says is of no use. */
    private void heard(ConduitStreamSourceChannel requests) {
        try {
            if (!ended && requests.read(ByteBuffer.allocate(SCRATCH_BYTES)) >= 0) {
                return;
            }
        } catch (IOException reset) {
            // That is another way to leave.
        }
        requests.suspendReads();
        if (!ended) {
            delivery.abort(Reasons.CLIENT_GONE);
        }
    }

    /** Sends an event. */
    void tell(String event) {
        inIoThread(() -> add(event));
    }

    /** Ends the response when all has been sent. */
    void end() {
        inIoThread(() -> {
            ending = true;
            pump();
        });
    }

    private void inIoThread(Runnable task) {
        try {
            delivery.exchange().getIoThread().execute(task);
        } catch (RejectedExecutionException stopping) {
            delivery.abort(Reasons.CLIENT_GONE);
        }
    }

    private void keepAliveLater() {
        Runnable keepAlive = () -> {
            if (!ended) {
                add(":\n\n");
                keepAliveLater();
            }
        };
        try {
            delivery.exchange().getIoThread().executeAfter(keepAlive, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
        } catch (RejectedExecutionException stopping) {
            delivery.abort(Reasons.CLIENT_GONE);
        }
    }

    private void add(String text) {
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        left = ByteBuffer.allocate(left.remaining() + octets.length)
                .put(left)
                .put(octets)
                .flip();
        pump();
    }

    @Override
    public void handleEvent(StreamSinkChannel writable) {
        pump();
    }

    private void pump() {
        StreamSinkChannel open = channel;
        if (ended || open == null) {
            return;
        }
        try {
            write(open);
        } catch (IOException gone) {
            delivery.abort(Reasons.CLIENT_GONE);
        }
    }

    private void write(StreamSinkChannel open) throws IOException {
        boolean takes = true;
        while (takes && left.hasRemaining()) {
            takes = open.write(left) > 0;
        }
        if (takes && ending) {
            ended = true;
            delivery.produced();
            delivery.exchange().endExchange();
        } else if (takes && open.flush()) {
            open.suspendWrites();
            delivery.rest(REST_NANOS);
        } else {
            open.resumeWrites();
        }
    }

    /** The response has ended, in whatever way. */
    @Override
    public void close() {
        ended = true;
        source.leave(this);
    }
}
