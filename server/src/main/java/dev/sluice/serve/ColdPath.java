package dev.sluice.serve;

import dev.sluice.http.SitePath;
import dev.sluice.plan.Lookup;
import dev.sluice.plan.Request;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The way of a request that is not answered from the hot set: on a worker, since finding and opening a file may wait. */
final class ColdPath {
    private static final Logger LOG = Logger.getLogger("sluice");

    /** How long a file that keeps changing is waited for, before the client is told to come back. */
    private static final long PATIENCE = Duration.ofSeconds(1).toNanos();

    private static final long TRY_AGAIN_AFTER_MILLIS = 20;

    private final Loader loader;
    private final Responder responder;
    private final @Nullable SitePath notFoundPage;

    ColdPath(Loader loader, Responder responder, @Nullable SitePath notFoundPage) {
        this.loader = loader;
        this.responder = responder;
        this.notFoundPage = notFoundPage;
    }

    /** Finds the file and answers. To be called on a worker, where nobody else would answer for an exception. */
    void serve(Delivery delivery, Request request, SitePath path) {
        try {
            find(delivery, request, path);
        } catch (RuntimeException | Error bug) {
            LOG.log(Level.SEVERE, "unexpected failure while serving " + path, bug);
            delivery.abort(Reasons.INTERNAL_ERROR);
        }
    }

    /** Looks for the file, and again a little later while it is being changed. */
    private void find(Delivery delivery, Request request, SitePath path) {
        try {
            Loaded loaded = loader.load(path);
            if (!(loaded instanceof Loaded.Unsettled)) {
                respond(delivery, request, path, loaded);
            } else if (System.nanoTime() - delivery.startedAt() < PATIENCE) {
                findLater(delivery, request, path);
            } else {
                responder.answer(delivery, request, new Lookup.Unavailable(Reasons.UNSETTLED));
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot serve {0}: {1}", new Object[] {path, e});
            responder.answer(delivery, request, new Lookup.Failed(Reasons.IO_ERROR));
        }
    }

    private void findLater(Delivery delivery, Request request, SitePath path) {
        HttpServerExchange exchange = delivery.exchange();
        Runnable again = () -> {
            try {
                exchange.getConnection().getWorker().execute(() -> serve(delivery, request, path));
            } catch (RejectedExecutionException stopping) {
                delivery.abort(Reasons.CLIENT_GONE);
            }
        };
        exchange.getIoThread().executeAfter(again, TRY_AGAIN_AFTER_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void respond(Delivery delivery, Request request, SitePath path, Loaded loaded) throws IOException {
        if (loaded instanceof Loaded.InHotSet hot) {
            responder.answerHot(delivery, request.method(), hot.entry());
        } else if (loaded instanceof Loaded.Elsewhere elsewhere) {
            responder.answer(delivery, request, elsewhere.representation(), elsewhere.source());
        } else {
            absent(delivery, request, path, ((Loaded.NoFile) loaded).lookup());
        }
    }

    private void absent(Delivery delivery, Request request, SitePath path, Lookup lookup) throws IOException {
        if (lookup instanceof Lookup.Redirect redirect) {
            String query = delivery.exchange().getQueryString();
            String location = query.isEmpty() ? redirect.location() : redirect.location() + '?' + query;
            responder.answer(delivery, request, new Lookup.Redirect(location));
        } else if (lookup instanceof Lookup.Missing missing && notFoundPage != null && !path.equals(notFoundPage)) {
            answerWithPage(delivery, request, missing, notFoundPage);
        } else {
            responder.answer(delivery, request, lookup);
        }
    }

    private void answerWithPage(Delivery delivery, Request request, Lookup.Missing missing, SitePath page)
            throws IOException {
        Loaded loaded = loader.load(page);
        if (loaded instanceof Loaded.InHotSet hot) {
            Source source = new Source.FromRegion(hot.entry().slice());
            responder.answerMissing(
                    delivery, request, missing.reason(), hot.entry().value().representation(), source);
        } else if (loaded instanceof Loaded.Elsewhere elsewhere) {
            responder.answerMissing(
                    delivery, request, missing.reason(), elsewhere.representation(), elsewhere.source());
        } else {
            responder.answer(delivery, request, missing);
        }
    }
}
