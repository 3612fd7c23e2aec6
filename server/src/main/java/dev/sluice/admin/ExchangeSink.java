package dev.sluice.admin;

import io.undertow.server.AbstractServerConnection;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * The response of an exchange as a sink of events.
 *
 * <p>One thread at a time: the I/O thread sends the head and says that it is ready, then the feed's thread writes, and at last
 * the I/O thread again ends it. It listens meanwhile for the client's end of the connection: a client that has gone would else
 * be noticed by the second write after that.
 */
final class ExchangeSink implements EventSink {
    private static final int SCRATCH_BYTES = 1024;

    /** Reads at one go, of a client that has nothing to say. */
    private static final int MOST_READS = 16;

    private final HttpServerExchange exchange;
    private @Nullable StreamSinkChannel channel;
    private volatile boolean ready;
    private volatile boolean gone;

    ExchangeSink(HttpServerExchange exchange) {
        this.exchange = exchange;
    }

    /** Begins the response. To be called when the handler has returned. */
    void begin() {
        // The stream is the last thing on its connection. HTTP/1.0 has no chunks: there the end of the connection is
        // its end.
        exchange.setPersistent(false);
        if (exchange.isHttp11()) {
            exchange.getResponseHeaders().put(Headers.TRANSFER_ENCODING, Headers.CHUNKED.toString());
        }
        StreamSinkChannel response = exchange.getResponseChannel();
        if (response == null) {
            gone = true;
            return;
        }
        channel = response;
        inIoThread(() -> sendHead(response));
    }

    private void sendHead(StreamSinkChannel response) {
        try {
            if (response.flush()) {
                response.suspendWrites();
                listen();
                ready = true;
            } else {
                response.getWriteSetter().set(this::sendHead);
                response.resumeWrites();
            }
        } catch (IOException e) {
            gone = true;
        }
    }

    private void listen() {
        if (exchange.getConnection() instanceof AbstractServerConnection http1) {
            ConduitStreamSourceChannel source = http1.getChannel().getSourceChannel();
            source.setReadListener(this::heard);
            source.resumeReads();
        }
    }

    /** What a client says that is being answered is of no use, other than that it leaves. */
    private void heard(ConduitStreamSourceChannel source) {
        try {
            int read = 1;
            for (int reads = 0; read > 0 && reads < MOST_READS; reads++) {
                read = source.read(ByteBuffer.allocate(SCRATCH_BYTES));
            }
            gone |= read < 0;
        } catch (IOException reset) {
            gone = true;
        }
        if (gone) {
            source.suspendReads();
        }
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public boolean isGone() {
        return gone || !exchange.getConnection().isOpen();
    }

    @Override
    public int write(ByteBuffer octets) throws IOException {
        return channel == null ? 0 : channel.write(octets);
    }

    @Override
    public void end() {
        inIoThread(exchange::endExchange);
    }

    @Override
    public void cut() {
        inIoThread(() -> IoUtils.safeClose(exchange.getConnection()));
    }

    private void inIoThread(Runnable task) {
        try {
            exchange.getIoThread().execute(task);
        } catch (RejectedExecutionException stopping) {
            // The server closes all that is open.
            gone = true;
        }
    }
}
