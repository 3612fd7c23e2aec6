package dev.sluice.serve;

import dev.sluice.http.HostTable;
import dev.sluice.ledger.Ledger;
import io.undertow.server.BlockingHttpExchange;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/**
 * One site in somebody else's Undertow: brings each exchange into the state in which {@link StaticHandler} finds it on a
 * connection of ours, and leaves nothing behind when it is closed.
 */
public final class GuestHandler implements HttpHandler, Closeable {
    private final Guests guests = new Guests();
    private final @Nullable HttpHandler next;
    private volatile @Nullable Open open;

    /** What there is until it is closed. */
    private record Open(StaticHandler handler, ServedSite site, Storage storage) {}

    /**
     * @param site what is served, whatever the host
     * @param storage the site's and nobody else's; closed with this
     * @param options how responses are sent
     * @param ledger told of each response
     * @param next answers what is not found, and every method but GET and HEAD; null to refuse them here
     */
    public GuestHandler(
            ServedSite site, Storage storage, SendOptions options, Ledger ledger, @Nullable HttpHandler next) {
        this.next = next;
        HostTable<ServedSite> everyHost =
                HostTable.<ServedSite>builder().add("default", site).build();
        StaticHandler handler = new StaticHandler(
                new Serving(new Edition(new SiteTable(everyHost), false)),
                storage,
                options,
                ledger,
                new InFlight(0),
                () -> false,
                this::egress,
                null);
        this.open = new Open(handler, site, storage);
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        Open now = open;
        if (now == null) {
            exchange.setStatusCode(StatusCodes.SERVICE_UNAVAILABLE).endExchange();
        } else if (next != null && !reads(exchange)) {
            next.handleRequest(exchange);
        } else if (exchange.isInIoThread()) {
            now.handler().handleRequest(exchange);
        } else {
            // Undertow ends an exchange that its handler leaves on a worker, whatever an I/O thread is about to send.
            exchange.dispatch(exchange.getIoThread(), now.handler());
        }
    }

    private static boolean reads(HttpServerExchange exchange) {
        return switch (RequestReader.method(exchange)) {
            case GET, HEAD -> true;
            default -> false;
        };
    }

    /** Streams are not used here, and to close them would block the I/O thread that ends the exchange. */
    private Egress egress(HttpServerExchange exchange) {
        BlockingHttpExchange blocking = exchange.isBlocking() ? exchange.startBlocking(new NoStreams()) : null;
        return new GuestEgress(exchange, guests, next, blocking);
    }

    /**
     * Answers 503 from now on, breaks off the responses that are under way, and gives back all that the site held: its regions as
     * soon as the garbage collector finds them, everything else at once. A second call does nothing.
     */
    @Override
    public synchronized void close() {
        Open last = open;
        open = null;
        if (last != null) {
            guests.close();
            last.site().content().retire();
            last.storage().releaseWatches();
            last.storage().close();
        }
    }
}
