package dev.sluice.serve;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.ChannelListener;
import org.xnio.channels.StreamSinkChannel;

/**
 * Sends a body that is in memory: in regions (then the socket takes it from the mapping itself, together with the head, in
 * one writev), or in ordinary buffers.
 */
final class BufferWriter implements ChannelListener<StreamSinkChannel> {
    private final Delivery delivery;
    private final ByteBuffer[] bodies;
    private int first;

    private BufferWriter(Delivery delivery, ByteBuffer[] bodies) {
        this.delivery = delivery;
        this.bodies = bodies;
    }

    /** Sends these buffers, in this order, and ends the exchange; they are consumed. */
    static void send(Delivery delivery, ByteBuffer... bodies) {
        StreamSinkChannel channel = delivery.channel();
        if (channel == null) {
            delivery.abort(Reasons.CLIENT_GONE);
            return;
        }
        BufferWriter writer = new BufferWriter(delivery, bodies);
        delivery.inOrder(() -> writer.begin(channel));
    }

    private void begin(StreamSinkChannel channel) {
        if (!drain(channel)) {
            channel.getWriteSetter().set(this);
            delivery.waits(this);
            // Even if the pace wants a pause first: Undertow ends an exchange that its handler leaves without a next
            // event.
            channel.resumeWrites();
        }
    }

    @Override
    public void handleEvent(StreamSinkChannel channel) {
        if (drain(channel)) {
            channel.suspendWrites();
        } else if (delivery.pace().pauseNanos(System.nanoTime()) > 0) {
            goOn(channel);
        }
    }

    /** Waits for the client, or until the pace allows more. */
    private void goOn(StreamSinkChannel channel) {
        long pause = delivery.pace().pauseNanos(System.nanoTime());
        if (pause > 0) {
            delivery.pause(channel, pause);
        } else {
            channel.resumeWrites();
        }
    }

    /** Writes what the socket takes; true if there is nothing more to wait for. */
    private boolean drain(StreamSinkChannel channel) {
        try {
            while (!atEnd()) {
                if (write(channel) == 0) {
                    return false;
                }
            }
            delivery.exchange().endExchange();
        } catch (IOException gone) {
            delivery.abort(Reasons.CLIENT_GONE);
        }
        return true;
    }

    /** How many bytes of its body the client has not taken yet. To be asked in the I/O thread. */
    long left() {
        long sum = 0;
        for (int i = first; i < bodies.length; i++) {
            sum += bodies[i].remaining();
        }
        return sum;
    }

    /** Copies those bytes: what they came from is not read any more. To be called in the I/O thread. */
    void copyOut() {
        for (int i = first; i < bodies.length; i++) {
            ByteBuffer copy = ByteBuffer.allocate(bodies[i].remaining());
            bodies[i] = copy.put(bodies[i].duplicate()).flip();
        }
    }

    private boolean atEnd() {
        while (first < bodies.length && !bodies[first].hasRemaining()) {
            first++;
        }
        return first == bodies.length;
    }

    private long write(StreamSinkChannel channel) throws IOException {
        if (!delivery.pace().unlimited()) {
            return writeSlice(channel, bodies[first]);
        }
        return first == bodies.length - 1
                ? channel.write(bodies[first])
                : channel.write(bodies, first, bodies.length - first);
    }

    private long writeSlice(StreamSinkChannel channel, ByteBuffer body) throws IOException {
        Pace pace = delivery.pace();
        int end = body.limit();
        int most = (int) pace.allowance(System.nanoTime(), body.remaining());
        try {
            int sent = channel.write(body.limit(body.position() + most));
            pace.sent(System.nanoTime(), sent);
            return sent;
        } finally {
            body.limit(end);
        }
    }
}
