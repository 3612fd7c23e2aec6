package dev.sluice.serve;

import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.AbstractServerConnection;
import io.undertow.server.HttpServerExchange;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.xnio.ChannelListeners;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.XnioWorker;

/**
 * A listening socket with HTTP/1.1 and, as its {@link Transport} has it, HTTP/2 behind it.
 *
 * <p>Built on XNIO rather than on Undertow's builder, since only so can the {@link Wire} be put between a connection and
 * Undertow.
 */
public final class Listener implements Closeable {
    private static final Logger LOG = Logger.getLogger("sluice");

    /** Fields that a request may have. */
    private static final int MOST_FIELDS = 200;

    private final ListeningSocket socket;
    private final XnioServer server;
    private final Connections connections;
    private final BiFunction<Front, Transport, Consumer<Wire>> layering;
    private volatile Consumer<Wire> layers;

    /**
     * Takes over a socket; {@link #start} begins to accept from it.
     *
     * @param socket closed with this
     * @param front what answers the requests
     * @param transport what is spoken below HTTP
     * @throws IOException if the worker has been stopped
     */
    public Listener(
            XnioWorker worker,
            ByteBufferPool buffers,
            ListeningSocket socket,
            Limits limits,
            Connections connections,
            Front front,
            Transport transport)
            throws IOException {
        OptionMap options = httpOptions(limits);
        this.socket = socket;
        this.connections = connections;
        this.layering = (answering, below) -> layers(worker, buffers, options, answering, below);
        this.layers = layering.apply(front, transport);
        this.server = XnioServer.on(
                socket, worker, ChannelListeners.openListenerAdapter(this::accepted), socketOptions(limits));
    }

    private void accepted(StreamConnection connection) {
        Link link = connections.link(connection);
        if (!connections.admit(link)) {
            return;
        }
        Wire wire = new Wire(link);
        connection.getSinkChannel().setConduit(wire);
        connections.follow(wire);
        layers.accept(wire);
    }

    /** Begins to accept. */
    public void start() {
        server.start();
    }

    /** Has connections that are accepted from now on answered in another way; those that are open stay as they are. */
    public void become(Front front, Transport transport) {
        layers = layering.apply(front, transport);
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
        return socket.address();
    }

    /** Accepts what waits, and then no more; what is connected stays. Not for I/O threads. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "{0} stays open: {1}", new Object[] {address(), e.getMessage()});
        }
    }
}
