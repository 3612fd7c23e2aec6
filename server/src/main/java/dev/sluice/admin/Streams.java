package dev.sluice.admin;

import dev.sluice.ledger.Feed;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.SameThreadExecutor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;
import tools.jackson.databind.json.JsonMapper;

/** Opens streams of records. */
final class Streams {
    static final String MEDIA_TYPE = "text/event-stream";

    private static final HttpString LAST_EVENT_ID = new HttpString("Last-Event-ID");

    /** A batch of events: one system call, and few enough that the processor's cache still has them for the next stream. */
    private static final int BUFFER_BYTES = 32 << 10;

    private final AdminPorts ports;
    private final JsonMapper mapper;
    private EventStream.@Nullable Shared shared;

    Streams(AdminPorts ports, JsonMapper mapper) {
        this.ports = ports;
        this.mapper = mapper;
    }

    /**
     * Opens a stream on an exchange whose fields are set, or sends its head alone.
     *
     * @return why not, or empty if the exchange is taken care of
     */
    Optional<Answer> open(HttpServerExchange exchange, StreamQuery query) {
        String path = exchange.getRequestPath();
        Feed feed = ports.streams().feed();
        try {
            StreamQuery from = query.after(exchange.getRequestHeaders().getFirst(LAST_EVENT_ID));
            if (exchange.getRequestMethod().equals(Methods.HEAD)) {
                return feed.isFull() ? Optional.of(full(path)) : head(exchange);
            }
            ExchangeSink sink = new ExchangeSink(exchange);
            if (!feed.join(new EventStream(from, sink, shared(), System.nanoTime()))) {
                return Optional.of(full(path));
            }
            exchange.dispatch(SameThreadExecutor.INSTANCE, sink::begin);
            return Optional.empty();
        } catch (BadParameterException e) {
            return Optional.of(Answer.problem(400, String.valueOf(e.getMessage()), path));
        }
    }

    private static Answer full(String path) {
        return Answer.problem(
                503, "no more streams (expected: at most " + Feed.MOST_LISTENERS + ", and a server that runs)", path);
    }

    private static Optional<Answer> head(HttpServerExchange exchange) {
        exchange.getResponseHeaders().put(Headers.TRANSFER_ENCODING, Headers.CHUNKED.toString());
        StreamSinkChannel channel = exchange.getResponseChannel();
        try {
            if (channel != null) {
                channel.shutdownWrites();
            }
            exchange.endExchange();
        } catch (IOException gone) {
            IoUtils.safeClose(exchange.getConnection());
        }
        return Optional.empty();
    }

    private synchronized EventStream.Shared shared() {
        EventStream.Shared made = shared;
        if (made == null) {
            made = new EventStream.Shared(
                    ports.streams().feed(),
                    ports.ledger(),
                    new Events(mapper),
                    ByteBuffer.allocateDirect(BUFFER_BYTES),
                    ports.streams().keepAlive().toNanos());
            shared = made;
        }
        return made;
    }
}
