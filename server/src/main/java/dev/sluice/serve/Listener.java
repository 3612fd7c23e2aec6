package dev.sluice.serve;

import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.AbstractServerConnection;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpOpenListener;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/**
 * A listening socket with HTTP/1.1 behind it.
 *
 * <p>Built on XNIO rather than on Undertow's builder, since only so can the {@link Wire} be put between a connection and
 * Undertow.
 */
public final class Listener implements Closeable {
    private static final int BACKLOG = 1024;

    private final AcceptingChannel<? extends StreamConnection> server;

    private Listener(AcceptingChannel<? extends StreamConnection> server) {
        this.server = server;
    }

    /**
     * Opens a listening socket and starts accepting.
     *
     * @param address where; port 0 lets the system choose one
     * @throws IOException if the address cannot be bound
     */
    public static Listener open(
            XnioWorker worker,
            ByteBufferPool buffers,
            InetSocketAddress address,
            Limits limits,
            Connections connections,
            HttpHandler handler)
            throws IOException {
        HttpOpenListener http = new HttpOpenListener(buffers, httpOptions(limits));
        http.setRootHandler(handler);
        ChannelListener<StreamConnection> accepted = connection -> {
            Wire wire = new Wire(connection, connections.observer());
            connection.getSinkChannel().setConduit(wire);
            connections.follow(wire, http);
        };
        AcceptingChannel<? extends StreamConnection> server = worker.createStreamConnectionServer(
                address, ChannelListeners.openListenerAdapter(accepted), socketOptions(limits));
        server.resumeAccepts();
        return new Listener(server);
    }

    /** The wire under an exchange's connection. */
    static Wire wireOf(HttpServerExchange exchange) {
        return (Wire) ((AbstractServerConnection) exchange.getConnection()).getOriginalSinkConduit();
    }

    private static OptionMap socketOptions(Limits limits) {
        return OptionMap.builder()
                .set(Options.TCP_NODELAY, true)
                .set(Options.REUSE_ADDRESSES, true)
                .set(Options.BACKLOG, BACKLOG)
                .set(Options.CONNECTION_HIGH_WATER, limits.connections())
                .set(Options.CONNECTION_LOW_WATER, limits.connections())
                .getMap();
    }

    private static OptionMap httpOptions(Limits limits) {
        return OptionMap.builder()
                // A pipelining buffer would copy every response from then on.
                .set(UndertowOptions.BUFFER_PIPELINED_DATA, false)
                .set(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
                .set(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, false)
                // Paths are parsed from what was sent, once, by SitePath.
                .set(UndertowOptions.DECODE_URL, false)
                .set(UndertowOptions.MAX_HEADER_SIZE, limits.headerSize())
                .set(UndertowOptions.MAX_ENTITY_SIZE, limits.entitySize())
                // Unset, a request that stops in the middle of its head is never timed out.
                .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, (int)
                        limits.headTimeout().toMillis())
                .set(UndertowOptions.NO_REQUEST_TIMEOUT, (int)
                        limits.idleTimeout().toMillis())
                .getMap();
    }

    /** Where it listens, with the port the system chose. */
    public InetSocketAddress address() {
        return server.getLocalAddress(InetSocketAddress.class);
    }

    /** Accepts no more; what is connected stays. */
    @Override
    public void close() {
        IoUtils.safeClose(server);
    }
}
