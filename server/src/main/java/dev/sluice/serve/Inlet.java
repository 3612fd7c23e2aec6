package dev.sluice.serve;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.AbstractServerConnection;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * What HTTP/1.1 reads from: the way in, as the {@link Outlet} is the way out.
 *
 * <p>It sees each request's head a moment before Undertow's parser does. It takes away an empty line before it, hides a
 * Host that the target overrides, and keeps account of its size, so that the parser's refusal can be told with the status
 * that it deserves. Of a head that comes with one read no more is looked at than the method. Bodies pass unseen.
 *
 * <p>When nothing more will be sent, whatever still comes is thrown away: to close a socket with unread bytes in it is to
 * reset the connection, and a client may lose an answer by that which it has not read yet (RFC 9112 §9.6).
 *
 * <p>Used by one thread at a time.
 */
final class Inlet extends AbstractStreamSourceConduit<StreamSourceConduit> implements ExchangeCompletionListener {
    /** Two empty lines: a client that ends a body by one too many is forgiven, one that sends nothing else is not. */
    private static final int MOST_EMPTY_OCTETS = 4;

    private static final int SCRATCH_SIZE = 16 << 10;

    /** Reads at one go, so that a fast client cannot keep the I/O thread from the others. */
    private static final int MOST_READS = 16;

    private final Outlet outlet;
    private final HeadMeter meter;
    private final HostShade shade = new HostShade();
    private final @Nullable FastPath fastPath;
    private int emptyOctets;
    private @Nullable ByteBuffer scratch;

    /** Whether nothing more is to be read. */
    private volatile boolean left;

    /** A request that was read before and is to be read again, by the parser. */
    private @Nullable ByteBuffer again;

    /**
     * @param source what it reads from
     * @param outlet of the same connection
     * @param meter which the outlet reads
     * @param fastPath which sees each request first, or null
     */
    Inlet(StreamSourceConduit source, Outlet outlet, HeadMeter meter, @Nullable FastPath fastPath) {
        super(source);
        this.outlet = outlet;
        this.meter = meter;
        this.fastPath = fastPath;
    }

    @Nullable
    FastPath fastPath() {
        return fastPath;
    }

    /** Whether no part of a request has come, and none is being answered. To be asked by the I/O thread. */
    boolean isQuiet() {
        return !meter.begun() && !outlet.isAnswering() && again == null;
    }

    /** Puts a handler behind what follows the exchanges of a connection. */
    static HttpHandler following(HttpHandler handler) {
        return exchange -> {
            ((Inlet) connection(exchange).getOriginalSourceConduit()).follow(exchange);
            handler.handleRequest(exchange);
        };
    }

    private static AbstractServerConnection connection(HttpServerExchange exchange) {
        return (AbstractServerConnection) exchange.getConnection();
    }

    private void follow(HttpServerExchange exchange) {
        outlet.answering(true);
        exchange.addExchangeCompleteListener(this);
    }

    /** What comes next is the head of another request, of which a part may have come already. */
    @Override
    public void exchangeEvent(HttpServerExchange ended, NextListener next) {
        try {
            if (ended.isPersistent()) {
                PooledByteBuffer rest = connection(ended).getExtraBytes();
                begin(rest == null ? null : rest.getBuffer());
                outlet.answering(false);
            }
        } finally {
            next.proceed();
        }
    }

    /**
     * A request begins.
     *
     * @param rest what has come of it, to be read by the parser from this very buffer; null for nothing
     */
    void begin(@Nullable ByteBuffer rest) {
        meter.begin();
        shade.begin();
        if (fastPath != null) {
            fastPath.forget();
        }
        emptyOctets = 0;
        if (rest != null) {
            rest.position(rest.position() + emptyOctets(rest, rest.position(), rest.limit()));
            meet(rest, rest.position(), rest.limit());
        }
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        if (outlet.ended()) {
            return discard();
        }
        if (outlet.isAnswering()) {
            return next.read(dst);
        }
        meter.next(dst);
        if (meter.lineWithoutVersion()) {
            outlet.refuse();
            return 0;
        }
        if (fastPath != null) {
            if (!meter.begun()) {
                return readFirst(dst, fastPath);
            }
            fastPath.forget();
        }
        int from = dst.position();
        int read = meter.begun() ? next.read(dst) : readOrLeave(dst);
        return read > 0 ? receive(dst, from, read) : read;
    }

    /**
     * Reads the beginning of a request, which may be answered with that. To Undertow nothing has come then. TLS may hold
     * another request back and would not tell of it again, so it is asked.
     */
    private int readFirst(ByteBuffer dst, FastPath first) throws IOException {
        int from = dst.position();
        ByteBuffer request = again;
        if (request != null) {
            again = null;
            first.forget();
            dst.put(request);
            return receive(dst, from, dst.position() - from);
        }
        for (int reads = 1; !first.holds(this); reads++) {
            int read = readOrLeave(dst);
            if (read <= 0) {
                return read;
            }
            if (reads > MOST_READS || !first.answer(dst, from, from + read)) {
                return receive(dst, from, read);
            }
            dst.position(from);
            if (!outlet.secure()) {
                return 0;
            }
        }
        return 0;
    }

    /** Reads, unless the client has left: then the connection is closed soon, and to Undertow nothing has come. */
    private int readOrLeave(ByteBuffer dst) throws IOException {
        try {
            int read = next.read(dst);
            if (read >= 0) {
                return read;
            }
        } catch (IOException reset) {
            // That is another way to leave.
        }
        leave();
        return 0;
    }

    /** Ends a connection on which nothing goes on. In the I/O thread. */
    void leave() {
        left = true;
        next.suspendReads();
        outlet.wire().link().closeSoon();
    }

    /** Has the parser read a request that the fast path took and could not answer. In the I/O thread. */
    void readAgain(ByteBuffer request) {
        again = request;
        next.wakeupReads();
    }

    /** Not while a response is on its way of which Undertow does not know. */
    @Override
    public void resumeReads() {
        if (!left && (fastPath == null || !fastPath.owesReads())) {
            next.resumeReads();
        }
    }

    private int receive(ByteBuffer dst, int from, int read) {
        int empty = meter.begun() ? 0 : emptyOctets(dst, from, from + read);
        if (empty > 0) {
            if (fastPath != null) {
                fastPath.forget();
            }
            dst.put(from, dst, from + empty, read - empty).position(from + read - empty);
        }
        meet(dst, from, dst.position());
        return read - empty;
    }

    private void meet(ByteBuffer head, int from, int to) {
        if (from < to) {
            shade.pass(head, from, to);
            meter.add(head, from, to);
        }
    }

    /** How many octets of empty lines a request is to be rid of (RFC 9112 §2.2). */
    private int emptyOctets(ByteBuffer buffer, int from, int to) {
        int at = from;
        while (at < to && emptyOctets < MOST_EMPTY_OCTETS && (buffer.get(at) == '\r' || buffer.get(at) == '\n')) {
            at++;
            emptyOctets++;
        }
        return at - from;
    }

    /** Reads what nobody will look at; -1 when the client has closed. */
    private int discard() throws IOException {
        ByteBuffer into = scratch == null ? ByteBuffer.allocate(SCRATCH_SIZE) : scratch;
        scratch = into;
        int read = 1;
        for (int i = 0; i < MOST_READS && read > 0; i++) {
            read = next.read(into.clear());
        }
        return Math.min(read, 0);
    }
}
