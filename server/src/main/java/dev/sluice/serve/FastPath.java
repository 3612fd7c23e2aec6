package dev.sluice.serve;

import dev.sluice.http.AcceptEncoding;
import dev.sluice.http.ContentCoding;
import dev.sluice.io.HotSet;
import dev.sluice.io.RegionSlice;
import io.undertow.server.AbstractServerConnection;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.Protocols;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Answers, from below Undertow, a GET of a hot file whose fields are those of an earlier GET.
 *
 * <p>It decides nothing by itself. The first such request takes the long way through {@link StaticHandler}; if that answers
 * with the whole of a hot file, the octets of the request's fields are remembered. A next request that comes with one read,
 * alone, and differs in the path at most gets what the long way would give it: the same choice of coding, the same fields, the
 * same record. Everything else, and whatever is doubtful, goes to the parser as if nobody had looked at it.
 *
 * <p>It saves the parser, the exchange and its fields: two thirds of the time that a request spends outside the kernel.
 *
 * <p>What is not in the hot set, but was answered like that before, is read and sent by a worker ({@link FastLoad}).
 *
 * <p>Used by the connection's I/O thread, and does nothing in another.
 */
final class FastPath {
    private final FastPaths shared;
    private final Outlet outlet;
    private final Scratch scratch;
    private @Nullable KnownFields known;

    /** Where the head lies that the parser is reading, if it came with one read. */
    private @Nullable ByteBuffer arrived;

    private int from;
    private int to;

    /** Changed under the lock, together. */
    private volatile boolean sending;

    private boolean held;

    FastPath(FastPaths shared, Outlet outlet, Scratch scratch) {
        this.shared = shared;
        this.outlet = outlet;
        this.scratch = scratch;
    }

    /**
     * Answers a request, if it is one of those.
     *
     * @param buffer that holds all that has come since the last request, from here to there
     * @return whether it is answered; if not, nothing has happened
     */
    boolean answer(ByteBuffer buffer, int from, int to) {
        arrived = null;
        if (!scratch.mine() || shared.draining()) {
            return false;
        }
        RawGet request = scratch.request();
        if (request.take(buffer, from, to)) {
            KnownFields fields = known(request, shared.current());
            if (fields != null && answer(request.path(), fields)) {
                return true;
            }
        }
        arrived = buffer;
        this.from = from;
        this.to = to;
        return false;
    }

    /** What is known of a request's fields: mostly they are those of the one before. */
    private @Nullable KnownFields known(RawGet request, Edition now) {
        KnownFields fields = known;
        if (fields == null || fields.edition() != now || !request.has(fields)) {
            fields = scratch.known(request.fields(), now);
            known = fields;
        }
        return fields;
    }

    private boolean answer(String path, KnownFields fields) {
        SiteContent content = fields.site().content();
        HotSet<Hot> hotSet = content.hotSet();
        HotSet.Entry<Hot> entry = hotSet.peek(path);
        if (entry == null) {
            return load(path, fields);
        }
        if (!entry.value().plain()) {
            return false;
        }
        long now = System.nanoTime();
        RegionSlice slice = hotSet.acquire(entry, now);
        if (slice == null) {
            return load(path, fields);
        }
        content.refreshInBackground(entry, now, outlet.wire().link().worker());
        Hot.LeasedVariant chosen = choose(entry, slice, fields);
        long epochMillis = System.currentTimeMillis();
        ByteBuffer head = scratch.head(chosen.ready().head(outlet.secure()), epochMillis);
        if (head == null) {
            chosen.slice().release();
            return false;
        }
        new FastDelivery(this, path, fields, chosen.ready(), new Source.FromRegion(chosen.slice()), now, epochMillis)
                .send(head);
        return true;
    }

    /** Has a worker read and send what is not in the hot set, if that is likely to be all there is to do. */
    private boolean load(String path, KnownFields fields) {
        // TLS may hold another request back, of which nobody tells when this one has been answered.
        boolean promising =
                !outlet.secure() && fields.site().content().plainPaths().knows(path);
        return promising && new FastLoad(this, path, fields, scratch.request().copy()).begin();
    }

    /** Chooses what the client likes best of a hot file; the lease goes over to what is chosen. */
    Hot.LeasedVariant choose(HotSet.Entry<Hot> entry, RegionSlice slice, KnownFields fields) {
        Hot hot = entry.value();
        Hot.LeasedVariant coded = hot.lease(fields.accepted());
        if (coded != null) {
            slice.release();
            return coded;
        }
        fields.site().content().variants().want(entry, fields.accepted());
        return new Hot.LeasedVariant(hot.identity(), slice);
    }

    /**
     * The request that is being handled, in the thread that has just read it, is answered with the whole of a hot file.
     * Requests like it need not come so far.
     */
    void learn(HttpServerExchange exchange, ServedSite site, AcceptEncoding accepted) {
        ByteBuffer buffer = arrived;
        arrived = null;
        RawGet request = scratch.request();
        Edition now = shared.current();
        if (buffer != null
                && scratch.mine()
                && repeatable(exchange, accepted)
                && leadsTo(now, exchange, site)
                && request.take(buffer, from, to)) {
            HeaderMap headers = exchange.getRequestHeaders();
            known = scratch.remember(new KnownFields(
                    request.copyOfFields(),
                    now,
                    site,
                    accepted,
                    Tally.field(headers, Headers.REFERER),
                    Tally.field(headers, Headers.USER_AGENT)));
        }
    }

    /**
     * Whether what is served now gives such a request to that site, which was found in what was served a moment ago; and by a
     * response that tells nothing that only the handler knows.
     */
    private static boolean leadsTo(Edition now, HttpServerExchange exchange, ServedSite site) {
        ServedSite found = now.sites().find(exchange).site();
        return !now.serverTiming() && found != null && found.content() == site.content();
    }

    /** Whether no more than the fields can make a difference, and the next request begins where this one ends. */
    private static boolean repeatable(HttpServerExchange exchange, AcceptEncoding accepted) {
        HeaderMap headers = exchange.getRequestHeaders();
        return nothingBehind(exchange)
                && exchange.isPersistent()
                && exchange.isRequestComplete()
                && exchange.getProtocol().equals(Protocols.HTTP_1_1)
                && !headers.contains(Headers.CONTENT_LENGTH)
                && !headers.contains(Headers.TRANSFER_ENCODING)
                && !headers.contains(Headers.EXPECT)
                && !headers.contains(Headers.UPGRADE)
                && accepted.quality(ContentCoding.IDENTITY) > 0;
    }

    /** The parser has taken all that had come, so that what had come is one request and not the beginning of another. */
    private static boolean nothingBehind(HttpServerExchange exchange) {
        return ((AbstractServerConnection) exchange.getConnection()).getExtraBytes() == null;
    }

    /** What the parser reads next did not come with one read, or not alone. */
    void forget() {
        arrived = null;
    }

    FastPaths shared() {
        return shared;
    }

    Outlet outlet() {
        return outlet;
    }

    /** A response is on its way, of which Undertow does not know: nothing more may be read before it is over. */
    void begin() {
        sending = true;
    }

    /** Whether there is such a response. */
    boolean isSending() {
        return sending;
    }

    /**
     * Whether there is such a response, so that nothing may be read now: then nothing is told of what comes, either, until it
     * is over. Mostly nothing comes meanwhile, and so nothing is to be suspended. In the I/O thread.
     */
    boolean holds(Inlet inlet) {
        return sending && hold(inlet);
    }

    private synchronized boolean hold(Inlet inlet) {
        if (sending) {
            // Undertow resumes reading after each read that gave nothing, as far as it knows.
            inlet.suspendReads();
            held = true;
        }
        return sending;
    }

    /** Whether there is such a response: then reading goes on after it. */
    boolean owesReads() {
        if (!sending) {
            return false;
        }
        synchronized (this) {
            held |= sending;
            return sending;
        }
    }

    /** The response is over, or somebody else gives it. */
    void over() {
        boolean resumed;
        synchronized (this) {
            sending = false;
            resumed = held;
            held = false;
        }
        if (resumed) {
            outlet.channel().getSourceChannel().resumeReads();
        }
    }

    /** Has the parser read a request that could not be answered after all. In the I/O thread. */
    void giveBack(ByteBuffer request) {
        Inlet inlet = outlet.wire().link().inlet();
        if (inlet != null) {
            inlet.readAgain(request);
        }
    }
}
