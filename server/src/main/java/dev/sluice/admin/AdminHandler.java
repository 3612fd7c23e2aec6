package dev.sluice.admin;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The admin API on Undertow: reads the exchange, asks the guard and the API, and sends what they answer.
 *
 * <p>Everything is computed and serialised on a worker thread, so that an operator's curiosity never delays a download.
 */
public final class AdminHandler implements HttpHandler {
    private static final Logger LOGGER = Logger.getLogger(AdminHandler.class.getName());

    private static final HttpString CONTENT_TYPE_OPTIONS = new HttpString("X-Content-Type-Options");

    private static final HttpString RESOURCE_POLICY = new HttpString("Cross-Origin-Resource-Policy");

    private final JsonMapper mapper = JsonMapper.builder()
            // Fields in the order of the contract, which is the order of the records' components.
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();
    private final AdminApi api;
    private final Streams streams;
    private final Guard guard;

    /**
     * Builds the handler.
     *
     * @param ports what the API can see of the server
     */
    public AdminHandler(AdminPorts ports) {
        this.api = new AdminApi(ports, InstantSource.system());
        this.streams = new Streams(ports, mapper);
        this.guard = new Guard(ports.token());
    }

    /**
     * Answers one request, on a worker thread.
     *
     * @param exchange the request
     */
    @Override
    public void handleRequest(HttpServerExchange exchange) {
        if (exchange.isInIoThread()) {
            exchange.dispatch(this);
            return;
        }
        Rendered rendered;
        try {
            Optional<Answer> answer = unlessStreamed(exchange, answer(exchange));
            if (answer.isEmpty()) {
                return;
            }
            rendered = render(negotiated(answer.get(), exchange));
        } catch (RuntimeException e) {
            LOGGER.log(Level.SEVERE, e, () -> "admin: cannot answer " + exchange.getRequestPath());
            rendered = render(Answer.problem(500, "the server's log says more", exchange.getRequestPath()));
        }
        send(exchange, rendered);
    }

    private static Answer negotiated(Answer answer, HttpServerExchange exchange) {
        if (!(answer.body() instanceof Negotiable negotiable)) {
            return answer;
        }
        HeaderValues accept = exchange.getRequestHeaders().get(Headers.ACCEPT);
        return negotiable.answer(accept == null ? "" : String.join(",", accept));
    }

    /** What is to be sent, or empty where a stream has been opened instead. */
    private Optional<Answer> unlessStreamed(HttpServerExchange exchange, Answer answer) {
        if (!(answer.body() instanceof StreamQuery query)) {
            return Optional.of(answer);
        }
        setFields(exchange, answer);
        return streams.open(exchange, query);
    }

    private Rendered render(Answer answer) {
        byte[] octets = answer.body() instanceof byte[] ready ? ready : mapper.writeValueAsBytes(answer.body());
        return new Rendered(answer, ByteBuffer.wrap(octets));
    }

    private Answer answer(HttpServerExchange exchange) {
        String path = exchange.getRequestPath();
        Provenance provenance = Provenance.of(exchange);
        boolean open = AdminApi.isOpen(path);
        String authorization = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
        return guard.refuse(path, open, provenance.host(), authorization)
                .or(() -> open ? Optional.empty() : guard.refuseForeign(path, changes(exchange), provenance))
                .orElseGet(() -> api.answer(exchange.getRequestMethod().toString(), path, exchange.getQueryString()));
    }

    private static boolean changes(HttpServerExchange exchange) {
        return !exchange.getRequestMethod().equals(Methods.GET)
                && !exchange.getRequestMethod().equals(Methods.HEAD);
    }

    private static void send(HttpServerExchange exchange, Rendered rendered) {
        setFields(exchange, rendered.answer());
        exchange.getResponseSender().send(rendered.octets());
    }

    private static void setFields(HttpServerExchange exchange, Answer answer) {
        exchange.setStatusCode(answer.status());
        exchange.getResponseHeaders()
                .put(Headers.CONTENT_TYPE, answer.mediaType())
                .put(Headers.CACHE_CONTROL, "no-store")
                .put(CONTENT_TYPE_OPTIONS, "nosniff")
                .put(RESOURCE_POLICY, "same-origin");
        answer.fields().forEach((name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
    }

    private record Rendered(Answer answer, ByteBuffer octets) {}
}
