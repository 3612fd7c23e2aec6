package dev.sluice.serve;

import dev.sluice.io.DiskFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.channels.StreamSinkChannel;

/**
 * Sends a body while it is made: a worker makes a piece and writes what the client takes, and comes back for the rest when
 * the client takes more. So a slow client holds one piece and no thread.
 */
final class StreamSender implements ChannelListener<StreamSinkChannel> {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Delivery delivery;
    private final Producer producer;
    private final DiskFaults faults;
    private final @Nullable StreamSinkChannel channel;
    private ByteBuffer piece = NOTHING;

    /**
     * @param faults told if what is made comes from a file that cannot be read
     */
    StreamSender(Delivery delivery, Producer producer, DiskFaults faults) {
        this.delivery = delivery;
        this.producer = producer;
        this.faults = faults;
        this.channel = delivery.channel();
    }

    /** To be called on a worker. */
    void start() {
        if (channel == null) {
            delivery.abort(Reasons.CLIENT_GONE);
            return;
        }
        channel.getWriteSetter().set(this);
        go(channel);
    }

    /** The client takes more: one turn of an I/O thread, which hands the work on at once. */
    @Override
    public void handleEvent(StreamSinkChannel writable) {
        writable.suspendWrites();
        try {
            writable.getWorker().execute(() -> go(writable));
        } catch (RejectedExecutionException stopping) {
            delivery.abort(Reasons.CLIENT_GONE);
        }
    }

    private void go(StreamSinkChannel writable) {
        try {
            while (piece.hasRemaining() || more()) {
                int most = (int) Math.max(1, delivery.pace().allowance(System.nanoTime(), piece.remaining()));
                int taken = writable.write(piece.slice().limit(Math.min(most, piece.remaining())));
                piece.position(piece.position() + taken);
                long now = System.nanoTime();
                delivery.pace().sent(now, taken);
                long pause = delivery.pace().pauseNanos(now);
                if (pause > 0) {
                    delivery.pause(writable, pause);
                    return;
                }
                if (taken == 0) {
                    writable.resumeWrites();
                    return;
                }
            }
            delivery.produced();
            delivery.inOrder(delivery.exchange()::endExchange);
        } catch (ShrunkException e) {
            delivery.abort(Reasons.CHANGED);
        } catch (IOException e) {
            fail(e);
        } catch (RuntimeException | Error bug) {
            delivery.abort(Reasons.INTERNAL_ERROR);
            throw bug;
        }
    }

    private void fail(IOException e) {
        if (DiskFailure.is(e)) {
            faults.tell(delivery.exchange().getRequestPath(), e);
            delivery.abort(Reasons.IO_ERROR);
        } else {
            delivery.abort(Reasons.CLIENT_GONE);
        }
    }

    private boolean more() throws IOException {
        ByteBuffer next = producer.next();
        piece = next == null ? NOTHING : next;
        return next != null;
    }
}
