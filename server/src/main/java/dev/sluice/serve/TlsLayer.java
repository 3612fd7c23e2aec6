package dev.sluice.serve;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.DefaultByteBufferPool;
import java.io.IOException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Xnio;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.ssl.SslConnection;

/**
 * Puts TLS on connections, and on that the version of HTTP that ALPN chose.
 *
 * <p>In the place of Undertow's listener for ALPN, which refuses HTTP/2 unless client and server both have
 * TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 enabled: so to a client of TLS 1.3 alone, and to any with an ECDSA certificate.
 */
final class TlsLayer {
    private static final String HTTP2 = "h2";

    /** A record of 16 KiB and its overhead. */
    private static final int RECORD_SIZE = 17 << 10;

    private static final int POOLED_RECORDS = 1024;

    private static final int POOLED_RECORDS_PER_THREAD = 12;

    private final UndertowXnioSsl ssl;
    private final Transport.Tls transport;
    private final ByteBufferPool buffers;
    private final Http1Layer http1;
    private final Http2Layer http2;

    TlsLayer(Xnio xnio, Transport.Tls transport, ByteBufferPool buffers, Http1Layer http1, Http2Layer http2) {
        ByteBufferPool records =
                new DefaultByteBufferPool(true, RECORD_SIZE, POOLED_RECORDS, POOLED_RECORDS_PER_THREAD);
        this.ssl = new UndertowXnioSsl(
                xnio, OptionMap.EMPTY, records, transport.context().get());
        this.transport = transport;
        this.buffers = buffers;
        this.http1 = http1;
        this.http2 = http2;
    }

    /** Waits for the client's hello. */
    void open(Wire wire) {
        Link link = wire.link();
        ssl.updateSSLContext(transport.context().get());
        SslConnection secure = ssl.wrapExistingConnection(link.connection(), OptionMap.EMPTY, false);
        SSLEngine engine = UndertowXnioSsl.getSslEngine(secure);
        engine.setSSLParameters(transport.parameters());
        link.passes(Carrier.TLS, secure, () -> closeNotify(secure));
        Handshake handshake = new Handshake(wire, secure, engine);
        secure.getSourceChannel().setReadListener(handshake);
        handshake.handleEvent(secure.getSourceChannel());
    }

    /** Tells the client that nothing has been cut off (RFC 8446 §6.1), as far as the socket takes it at once. */
    private static void closeNotify(SslConnection secure) {
        try {
            secure.getSinkChannel().shutdownWrites();
            secure.getSinkChannel().flush();
        } catch (IOException gone) {
            // The client was faster: closing is all that is left.
        } finally {
            IoUtils.safeClose(secure);
        }
    }

    /** Drives the handshake by reading, until it is over or there is a request. */
    private final class Handshake implements ChannelListener<ConduitStreamSourceChannel> {
        private final Wire wire;
        private final SslConnection secure;
        private final SSLEngine engine;

        Handshake(Wire wire, SslConnection secure, SSLEngine engine) {
            this.wire = wire;
            this.secure = secure;
            this.engine = engine;
        }

        @Override
        public void handleEvent(ConduitStreamSourceChannel source) {
            PooledByteBuffer received = buffers.allocate();
            try {
                int read = source.read(received.getBuffer());
                received.getBuffer().flip();
                if (read < 0) {
                    received.close();
                    IoUtils.safeClose(secure);
                } else if (read > 0 || isOver()) {
                    source.setReadListener(null);
                    choose(received);
                } else {
                    received.close();
                    source.resumeReads();
                }
            } catch (IOException refused) {
                // No common version or suite, or no TLS at all: the engine has sent its alert.
                received.close();
                IoUtils.safeClose(secure);
            }
        }

        /** ALPN has chosen long before: with the hello. A client that says no more than that is not spoken with yet. */
        private boolean isOver() {
            return engine.getApplicationProtocol() != null
                    && engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING;
        }

        private void choose(PooledByteBuffer received) {
            if (HTTP2.equals(engine.getApplicationProtocol())) {
                http2.open(wire, secure, received);
            } else {
                http1.open(wire, secure, received);
            }
        }
    }
}
