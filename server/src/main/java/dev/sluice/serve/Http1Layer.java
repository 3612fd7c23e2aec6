package dev.sluice.serve;

import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.protocol.http.HttpOpenListener;
import org.jspecify.annotations.Nullable;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;

/** Puts HTTP/1.1 on connections. */
final class Http1Layer {
    private final HttpOpenListener listener;
    private final @Nullable FastPaths fastPaths;
    private final int headSize;

    /**
     * @param front what answers the requests
     */
    Http1Layer(ByteBufferPool buffers, OptionMap options, Front front) {
        this.listener = new HttpOpenListener(buffers, options);
        listener.setRootHandler(Inlet.following(front.handler()));
        this.fastPaths = front.fastPaths();
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
        FastPath fastPath = fastPaths == null ? null : fastPaths.open(outlet);
        Inlet inlet = new Inlet(channel.getSourceChannel().getConduit(), outlet, meter, fastPath);
        channel.getSinkChannel().setConduit(outlet);
        channel.getSourceChannel().setConduit(inlet);
        inlet.begin(received == null ? null : received.getBuffer());
        wire.link().spoken(inlet);
        listener.handleEvent(channel, received);
    }
}
