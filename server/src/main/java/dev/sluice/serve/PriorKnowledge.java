package dev.sluice.serve;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * Tells HTTP/2 by prior knowledge from HTTP/1.1 on a connection in clear text, by the preface that the former begins with
 * (RFC 9113 §3.4). It reads no further than that is long.
 */
final class PriorKnowledge implements ChannelListener<ConduitStreamSourceChannel> {
    private static final ByteBuffer PREFACE =
            ByteBuffer.wrap("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

    private final Wire wire;
    private final ByteBufferPool buffers;
    private final Http1Layer http1;
    private final Http2Layer http2;
    private final ByteBuffer start = ByteBuffer.allocate(PREFACE.capacity());

    PriorKnowledge(Wire wire, ByteBufferPool buffers, Http1Layer http1, Http2Layer http2) {
        this.wire = wire;
        this.buffers = buffers;
        this.http1 = http1;
        this.http2 = http2;
    }

    /** Waits for the first bytes. */
    void open() {
        ConduitStreamSourceChannel source = wire.link().connection().getSourceChannel();
        source.setReadListener(this);
        handleEvent(source);
    }

    @Override
    public void handleEvent(ConduitStreamSourceChannel source) {
        try {
            if (source.read(start) < 0) {
                IoUtils.safeClose(wire.link().connection());
            } else if (mayBePreface() && start.hasRemaining()) {
                source.resumeReads();
            } else {
                source.setReadListener(null);
                choose();
            }
        } catch (IOException gone) {
            IoUtils.safeClose(wire.link().connection());
        }
    }

    /** Whether all that has been read is what the preface begins with. */
    private boolean mayBePreface() {
        return PREFACE.slice(0, start.position()).equals(start.duplicate().flip());
    }

    private void choose() {
        boolean preface = mayBePreface();
        PooledByteBuffer received = buffers.allocate();
        received.getBuffer().put(start.flip()).flip();
        StreamConnection connection = wire.link().connection();
        if (preface) {
            http2.open(wire, connection, received);
        } else {
            http1.open(wire, connection, received);
        }
    }
}
