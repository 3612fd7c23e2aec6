package dev.sluice.serve;

import io.undertow.server.HttpServerExchange;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSinkChannel;

/**
 * The last thing before the socket: counts what the kernel really took, and how it was handed over.
 *
 * <p>Undertow replaces a transfer by a copy without a word in several cases (TLS, HTTP/2, chunked, pipelined), so what was
 * meant proves nothing. Here, under everything else, a buffer's position moves only because the socket took the bytes, and
 * a transfer that arrives is the one that becomes sendfile(2). Either can arrive only in clear HTTP/1.1, where one response
 * is on a connection at a time, so a response is the difference of two readings.
 */
final class Wire extends CountingSink implements Egress {
    private final Link link;

    Wire(Link link) {
        super(link.connection().getSinkChannel().getConduit());
        this.link = link;
    }

    /** The connection it ends. */
    Link link() {
        return link;
    }

    @Override
    boolean copies() {
        return link.carrier().copies();
    }

    @Override
    public Carrier carrier() {
        return link.carrier();
    }

    @Override
    public String client() {
        return link.client();
    }

    @Override
    public Executor worker() {
        return link.worker();
    }

    @Override
    public @Nullable FastPath fastPath() {
        return link.fastPath();
    }

    @Override
    public int begin(Underway response) {
        return link.begin(response);
    }

    @Override
    public void end(int stream) {
        link.end(stream);
    }

    @Override
    public String path(HttpServerExchange exchange) {
        return RequestReader.rawPath(exchange);
    }

    @Override
    public boolean lacksSlash() {
        return false;
    }

    /** The site is all there is. */
    @Override
    public void fit(HttpServerExchange exchange) {}

    @Override
    public @Nullable StreamSinkChannel channel(HttpServerExchange exchange) {
        return exchange.getResponseChannel();
    }

    @Override
    public @Nullable Runnable elsewhere() {
        return null;
    }

    @Override
    public long bodyBytes(HttpServerExchange exchange) {
        return exchange.getResponseBytesSent();
    }
}
