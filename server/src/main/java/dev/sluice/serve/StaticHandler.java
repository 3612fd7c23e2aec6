package dev.sluice.serve;

import dev.sluice.http.MalformedPathException;
import dev.sluice.http.Method;
import dev.sluice.http.SitePath;
import dev.sluice.io.HotSet;
import dev.sluice.ledger.Ledger;
import dev.sluice.plan.Lookup;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Planner;
import dev.sluice.plan.Request;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The way of a request, top to bottom: read → hot set? → resolve → plan → execute; the record is made when the response
 * ends ({@link Delivery}).
 *
 * <p>A hot file is answered right here in the I/O thread: no dispatch, no look at the disk. Everything else takes the
 * {@link ColdPath} on a worker, since finding and opening a file may wait.
 */
public final class StaticHandler implements HttpHandler {
    private static final Logger LOG = Logger.getLogger("sluice");

    private final HotSet<Hot> hotSet;
    private final Loader loader;
    private final Responder responder;
    private final ColdPath coldPath;
    private final Ledger ledger;
    private final Connections connections;

    /**
     * @param content the files
     * @param options how they are sent
     * @param ledger told of each response
     * @param connections asked whether the server is about to stop
     */
    public StaticHandler(SiteContent content, SendOptions options, Ledger ledger, Connections connections) {
        this.hotSet = content.hotSet();
        this.loader = content.loader();
        this.responder = new Responder(content.policy(), new PlanExecutor(options));
        this.coldPath = new ColdPath(loader, responder, content.notFoundPage());
        this.ledger = ledger;
        this.connections = connections;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        Delivery delivery = Delivery.begin(exchange, Listener.wireOf(exchange), ledger);
        if (connections.draining()) {
            exchange.setPersistent(false);
        }
        Method method = RequestReader.method(exchange);
        Optional<Plan> withoutLookup = Planner.withoutLookup(method);
        if (!Framing.sound(exchange)) {
            exchange.setPersistent(false);
            refuse(delivery, new Lookup.Misframed(Reasons.FRAMING));
        } else if (withoutLookup.isPresent()) {
            responder.answer(delivery, withoutLookup.get());
        } else {
            serve(delivery, method, RequestReader.rawPath(exchange));
        }
    }

    private void serve(Delivery delivery, Method method, String rawPath) {
        if (serveHot(delivery, method, rawPath)) {
            return;
        }
        try {
            SitePath path = SitePath.parse(rawPath);
            // The hot set knows each file under one spelling; another spelling of it is as hot.
            if (path.encoded().equals(rawPath) || !serveHot(delivery, method, path.encoded())) {
                Request request = RequestReader.read(delivery.exchange(), method);
                delivery.exchange().dispatch(() -> coldPath.serve(delivery, request, path));
            }
        } catch (MalformedPathException e) {
            refuse(delivery, new Lookup.Rejected(Reasons.MALFORMED_PATH));
        }
    }

    private boolean serveHot(Delivery delivery, Method method, String path) {
        HotSet.Entry<Hot> entry = hotSet.acquire(path, delivery.startedAt());
        if (entry == null) {
            return false;
        }
        if (hotSet.claimCheck(entry, delivery.startedAt())) {
            refreshInBackground(delivery, entry);
        }
        responder.answerHot(delivery, method, entry);
        return true;
    }

    private void refreshInBackground(Delivery delivery, HotSet.Entry<Hot> entry) {
        try {
            delivery.exchange().getConnection().getWorker().execute(() -> refresh(entry));
        } catch (RejectedExecutionException stopping) {
            hotSet.abandonCheck(entry);
        }
    }

    private void refresh(HotSet.Entry<Hot> entry) {
        try {
            loader.refresh(entry);
        } catch (IOException | RuntimeException e) {
            hotSet.abandonCheck(entry);
            LOG.log(Level.WARNING, "cannot check {0}: {1}", new Object[] {
                entry.value().path(), e
            });
        }
    }

    private void refuse(Delivery delivery, Lookup.Refused lookup) {
        responder.answer(delivery, RequestReader.read(delivery.exchange(), Method.GET), lookup);
    }
}
