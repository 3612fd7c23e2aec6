package dev.sluice.serve;

import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.AbstractServerConnection;
import io.undertow.server.HttpServerExchange;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/**
 * A listening socket with HTTP/1.1 and, as its {@link Transport} has it, HTTP/2 behind it.
 *
 * <p>Built on XNIO rather than on Undertow's builder, since only so can the {@link Wire} be put between a connection and
 * Undertow.
 */
public final class Listener implements Closeable {
    private static final int BACKLOG = 1024;

    /** Fields that a request may have. */
    private static final int MOST_FIELDS = 200;

    private final AcceptingChannel<? extends StreamConnection> server;

    private Listener(AcceptingChannel<? extends StreamConnection> server) {
        this.server = server;
    }

    /**
     * Opens a listening socket and starts accepting.
     *
     * @param address where; port 0 lets the system choose one
     * @param front what answers the requests
     * @param transport what is spoken below HTTP
     * @throws IOException if the address cannot be bound
     */
    public static Listener open(
            XnioWorker worker,
            ByteBufferPool buffers,
            InetSocketAddress address,
            Limits limits,
            Connections connections,
            Front front,
            Transport transport)
            throws IOException {
        Consumer<Wire> layers = layers(worker, buffers, httpOptions(limits), front, transport);
        ChannelListener<StreamConnection> accepted = connection -> {
            Link link = connections.link(connection);
            if (!connections.admit(link)) {
                return;
            }
            Wire wire = new Wire(link);
            connection.getSinkChannel().setConduit(wire);
            connections.follow(wire);
            layers.accept(wire);
        };
        AcceptingChannel<? extends StreamConnection> server = worker.createStreamConnectionServer(
                address, ChannelListeners.openListenerAdapter(accepted), socketOptions(limits));
        server.resumeAccepts();
        return new Listener(server);
    }

    /** What is put on a new connection. */
    private static Consumer<Wire> layers(
            XnioWorker worker, ByteBufferPool buffers, OptionMap options, Front front, Transport transport) {
        Http1Layer http1 = new Http1Layer(buffers, options, front);
        Http2Layer http2 = new Http2Layer(buffers, options, front.handler());
        if (transport instanceof Transport.Tls tls) {
            return new TlsLayer(worker.getXnio(), tls, buffers, http1, http2)::open;
        }
        if (((Transport.Clear) transport).http2()) {
            return wire -> new PriorKnowledge(wire, buffers, http1, http2).open();
        }
        return wire -> http1.open(wire, wire.link().connection(), null);
    }

    /** The wire under an exchange's connection. */
    static Wire wireOf(HttpServerExchange exchange) {
        if (exchange.getConnection() instanceof AbstractServerConnection http1) {
            return ((Outlet) http1.getOriginalSinkConduit()).wire();
        }
        return Http2Layer.wireOf(exchange.getConnection());
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
                // What browsers do not escape is taken; RequestTarget refuses the rest.
                .set(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, true)
                // Paths are parsed from what was sent, once, by SitePath.
                .set(UndertowOptions.DECODE_URL, false)
                .set(UndertowOptions.MAX_HEADER_SIZE, limits.headerSize())
                .set(UndertowOptions.MAX_HEADERS, MOST_FIELDS)
                // A query is nothing to us, however many parameters Undertow finds in it.
                .set(UndertowOptions.MAX_PARAMETERS, limits.headerSize())
                .set(UndertowOptions.MAX_ENTITY_SIZE, limits.entitySize())
                // Unset, a request that stops in the middle of its head is never timed out.
                // Those that are idle between requests are closed by Connections.
                .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, (int)
                        limits.headTimeout().toMillis())
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
