package dev.sluice.serve;

import dev.sluice.ledger.IoPath;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.Served;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Protocols;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;

/**
 * One response from the request's head to its record: what it holds, and what became of it.
 *
 * <p>It ends exactly once, however the exchange ends, and then gives back what it held and tells the ledger.
 */
final class Delivery implements ExchangeCompletionListener {
    /** Characters of a client's text that a record keeps. */
    private static final int LONGEST_TEXT = 2048;

    private static final long UNKNOWN_LENGTH = -1;

    private final HttpServerExchange exchange;
    private final Wire wire;
    private final Ledger ledger;
    private final long startedAt = System.nanoTime();
    private final long regionBytesBefore;
    private final long sendfileBytesBefore;
    private final AtomicBoolean ended = new AtomicBoolean();

    private IoPath planned = IoPath.NONE;
    private String reason = "aborted";
    private boolean explained;
    private long expected;
    private int patched;
    private boolean cold;
    private Pace pace = Pace.UNLIMITED;
    private volatile long pausedUntil = startedAt;
    private long seenProgress;
    private long seenProgressAt = startedAt;
    private boolean aborted;
    private final AtomicReference<@Nullable Source> held = new AtomicReference<>();

    private Delivery(HttpServerExchange exchange, Wire wire, Ledger ledger) {
        this.exchange = exchange;
        this.wire = wire;
        this.ledger = ledger;
        this.regionBytesBefore = wire.regionBytes();
        this.sendfileBytesBefore = wire.sendfileBytes();
    }

    /** Starts following an exchange. */
    static Delivery begin(HttpServerExchange exchange, Wire wire, Ledger ledger) {
        Delivery delivery = new Delivery(exchange, wire, ledger);
        ledger.began();
        wire.link().begin(delivery);
        exchange.addExchangeCompleteListener(delivery);
        return delivery;
    }

    HttpServerExchange exchange() {
        return exchange;
    }

    Wire wire() {
        return wire;
    }

    /** {@link System#nanoTime()} when the request's head had been read. */
    long startedAt() {
        return startedAt;
    }

    /** Notes what was planned; {@code bytes} is the length of the body that is to go out. */
    void plan(IoPath path, String why, long bytes) {
        planned = path;
        reason = why;
        expected = bytes;
    }

    /** Notes that the hot set did not have it. */
    void goCold() {
        cold = true;
    }

    /** Whether a worker had to look for it. */
    boolean cold() {
        return cold;
    }

    /** Notes how many bytes of a mapped body were written by us. */
    void patched(int bytes) {
        patched = bytes;
    }

    /** All of a body whose length nobody knew has been made. */
    void produced() {
        expected = UNKNOWN_LENGTH;
    }

    /** Replaces the reason, where what happened differs from what was planned. */
    void because(String why) {
        reason = why;
        explained = true;
    }

    /** Bounds the speed at which the body is sent; to be called before it is. 0 bytes a second stand for no bound. */
    void pace(long bytesPerSecond) {
        pace = Pace.of(bytesPerSecond);
    }

    Pace pace() {
        return pace;
    }

    /**
     * Stops sending for as long as the pace demands, without a thread that waits.
     *
     * @param channel whose write listener then gets its turn
     */
    void pause(StreamSinkChannel channel, long nanos) {
        pausedUntil = System.nanoTime() + nanos;
        channel.suspendWrites();
        Runnable goOn = () -> {
            if (!ended.get()) {
                channel.resumeWrites();
            }
        };
        try {
            exchange.getIoThread().executeAfter(goOn, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException stopping) {
            abort(Reasons.CLIENT_GONE);
        }
    }

    /**
     * Whether nothing of it has moved for that long, although it was not made to wait. To be asked by one thread, now and
     * then. A stream of HTTP/2 moves when bytes are put into its frames, everything else when the socket takes some.
     */
    boolean stalled(long now, long limitNanos) {
        boolean stream = wire.link().carrier() == Carrier.HTTP2;
        long progress = stream ? exchange.getResponseBytesSent() : wire.progress();
        if (progress != seenProgress) {
            seenProgress = progress;
            seenProgressAt = now;
        }
        return now - Math.max(seenProgressAt, pausedUntil) > limitNanos;
    }

    /**
     * Keeps what the body comes from leased until the response has ended. One that has ended already, because its connection was
     * closed while a worker looked for the file, gives it back at once.
     */
    void hold(Source source) {
        held.set(source);
        if (ended.get()) {
            letGo();
        }
    }

    private void letGo() {
        Source source = held.getAndSet(null);
        if (source != null) {
            source.release();
        }
    }

    /** Breaks the connection off, so that the client sees a short body and not a wrong one. */
    void abort(String why) {
        if (ended.get()) {
            // The connection may carry the next response by now.
            return;
        }
        aborted = true;
        because(why);
        IoUtils.safeClose(exchange.getConnection());
        end();
    }

    @Override
    public void exchangeEvent(HttpServerExchange done, NextListener next) {
        try {
            if (!complete()) {
                lost();
            } else {
                end();
            }
        } finally {
            next.proceed();
        }
    }

    /** Whether all of the response has been sent. */
    private boolean complete() {
        boolean all = expected == UNKNOWN_LENGTH || exchange.getResponseBytesSent() == expected;
        return all && exchange.isResponseComplete();
    }

    /** The response ends before its body does: unless it was aborted for a reason of ours, the client has gone. */
    void lost() {
        if (!aborted) {
            because(Reasons.CLIENT_GONE);
        }
        end();
    }

    /** Ends the response: idempotent, from any thread. */
    void end() {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        wire.unwatch();
        wire.link().end(this);
        try {
            ledger.record(record());
        } finally {
            letGo();
        }
    }

    private Served record() {
        long fromRegion = wire.regionBytes() - regionBytesBefore;
        long bySendfile = wire.sendfileBytes() - sendfileBytesBefore;
        long bytes = exchange.getResponseBytesSent();
        long copied = Math.max(0, bytes - fromRegion - bySendfile) + (fromRegion == bytes ? patched : 0);
        String path = RequestReader.rawPath(exchange);
        String query = exchange.getQueryString();
        long took = System.nanoTime() - startedAt;
        IoPath observed = observed(fromRegion, bySendfile, copied);
        return new Served(
                ledger.nextId(),
                System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(took),
                wire.link().client(),
                protocol(),
                exchange.getRequestMethod().toString(),
                cut(query.isEmpty() ? path : path + '?' + query),
                cut(path),
                exchange.getStatusCode(),
                planned,
                observed,
                reasonFor(observed),
                bytes,
                copied,
                took,
                exchange.getResponseHeaders().getFirst(Headers.CONTENT_ENCODING),
                field(Headers.REFERER),
                field(Headers.USER_AGENT),
                !aborted && complete());
    }

    /** As the version is called (RFC 9113 §1), which has no minor one. */
    private String protocol() {
        return exchange.getProtocol().equals(Protocols.HTTP_2_0)
                ? "HTTP/2"
                : exchange.getProtocol().toString();
    }

    /** What was planned may have been impossible on this connection; what broke it off is told first. */
    private String reasonFor(IoPath observed) {
        String why = wire.link().carrier().reason();
        boolean differs = observed == IoPath.COPY && planned != IoPath.COPY;
        return why != null && differs && !explained ? why : reason;
    }

    /** Records wait by the thousand, so what a client may choose the length of is bounded. */
    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }

    private @Nullable String field(HttpString name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? null : cut(value);
    }

    /** The path that carried most of the body. */
    private IoPath observed(long fromRegion, long bySendfile, long copied) {
        if (fromRegion + bySendfile + copied == 0) {
            return IoPath.NONE;
        }
        if (bySendfile >= Math.max(fromRegion, copied)) {
            return IoPath.SENDFILE;
        }
        if (fromRegion < copied) {
            return IoPath.COPY;
        }
        return planned == IoPath.COW ? IoPath.COW : IoPath.MMAP;
    }
}
