package dev.sluice.serve;

import dev.sluice.ledger.Ledger;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.xnio.XnioIoThread;

/** Opens the {@link FastPath} of each connection, and keeps what all of them need. */
public final class FastPaths {
    private final Serving serving;
    private final Ledger ledger;
    private final Connections connections;
    private final DateOctets date = new DateOctets();
    private final Map<XnioIoThread, Scratch> scratches = new ConcurrentHashMap<>();

    /**
     * @param serving what is served
     * @param ledger told of each response
     * @param connections asked whether the server is about to stop
     */
    public FastPaths(Serving serving, Ledger ledger, Connections connections) {
        this.serving = serving;
        this.ledger = ledger;
        this.connections = connections;
    }

    /** Opens the fast path of a connection that is about to speak HTTP/1.1. */
    FastPath open(Outlet outlet) {
        XnioIoThread thread = outlet.wire().link().ioThread();
        return new FastPath(this, outlet, scratches.computeIfAbsent(thread, mine -> new Scratch(mine, date)));
    }

    /** The requests for which there is a file to be read. */
    InFlight requests() {
        return connections.requests();
    }

    /** What is served now. */
    Edition current() {
        return serving.current();
    }

    Ledger ledger() {
        return ledger;
    }

    /**
     * Writes a whole head down, in memory of its own.
     *
     * @param octets what stands before the value of {@code Date}
     */
    ByteBuffer head(byte[] octets) {
        byte[] now = date.now();
        return ByteBuffer.allocate(octets.length + now.length + Scratch.HEAD_END.length)
                .put(octets)
                .put(now)
                .put(Scratch.HEAD_END)
                .flip();
    }

    /** Whether responses have to ask their client to close the connection. */
    boolean draining() {
        return connections.draining();
    }
}
