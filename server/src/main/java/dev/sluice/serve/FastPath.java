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
    private boolean sending;

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
            KnownFields fields = known(request);
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
    private @Nullable KnownFields known(RawGet request) {
        KnownFields fields = known;
        if (fields == null || !request.has(fields)) {
            fields = scratch.known(request.fields());
            known = fields;
        }
        return fields;
    }

    private boolean answer(String path, KnownFields fields) {
        SiteContent content = fields.site().content();
        HotSet<Hot> hotSet = content.hotSet();
        HotSet.Entry<Hot> entry = hotSet.peek(path);
        if (entry == null || !entry.value().plain()) {
            return false;
        }
        long now = System.nanoTime();
        RegionSlice slice = hotSet.acquire(entry, now);
        if (slice == null) {
            return false;
        }
        content.refreshInBackground(entry, now, outlet.wire().link().worker());
        Hot hot = entry.value();
        Hot.LeasedVariant coded = hot.lease(fields.accepted());
        if (coded != null) {
            slice.release();
            return send(path, fields, coded.ready(), coded.slice(), now);
        }
        content.variants().want(entry, fields.accepted());
        return send(path, fields, hot.identity(), slice, now);
    }

    /** Sends a body that is leased. */
    private boolean send(String path, KnownFields fields, Ready ready, RegionSlice slice, long startedAt) {
        ByteBuffer head = scratch.head(ready.head().octets(outlet.secure()));
        if (head == null) {
            slice.release();
            return false;
        }
        new FastDelivery(this, path, fields, ready, slice, startedAt).send(head);
        return true;
    }

    /**
     * The request that is being handled, in the thread that has just read it, is answered with the whole of a hot file.
     * Requests like it need not come so far.
     */
    void learn(HttpServerExchange exchange, ServedSite site, AcceptEncoding accepted) {
        ByteBuffer buffer = arrived;
        arrived = null;
        RawGet request = scratch.request();
        if (buffer != null && scratch.mine() && repeatable(exchange, accepted) && request.take(buffer, from, to)) {
            HeaderMap headers = exchange.getRequestHeaders();
            known = scratch.remember(new KnownFields(
                    request.copyOfFields(),
                    site,
                    accepted,
                    Tally.field(headers, Headers.REFERER),
                    Tally.field(headers, Headers.USER_AGENT)));
        }
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

    /** Whether a response is still on its way, so that nothing more may be read. */
    boolean isSending() {
        return sending;
    }

    void sending(boolean now) {
        sending = now;
    }
}
