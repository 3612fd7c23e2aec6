package dev.sluice.serve;

import io.undertow.UndertowOptions;
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
    private final int headSize;

    Http1Layer(ByteBufferPool buffers, OptionMap options, HttpHandler handler) {
        this.listener = new HttpOpenListener(buffers, options);
        listener.setRootHandler(Inlet.following(handler));
        this.headSize = options.get(UndertowOptions.MAX_HEADER_SIZE, UndertowOptions.DEFAULT_MAX_HEADER_SIZE);
    }

    /**
     * Begins to read requests.
     *
     * @param channel the connection, or the encrypted one on it
     * @param received what has been read already, given away; null for nothing
     */
    void open(Wire wire, StreamConnection channel, @Nullable PooledByteBuffer received) {
        HeadMeter meter = new HeadMeter(headSize);
        Outlet outlet = new Outlet(wire, channel, meter);
        Inlet inlet = new Inlet(channel.getSourceChannel().getConduit(), outlet, meter);
        channel.getSinkChannel().setConduit(outlet);
        channel.getSourceChannel().setConduit(inlet);
        inlet.begin(received == null ? null : received.getBuffer());
        wire.link().spoken();
        listener.handleEvent(channel, received);
    }
}
