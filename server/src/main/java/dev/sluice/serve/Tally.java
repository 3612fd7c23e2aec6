package dev.sluice.serve;

import dev.sluice.ledger.IoPath;
import dev.sluice.ledger.Served;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Protocols;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What was planned for one response and what it really took of the way out: the record of it.
 *
 * <p>Over TLS and HTTP/2, where bodies are copied, bytes count when the layer takes them; what it holds of a response that is
 * broken off, one buffer at most, has not reached the socket.
 */
final class Tally {
    /** Characters of a client's text that a record keeps. */
    private static final int LONGEST_TEXT = 2048;

    private final HttpServerExchange exchange;
    private final Egress egress;
    private final long startedAt = System.nanoTime();
    private final long regionBytesBefore;
    private final long sendfileBytesBefore;
    private final long directBytesBefore;

    private IoPath planned = IoPath.NONE;
    private @Nullable String coding;
    private String site = Served.NO_SITE;
    private String reason = "aborted";
    private boolean explained;
    private boolean waited;
    private int patched;

    Tally(HttpServerExchange exchange, Egress egress) {
        this.exchange = exchange;
        this.egress = egress;
        this.regionBytesBefore = egress.regionBytes();
        this.sendfileBytesBefore = egress.sendfileBytes();
        this.directBytesBefore = egress.directBytes();
    }

    /** {@link System#nanoTime()} when the request's head had been read. */
    long startedAt() {
        return startedAt;
    }

    void plan(IoPath path, String why) {
        planned = path;
        reason = why;
    }

    /**
     * Notes the value of {@code Content-Encoding}, or null. It cannot be asked for at the end: a client that leaves ends a response
     * while a worker puts fields into its head.
     */
    void coded(@Nullable String contentCoding) {
        coding = contentCoding;
    }

    /** Notes how many bytes of a mapped body were written by us. */
    void patched(int bytes) {
        patched = bytes;
    }

    /** Notes which site answers. */
    void site(String name) {
        site = name;
    }

    /** Notes that the disk was waited for, although the file is not read past the page cache. */
    void waited() {
        waited = true;
    }

    /** Replaces the reason, where what happened differs from what was planned. */
    void because(String why) {
        reason = why;
        explained = true;
    }

    /**
     * The record of the response, which has ended.
     *
     * @param complete whether all of it was sent
     */
    Served record(long id, boolean complete) {
        long fromRegion = egress.regionBytes() - regionBytesBefore;
        long bySendfile = egress.sendfileBytes() - sendfileBytesBefore;
        long direct = egress.directBytes() - directBytesBefore;
        long bytes = egress.bodyBytes(exchange);
        // What was read past the page cache went through a buffer of ours like any other copy.
        long copied = Math.max(0, bytes - fromRegion - bySendfile) + (fromRegion == bytes ? patched : 0);
        IoPath observed = observed(fromRegion, bySendfile, direct, copied);
        String differently = insteadOf(observed);
        String path = RequestReader.rawPath(exchange);
        String query = exchange.getQueryString();
        long took = System.nanoTime() - startedAt;
        return new Served(
                id,
                System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(took),
                site,
                egress.client(),
                protocol(),
                exchange.getRequestMethod().toString(),
                cut(query.isEmpty() ? path : path + '?' + query),
                cut(path),
                exchange.getStatusCode(),
                planned,
                observed,
                differently == null ? reason : differently,
                differently != null,
                bytes,
                copied,
                took,
                coding,
                field(exchange.getRequestHeaders(), Headers.REFERER),
                field(exchange.getRequestHeaders(), Headers.USER_AGENT),
                complete);
    }

    /** As the version is called (RFC 9113 §1), which has no minor one. */
    private String protocol() {
        return exchange.getProtocol().equals(Protocols.HTTP_2_0)
                ? "HTTP/2"
                : exchange.getProtocol().toString();
    }

    /**
     * Why it was not carried as planned, or null if it was: what broke it off is told first, then what is impossible on this
     * connection.
     */
    private @Nullable String insteadOf(IoPath observed) {
        if (explained) {
            return reason;
        }
        String why = egress.carrier().reason();
        if (why != null && observed == IoPath.COPY && planned != IoPath.COPY) {
            return why;
        }
        return waited ? Reasons.NOT_RESIDENT : null;
    }

    /** Records wait by the thousand, so what a client may choose the length of is bounded. */
    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }

    /** A field as it is recorded, or null. */
    static @Nullable String field(HeaderMap headers, HttpString name) {
        String value = headers.getFirst(name);
        return value == null ? null : cut(value);
    }

    /** The path that carried most of the body. */
    private IoPath observed(long fromRegion, long bySendfile, long direct, long copied) {
        if (fromRegion + bySendfile + copied == 0) {
            return IoPath.NONE;
        }
        if (bySendfile >= Math.max(fromRegion, copied)) {
            return IoPath.SENDFILE;
        }
        if (fromRegion < copied) {
            return direct > copied - direct ? IoPath.DIRECT : IoPath.COPY;
        }
        return planned == IoPath.COW ? IoPath.COW : IoPath.MMAP;
    }
}
