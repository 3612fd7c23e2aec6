package dev.sluice.serve;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.HttpOpenListener;
import org.jspecify.annotations.Nullable;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;

/** Puts HTTP/1.1 on connections. */
final class Http1Layer {
    private final HttpOpenListener listener;

    Http1Layer(ByteBufferPool buffers, OptionMap options, HttpHandler handler) {
        this.listener = new HttpOpenListener(buffers, options);
        listener.setRootHandler(handler);
    }

    /**
     * Begins to read requests.
     *
     * @param channel the connection, or the encrypted one on it
     * @param received what has been read already, given away; null for nothing
     */
    void open(Wire wire, StreamConnection channel, @Nullable PooledByteBuffer received) {
        wire.link().spoken();
        listener.handleEvent(channel, received);
    }
}
