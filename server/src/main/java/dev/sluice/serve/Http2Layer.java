package dev.sluice.serve;

import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.protocols.http2.Http2Channel;
import io.undertow.server.HttpHandler;
import io.undertow.server.ServerConnection;
import io.undertow.server.protocol.http2.Http2ReceiveListener;
import io.undertow.util.AttachmentKey;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;

/**
 * Puts HTTP/2 (RFC 9113) on connections.
 *
 * <p>In the place of Undertow's own listener for it, which tells nobody which streams share a connection.
 */
final class Http2Layer {
    /** How a stream's connection leads to the wire. */
    private static final AttachmentKey<Wire> WIRE = AttachmentKey.create(Wire.class);

    /** Streams open at once on one connection: the least that RFC 9113 §6.5.2 recommends. */
    static final int CONCURRENT_STREAMS = 100;

    static {
        // Undertow announces and takes no header list above 20,000 bytes, whatever limit it is given, unless this is 0.
        // It reads that when it is first used.
        if (System.getProperty(Http2Channel.HTTP2_MAX_HEADER_SIZE_PROPERTY) == null) {
            System.setProperty(Http2Channel.HTTP2_MAX_HEADER_SIZE_PROPERTY, "0");
        }
    }

    private final ByteBufferPool buffers;
    private final OptionMap options;
    private final HttpHandler handler;

    Http2Layer(ByteBufferPool buffers, OptionMap options, HttpHandler handler) {
        this.buffers = buffers;
        this.options = OptionMap.builder()
                .addAll(options)
                .set(UndertowOptions.HTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, CONCURRENT_STREAMS)
                .set(UndertowOptions.HTTP2_SETTINGS_ENABLE_PUSH, false)
                .getMap();
        this.handler = handler;
    }

    /**
     * Begins to read frames, the preface first.
     *
     * @param channel the connection, or the encrypted one on it
     * @param received what has been read already, given away
     */
    void open(Wire wire, StreamConnection channel, PooledByteBuffer received) {
        Http2Channel http2 = new Http2Connection(wire.link(), channel, buffers, received, options);
        http2.putAttachment(WIRE, wire);
        wire.link().passes(Carrier.HTTP2, http2, () -> http2.sendGoAway(Http2Channel.ERROR_NO_ERROR));
        wire.link().spoken();
        http2.getReceiveSetter().set(new Http2ReceiveListener(handler, options, buffers.getBufferSize(), null));
        http2.resumeReceives();
    }

    /** The wire under a stream's connection. */
    static Wire wireOf(ServerConnection stream) {
        return stream.getAttachment(WIRE);
    }
}
