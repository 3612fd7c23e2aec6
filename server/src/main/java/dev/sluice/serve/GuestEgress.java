package dev.sluice.serve;

import io.undertow.server.BlockingHttpExchange;
import io.undertow.server.ConduitWrapper;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.server.protocol.http.ServerFixedLengthStreamSinkConduit;
import io.undertow.util.ConduitFactory;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Protocols;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.StreamSinkConduit;

/**
 * Where one response leaves in somebody else's Undertow.
 *
 * <p>Nothing can be put between that connection and HTTP any more, so it is counted above HTTP, at the response's channel. What
 * that says is true of the socket where nothing in between copies: HTTP/1.1 in clear text, a body of known length, no other
 * handler's wrapper around the response, and no buffer for pipelined answers. Then Undertow hands a buffer or a transfer down as it
 * is, once the head is out. All of that can be seen; wherever it is not so, every byte is taken for copied, with
 * {@link Carrier#WRAPPED} as the reason, although a wrapper may have done nothing.
 */
final class GuestEgress implements Egress, ConduitWrapper<StreamSinkConduit> {
    private static final HttpString X_CONTENT_TYPE_OPTIONS = HttpString.tryFromString("X-Content-Type-Options");

    /** Fields by which an application says how all of it is to be treated. */
    private static final List<HttpString> APPLICATIONS_OWN = List.of(
            Headers.CACHE_CONTROL,
            X_CONTENT_TYPE_OPTIONS,
            HttpString.tryFromString("Content-Security-Policy"),
            Headers.STRICT_TRANSPORT_SECURITY);

    /** Fields that may be there once only, and say what we alone know. */
    private static final List<HttpString> OURS = List.of(
            Headers.CONTENT_LENGTH, Headers.CONTENT_TYPE, Headers.ETAG, Headers.LAST_MODIFIED, Headers.LOCATION);

    private final HttpServerExchange exchange;
    private final Guests guests;
    private final MountPoint mount;
    private final @Nullable HttpHandler next;
    private final @Nullable BlockingHttpExchange blocking;

    /** How many values of each of {@link #APPLICATIONS_OWN} the application has put there, before ours come behind them. */
    private final int[] own = new int[APPLICATIONS_OWN.size()];

    private Carrier carrier;
    private ByteBuffer @Nullable [] expected;
    private volatile @Nullable GuestSink sink;
    private volatile @Nullable Underway response;

    /**
     * @param guests told of it while it is under way
     * @param next answers what is not found; null for nobody
     * @param blocking what the exchange's streams were made by before it came here, or null
     */
    GuestEgress(
            HttpServerExchange exchange,
            Guests guests,
            @Nullable HttpHandler next,
            @Nullable BlockingHttpExchange blocking) {
        this.exchange = exchange;
        this.guests = guests;
        this.mount = MountPoint.of(exchange);
        this.next = next;
        this.blocking = blocking;
        this.carrier = carrier(exchange);
        for (int i = 0; i < own.length; i++) {
            own[i] = exchange.getResponseHeaders().count(APPLICATIONS_OWN.get(i));
        }
    }

    private static Carrier carrier(HttpServerExchange exchange) {
        if (exchange.getProtocol().equals(Protocols.HTTP_2_0)) {
            return Carrier.HTTP2;
        }
        ServerConnection connection = exchange.getConnection();
        if (connection.getSslSession() != null) {
            return Carrier.TLS;
        }
        boolean direct = connection instanceof HttpServerConnection http1 && http1.getPipelineBuffer() == null;
        return direct ? Carrier.CLEAR : Carrier.WRAPPED;
    }

    @Override
    public Carrier carrier() {
        return carrier;
    }

    @Override
    public String client() {
        InetSocketAddress peer = exchange.getSourceAddress();
        return peer == null || peer.getAddress() == null
                ? "-"
                : peer.getAddress().getHostAddress();
    }

    @Override
    public Executor worker() {
        return exchange.getConnection().getWorker();
    }

    @Override
    public @Nullable FastPath fastPath() {
        return null;
    }

    @Override
    public int begin(Underway begun) {
        response = begun;
        guests.enter(this);
        return 0;
    }

    @Override
    public void end(int stream) {
        guests.leave(this);
    }

    XnioIoThread ioThread() {
        return exchange.getIoThread();
    }

    /** Breaks the response off, from any thread. */
    void breakOff() {
        Underway begun = response;
        if (begun != null) {
            inIoThread(begun, () -> begun.abort(Reasons.CLOSED));
        }
    }

    /** Sees whether the client is still there and takes what it asked for. From one thread at a time. */
    void look(long now, Patience patience, Refuge refuge) {
        Underway begun = response;
        if (begun == null) {
            return;
        }
        String fault = begun.fault(now, patience);
        if (!exchange.getConnection().isOpen()) {
            inIoThread(begun, begun::lost);
        } else if (fault != null && sink != null) {
            inIoThread(begun, () -> begun.abort(fault));
        } else if (begun.obstructs()) {
            inIoThread(begun, () -> begun.moveOut(refuge));
        }
    }

    private void inIoThread(Underway begun, Runnable action) {
        try {
            exchange.getIoThread().execute(action);
        } catch (RejectedExecutionException stopping) {
            begun.lost();
        }
    }

    @Override
    public String path(HttpServerExchange same) {
        return mount.path();
    }

    @Override
    public boolean lacksSlash() {
        return mount.path().isEmpty() && !mount.prefix().isEmpty();
    }

    /** What the application has put there for all of its responses holds for this one, too; paths get its prefix. */
    @Override
    public void fit(HttpServerExchange same) {
        HeaderMap headers = exchange.getResponseHeaders();
        for (int i = 0; i < own.length; i++) {
            HeaderValues values = headers.get(APPLICATIONS_OWN.get(i));
            while (own[i] > 0 && values != null && values.size() > own[i]) {
                values.removeLast();
            }
        }
        for (HttpString name : OURS) {
            HeaderValues values = headers.get(name);
            while (values != null && values.size() > 1) {
                values.removeFirst();
            }
        }
        String location = headers.getFirst(Headers.LOCATION);
        if (location != null && location.startsWith("/")) {
            headers.put(Headers.LOCATION, mount.inside(location));
        }
    }

    @Override
    public @Nullable StreamSinkChannel channel(HttpServerExchange same) {
        if (!exchange.isResponseChannelAvailable()) {
            return null;
        }
        // The last to be added is the outermost, and so the one that sees what we write.
        exchange.addResponseWrapper(this);
        return exchange.getResponseChannel();
    }

    @Override
    public StreamSinkConduit wrap(ConduitFactory<StreamSinkConduit> factory, HttpServerExchange same) {
        StreamSinkConduit below = factory.create();
        if (carrier == Carrier.CLEAR && !(below instanceof ServerFixedLengthStreamSinkConduit)) {
            carrier = Carrier.WRAPPED;
        }
        GuestSink counting = new GuestSink(below, carrier.copies());
        sink = counting;
        if (expected != null) {
            counting.watch(expected);
            expected = null;
        }
        return counting;
    }

    @Override
    public @Nullable Runnable elsewhere() {
        HttpHandler other = next;
        return other == null ? null : () -> handOn(other);
    }

    private void handOn(HttpHandler other) {
        if (blocking == null) {
            exchange.dispatch(exchange.getIoThread(), other);
        } else {
            exchange.startBlocking(blocking);
            exchange.dispatch(other);
        }
    }

    @Override
    public long bodyBytes(HttpServerExchange same) {
        return progress();
    }

    @Override
    public void watch(ByteBuffer... regions) {
        GuestSink open = sink;
        if (open == null) {
            expected = regions;
        } else {
            open.watch(regions);
        }
    }

    @Override
    public void watchDirect(ByteBuffer read) {
        GuestSink open = sink;
        if (open != null) {
            open.watchDirect(read);
        }
    }

    @Override
    public void unwatch() {
        GuestSink open = sink;
        if (open != null) {
            open.unwatch();
        }
    }

    @Override
    public long regionBytes() {
        GuestSink open = sink;
        return open == null ? 0 : open.regionBytes();
    }

    @Override
    public long directBytes() {
        GuestSink open = sink;
        return open == null ? 0 : open.directBytes();
    }

    @Override
    public long sendfileBytes() {
        GuestSink open = sink;
        return open == null ? 0 : open.sendfileBytes();
    }

    @Override
    public long progress() {
        GuestSink open = sink;
        return open == null ? 0 : open.progress();
    }
}
