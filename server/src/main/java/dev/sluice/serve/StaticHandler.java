package dev.sluice.serve;

import dev.sluice.http.MalformedPathException;
import dev.sluice.http.Method;
import dev.sluice.http.SitePath;
import dev.sluice.io.HotSet;
import dev.sluice.ledger.Ledger;
import dev.sluice.plan.Lookup;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Planner;
import dev.sluice.plan.Policy;
import dev.sluice.plan.Representation;
import dev.sluice.plan.Request;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The way of a request, top to bottom: read, hot set, resolve, plan, execute; the record is made when the response ends.
 *
 * <p>A hot file is answered right here in the I/O thread: no dispatch, no look at the disk. Everything else goes to a
 * worker, since finding and opening a file may wait.
 */
public final class StaticHandler implements HttpHandler {
    private static final Logger LOG = Logger.getLogger("sluice");

    /** How long a file that keeps changing is waited for, before the client is told to come back. */
    private static final long PATIENCE = Duration.ofSeconds(1).toNanos();

    private final Policy policy;
    private final HotSet<Hot> hotSet;
    private final Loader loader;
    private final PlanExecutor executor;
    private final Ledger ledger;
    private final Connections connections;
    private final @Nullable SitePath notFoundPage;

    /**
     * @param content the files
     * @param options how they are sent
     * @param ledger told of each response
     * @param connections asked whether the server is about to stop
     */
    public StaticHandler(SiteContent content, SendOptions options, Ledger ledger, Connections connections) {
        this.policy = content.policy();
        this.hotSet = content.hotSet();
        this.loader = content.loader();
        this.notFoundPage = content.notFoundPage();
        this.executor = new PlanExecutor(options);
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
        if (!Framing.sound(exchange)) {
            exchange.setPersistent(false);
            answer(delivery, RequestReader.read(exchange, Method.GET), new Lookup.Misframed("framing"));
            return;
        }
        Optional<Plan> withoutLookup = Planner.withoutLookup(method);
        if (withoutLookup.isPresent()) {
            executor.execute(delivery, withoutLookup.get(), Source.Nowhere.INSTANCE);
            return;
        }
        String rawPath = RequestReader.rawPath(exchange);
        if (!serveHot(delivery, method, rawPath)) {
            parse(delivery, method, rawPath);
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
        executeHot(delivery, method, entry);
        return true;
    }

    private void executeHot(Delivery delivery, Method method, HotSet.Entry<Hot> entry) {
        Hot hot = entry.value();
        Source source = new Source.FromRegion(entry.slice());
        if (method == Method.GET && !RequestReader.conditional(delivery.exchange())) {
            executor.execute(delivery, hot.plan(), hot.head(), source);
        } else {
            Request request = RequestReader.read(delivery.exchange(), method);
            Lookup lookup = new Lookup.Found(hot.representation());
            executor.execute(delivery, Planner.plan(request, lookup, policy), source);
        }
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
        } catch (IOException e) {
            hotSet.abandonCheck(entry);
            LOG.log(Level.WARNING, "cannot check {0}: {1}", new Object[] {
                entry.value().path(), e
            });
        }
    }

    private void parse(Delivery delivery, Method method, String rawPath) {
        try {
            SitePath path = SitePath.parse(rawPath);
            // The hot set knows each file under one spelling; another spelling of it is as hot.
            if (path.encoded().equals(rawPath) || !serveHot(delivery, method, path.encoded())) {
                Request request = RequestReader.read(delivery.exchange(), method);
                delivery.exchange().dispatch(() -> find(delivery, request, path));
            }
        } catch (MalformedPathException e) {
            answer(delivery, RequestReader.read(delivery.exchange(), method), new Lookup.Rejected("malformed-path"));
        }
    }

    /** On a worker, where nobody would answer for an exception. */
    private void find(Delivery delivery, Request request, SitePath path) {
        try {
            tryToFind(delivery, request, path);
        } catch (RuntimeException | Error bug) {
            LOG.log(Level.SEVERE, "unexpected failure while serving " + path, bug);
            delivery.abort("internal-error");
        }
    }

    /** Looks for the file, and again a little later while it is being changed. */
    private void tryToFind(Delivery delivery, Request request, SitePath path) {
        try {
            Loaded loaded = loader.load(path);
            if (!(loaded instanceof Loaded.Unsettled)) {
                respond(delivery, request, path, loaded);
            } else if (System.nanoTime() - delivery.startedAt() < PATIENCE) {
                findLater(delivery, request, path);
            } else {
                answer(delivery, request, new Lookup.Unavailable("unsettled"));
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot serve {0}: {1}", new Object[] {path, e});
            answer(delivery, request, new Lookup.Failed(Reasons.IO_ERROR));
        }
    }

    private void findLater(Delivery delivery, Request request, SitePath path) {
        HttpServerExchange exchange = delivery.exchange();
        Runnable again = () -> exchange.getConnection().getWorker().execute(() -> find(delivery, request, path));
        exchange.getIoThread().executeAfter(again, Settling.SETTLE.toMillis() / 2, TimeUnit.MILLISECONDS);
    }

    private void respond(Delivery delivery, Request request, SitePath path, Loaded loaded) throws IOException {
        if (loaded instanceof Loaded.InHotSet hot) {
            executeHot(delivery, request.method(), hot.entry());
        } else if (loaded instanceof Loaded.Elsewhere elsewhere) {
            Plan plan = Planner.plan(request, new Lookup.Found(elsewhere.representation()), policy);
            executor.execute(delivery, plan, elsewhere.source());
        } else {
            absent(delivery, request, path, ((Loaded.NoFile) loaded).lookup());
        }
    }

    private void absent(Delivery delivery, Request request, SitePath path, Lookup lookup) throws IOException {
        if (lookup instanceof Lookup.Redirect redirect) {
            String query = delivery.exchange().getQueryString();
            String location = query.isEmpty() ? redirect.location() : redirect.location() + '?' + query;
            answer(delivery, request, new Lookup.Redirect(location));
        } else if (lookup instanceof Lookup.Missing missing && notFoundPage != null && !path.equals(notFoundPage)) {
            answerWithPage(delivery, request, missing, notFoundPage);
        } else {
            answer(delivery, request, lookup);
        }
    }

    private void answerWithPage(Delivery delivery, Request request, Lookup.Missing missing, SitePath page)
            throws IOException {
        Loaded loaded = loader.load(page);
        if (loaded instanceof Loaded.InHotSet hot) {
            Source source = new Source.FromRegion(hot.entry().slice());
            answerWithPage(delivery, request, missing, hot.entry().value().representation(), source);
        } else if (loaded instanceof Loaded.Elsewhere elsewhere) {
            answerWithPage(delivery, request, missing, elsewhere.representation(), elsewhere.source());
        } else {
            answer(delivery, request, missing);
        }
    }

    private void answerWithPage(
            Delivery delivery, Request request, Lookup.Missing missing, Representation page, Source source) {
        Lookup lookup = new Lookup.Missing(missing.reason(), page);
        executor.execute(delivery, planned(request, lookup), source);
    }

    private void answer(Delivery delivery, Request request, Lookup lookup) {
        executor.execute(delivery, planned(request, lookup), Source.Nowhere.INSTANCE);
    }

    /** The client is told the same for all that is missing; the record tells why. */
    private Plan planned(Request request, Lookup lookup) {
        Plan plan = Planner.plan(request, lookup, policy);
        return lookup instanceof Lookup.Refused refused ? plan.because(refused.reason()) : plan;
    }
}
