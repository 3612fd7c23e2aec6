package dev.sluice.serve;

import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.protocols.http2.AbstractHttp2StreamSourceChannel;
import io.undertow.protocols.http2.ConnectionErrorException;
import io.undertow.protocols.http2.Http2Channel;
import io.undertow.protocols.http2.Http2RstStreamStreamSourceChannel;
import io.undertow.protocols.http2.Http2StreamSourceChannel;
import io.undertow.server.protocol.framed.FrameHeaderData;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;

/**
 * Undertow's connection of HTTP/2, which also tells the {@link Link} when a stream comes and when the client gives one up.
 *
 * <p>Undertow announces how many streams may be open at once but takes any number. And it leaves a stream that the client resets alone while a frame of it waits for the client's window: nobody would
 * hear of it, and the response would hold its file until it counts as stalled.
 */
final class Http2Connection extends Http2Channel {
    private final Link link;
    private final HeaderBlocks blocks;

    Http2Connection(
            Link link, StreamConnection channel, ByteBufferPool buffers, PooledByteBuffer received, OptionMap options) {
        super(channel, "h2", buffers, received, false, false, options);
        this.link = link;
        // A block that is allowed, and what HPACK and the heads of frames add to it.
        int most = 2 * options.get(UndertowOptions.MAX_HEADER_SIZE, UndertowOptions.DEFAULT_MAX_HEADER_SIZE);
        this.blocks = new HeaderBlocks(octets -> super.parseFrame(octets), most);
    }

    /** Undertow's parser stumbles over some header blocks, and would tell of that as of a fault of its own, by a stack trace. */
    @Override
    protected @Nullable FrameHeaderData parseFrame(ByteBuffer received) throws IOException {
        try {
            return blocks.parse(received);
        } catch (RuntimeException e) {
            throw new ConnectionErrorException(ERROR_PROTOCOL_ERROR, e);
        }
    }

    @Override
    protected @Nullable AbstractHttp2StreamSourceChannel createChannelImpl(
            FrameHeaderData header, PooledByteBuffer frame) throws IOException {
        AbstractHttp2StreamSourceChannel channel = super.createChannelImpl(header, frame);
        if (channel instanceof Http2StreamSourceChannel request) {
            return accept(request);
        }
        if (channel instanceof Http2RstStreamStreamSourceChannel reset) {
            link.streamReset(reset.getStreamId());
        }
        return channel;
    }

    private @Nullable AbstractHttp2StreamSourceChannel accept(Http2StreamSourceChannel request) {
        if (Http2Fields.malformed(request.getHeaders())) {
            sendRstStream(request.getStreamId(), ERROR_PROTOCOL_ERROR);
            return null;
        }
        if (link.acceptsStreams()) {
            link.streamOpened(request.getStreamId(), request.getResponseChannel());
            return request;
        }
        // Nothing of it has been done, so the client may ask again elsewhere (RFC 9113 §8.7).
        sendRstStream(request.getStreamId(), ERROR_REFUSED_STREAM);
        return null;
    }
}
