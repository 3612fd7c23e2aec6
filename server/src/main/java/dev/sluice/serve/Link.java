package dev.sluice.serve;

import java.io.Closeable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;

/**
 * One client's connection: what is spoken on it, the responses under way, and how it is closed.
 *
 * <p>On HTTP/1.1 one response is under way at a time, and keeping track of it costs a write; on HTTP/2 there are several.
 */
final class Link {
    private final StreamConnection connection;
    private final @Nullable InetAddress address;
    private final String client;
    private final Connections.Observer observer;
    private final Departures departures;
    private final long openedAt = System.nanoTime();

    private volatile Carrier carrier = Carrier.CLEAR;
    private volatile boolean spoken;
    private volatile boolean retired;
    private volatile Closeable top;
    private volatile Runnable farewell;
    private volatile @Nullable Underway only;
    private volatile @Nullable Map<Integer, Stream> streams;
    private volatile @Nullable Inlet inlet;

    /** Used by the I/O thread alone. */
    private @Nullable Arriving arriving;

    /** A stream of HTTP/2 whose request has been read. */
    private record Arriving(int id, Closeable sink) {}

    /** A stream of HTTP/2 with a response under way. */
    private record Stream(Underway response, Closeable sink) {}

    /**
     * @param observer told of each response that Undertow makes by itself, without asking our handler
     * @param departures closes what nobody needs any more
     */
    Link(StreamConnection connection, Connections.Observer observer, Departures departures) {
        this.connection = connection;
        this.observer = observer;
        this.departures = departures;
        this.top = connection;
        this.farewell = () -> IoUtils.safeClose(connection);
        InetSocketAddress peer = connection.getPeerAddress(InetSocketAddress.class);
        this.address = peer == null ? null : peer.getAddress();
        this.client = address == null ? "-" : address.getHostAddress();
    }

    StreamConnection connection() {
        return connection;
    }

    /** Who may wait for a disk. */
    Executor worker() {
        return connection.getWorker();
    }

    XnioIoThread ioThread() {
        return connection.getIoThread();
    }

    /** The peer's address, or null if it has gone already. */
    @Nullable
    InetAddress address() {
        return address;
    }

    /** The peer's address as text, made once for a connection. */
    String client() {
        return client;
    }

    /** {@link System#nanoTime()} when it was accepted. */
    long openedAt() {
        return openedAt;
    }

    /** Notes that another layer lies between HTTP and the socket: from now on, that is what is closed. */
    void passes(Carrier through, Closeable layer, Runnable politeEnd) {
        top = layer;
        farewell = politeEnd;
        if (through == Carrier.HTTP2) {
            streams = new ConcurrentHashMap<>();
        }
        carrier = through;
    }

    /** Notes that HTTP/1.1 is spoken. */
    void spoken(Inlet by) {
        inlet = by;
        spoken = true;
    }

    /** What HTTP/1.1 reads from, or null before and on HTTP/2. */
    @Nullable
    Inlet inlet() {
        return inlet;
    }

    /** The fast path, or null if there is none. To be asked by the I/O thread. */
    @Nullable
    FastPath fastPath() {
        Inlet http1 = inlet;
        return http1 == null ? null : http1.fastPath();
    }

    /**
     * Closes an HTTP/1.1 connection on which nothing goes on: no response, and no request of which a part has come, for which
     * there is another timer. To be called by the I/O thread.
     */
    void closeIfQuiet() {
        Inlet http1 = inlet;
        if (http1 != null && http1.isQuiet() && idle()) {
            http1.leave();
        }
    }

    /** Notes that another version of HTTP is spoken. */
    void spoken() {
        spoken = true;
    }

    /** Whether it is known which version of HTTP the client speaks. */
    boolean isSpoken() {
        return spoken;
    }

    /** What its responses pass. */
    Carrier carrier() {
        return carrier;
    }

    /**
     * On HTTP/2: whether another stream may be opened. A client that obeys the limit may have seen the end of streams that are
     * not over yet for us, and may not have been told the limit yet; twice as many is no mistake any more.
     */
    boolean acceptsStreams() {
        Map<Integer, Stream> several = streams;
        return !retired && several != null && several.size() < 2 * Http2Layer.CONCURRENT_STREAMS;
    }

    /** On HTTP/2: from now on only the streams under way are served. */
    void retire() {
        retired = true;
    }

    /** On HTTP/2: the request that is about to be handled came on this stream. */
    void streamOpened(int id, Closeable sink) {
        arriving = new Arriving(id, sink);
    }

    /** On HTTP/2: the client has given this stream up. */
    void streamReset(int id) {
        Map<Integer, Stream> several = streams;
        Stream stream = several == null ? null : several.get(id);
        if (stream != null) {
            stream.response().lost();
            IoUtils.safeClose(stream.sink());
        }
    }

    /** A response is under way; the answer is what {@link #end} is to be told. */
    int begin(Underway response) {
        Map<Integer, Stream> several = streams;
        if (several == null) {
            only = response;
            return 0;
        }
        Arriving stream = Objects.requireNonNull(arriving, "a request without a stream");
        several.put(stream.id(), new Stream(response, stream.sink()));
        return stream.id();
    }

    void end(int stream) {
        Map<Integer, Stream> several = streams;
        if (several == null) {
            only = null;
        } else {
            several.remove(stream);
        }
    }

    /** Whether no response is under way. */
    boolean idle() {
        return responses() == 0;
    }

    /** How many responses are under way. */
    int responses() {
        Map<Integer, Stream> several = streams;
        return several == null ? only == null ? 0 : 1 : several.size();
    }

    /** Does something with each response that is under way. */
    void forEach(Consumer<Underway> action) {
        Map<Integer, Stream> several = streams;
        if (several != null) {
            several.values().forEach(stream -> action.accept(stream.response()));
            return;
        }
        Underway response = only;
        if (response != null) {
            action.accept(response);
        }
    }

    /** Tells of an answer that no handler made. */
    void tellUnplanned(int status) {
        observer.unplanned(client, status);
    }

    /** Closes it at once. */
    void close() {
        IoUtils.safeClose(top);
    }

    /** Closes it soon, cheaply where many are closed at once; nothing must be read from it any more. */
    void closeSoon() {
        departures.add(this);
    }

    /** Closes it while it is idle, as its protocol has it: the peer learns that nothing is lost. */
    void sayFarewell() {
        farewell.run();
    }
}
