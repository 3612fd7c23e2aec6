package dev.sluice.serve;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.ChannelListener;
import org.xnio.channels.StreamSinkChannel;

/**
 * Sends a body that is in memory: in a region (then the socket takes it from the mapping itself, together with the head, in
 * one writev), or in an ordinary buffer.
 */
final class BufferWriter implements ChannelListener<StreamSinkChannel> {
    private final Delivery delivery;
    private final ByteBuffer body;

    private BufferWriter(Delivery delivery, ByteBuffer body) {
        this.delivery = delivery;
        this.body = body;
    }

    static void send(Delivery delivery, ByteBuffer body) {
        StreamSinkChannel channel = delivery.exchange().getResponseChannel();
        if (channel == null) {
            delivery.abort(Reasons.CLIENT_GONE);
            return;
        }
        if (!drain(delivery, channel, body)) {
            channel.getWriteSetter().set(new BufferWriter(delivery, body));
            channel.resumeWrites();
        }
    }

    @Override
    public void handleEvent(StreamSinkChannel channel) {
        if (drain(delivery, channel, body)) {
            channel.suspendWrites();
        }
    }

    /** Writes what the socket takes; true if there is nothing more to wait for. */
    private static boolean drain(Delivery delivery, StreamSinkChannel channel, ByteBuffer body) {
        try {
            while (body.hasRemaining()) {
                if (channel.write(body) == 0) {
                    return false;
                }
            }
            delivery.exchange().endExchange();
        } catch (IOException gone) {
            delivery.abort(Reasons.CLIENT_GONE);
        }
        return true;
    }
}
