package dev.sluice.serve;

import dev.sluice.http.AcceptField;
import dev.sluice.http.Method;
import dev.sluice.http.SitePath;
import dev.sluice.plan.Lookup;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Request;
import dev.sluice.site.OutOfDescriptors;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;
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

    private final Responder responder;
    private final RequestReader reader;
    private final DirectoryLister lister;
    private final InFlight requests;
    private final DiskFaults faults;

    /** That there are no more descriptors. */
    private final Seldom withoutDescriptors = new Seldom();

    ColdPath(Responder responder, RequestReader reader, DirectoryLister lister, InFlight requests, DiskFaults faults) {
        this.responder = responder;
        this.reader = reader;
        this.lister = lister;
        this.requests = requests;
        this.faults = faults;
    }

    /**
     * Answers a GET with a large file that was found a moment ago, here in the I/O thread.
     *
     * @return false if it is to be looked for; nothing has happened then
     */
    boolean resume(Delivery delivery, ServedSite site, String path) {
        HttpServerExchange exchange = delivery.exchange();
        if (!exchange.isInIoThread()) {
            return false;
        }
        FoundFiles.FoundFile found = site.content().foundFiles().acquire(path, delivery.startedAt());
        if (found == null) {
            return false;
        }
        Request request = null;
        try {
            request = reader.read(exchange, Method.GET);
        } finally {
            // For a digest the whole file may have to be read.
            if (request == null || request.wantsDigest()) {
                found.loaded().discard();
            }
        }
        if (request.wantsDigest()) {
            return false;
        }
        if (!admit(delivery)) {
            found.loaded().discard();
            return false;
        }
        Visit visit = new Visit(delivery, site, request, found.path(), found.entrance());
        // Not inside the handler: Undertow ends an exchange that its handler leaves while a disk is waited for.
        exchange.dispatch(
                SameThreadExecutor.INSTANCE, () -> guard(visit, () -> responder.answer(visit, found.loaded())));
        return true;
    }

    /** Finds the file and answers. */
    void begin(Visit visit) {
        visit.delivery().goCold();
        if (admit(visit.delivery())) {
            onWorker(visit, () -> find(visit));
        } else {
            responder.turnAway(visit, new Lookup.Unavailable(Reasons.REQUEST_LIMIT));
        }
    }

    /** Answers a refusal with a page of the site. */
    void refuse(Visit visit, Plan refusal, SitePath page) {
        if (admit(visit.delivery())) {
            onWorker(visit, () -> findPage(visit, refusal, page));
        } else {
            responder.answerWithoutPage(visit, refusal);
        }
    }

    /** Whether there is a place for one more request in flight, which this is then until it has been answered. */
    private boolean admit(Delivery delivery) {
        if (delivery.inFlight()) {
            return true;
        }
        InFlight.Place place = requests.enter();
        if (place == null) {
            return false;
        }
        delivery.occupy(place);
        return true;
    }

    private static void onWorker(Visit visit, Runnable task) {
        Runnable guarded = () -> guard(visit, task);
        HttpServerExchange exchange = visit.exchange();
        if (exchange.isInIoThread()) {
            ColdQueue queue = visit.site().content().coldQueue();
            exchange.dispatch(dispatched -> queue.execute(dispatched, exchange.getIoThread()), guarded);
        } else {
            guarded.run();
        }
    }

    /** Nobody else would answer for an exception on a worker. */
    private static void guard(Visit visit, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error bug) {
            LOG.log(Level.SEVERE, "unexpected failure while serving " + visit.path(), bug);
            visit.delivery().abort(Reasons.INTERNAL_ERROR);
        }
    }

    /** Looks for the file, and again a little later while it is being changed. */
    private void find(Visit visit) {
        try {
            Loaded loaded = load(visit);
            if (!(loaded instanceof Loaded.Unsettled)) {
                respond(visit, loaded);
            } else if (System.nanoTime() - visit.delivery().startedAt() < PATIENCE) {
                findLater(visit);
            } else {
                responder.answer(visit, new Lookup.Unavailable(Reasons.UNSETTLED));
            }
        } catch (IOException e) {
            fail(visit, e);
        }
    }

    /** Where there are no more descriptors, those that are kept for reuse are given back, and it is tried once more. */
    private static Loaded load(Visit visit) throws IOException {
        SiteContent content = visit.site().content();
        try {
            return content.loader().load(visit.path());
        } catch (IOException e) {
            if (!OutOfDescriptors.is(e)) {
                throw e;
            }
            content.closeIdle();
            return content.loader().load(visit.path());
        }
    }

    private void fail(Visit visit, IOException e) {
        if (!OutOfDescriptors.is(e)) {
            faults.tell(visit.path(), e);
            responder.answer(visit, new Lookup.Failed(Reasons.IO_ERROR));
            return;
        }
        if (withoutDescriptors.isDue()) {
            LOG.log(Level.WARNING, "cannot open {0}, and answers with 503: {1}", new Object[] {visit.path(), e});
        }
        responder.turnAway(visit, new Lookup.Unavailable(Reasons.OUT_OF_DESCRIPTORS));
    }

    private void findLater(Visit visit) {
        HttpServerExchange exchange = visit.exchange();
        Runnable again = () -> {
            try {
                exchange.getConnection().getWorker().execute(() -> guard(visit, () -> find(visit)));
            } catch (RejectedExecutionException stopping) {
                visit.delivery().abort(Reasons.CLIENT_GONE);
            }
        };
        exchange.getIoThread().executeAfter(again, TRY_AGAIN_AFTER_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void respond(Visit visit, Loaded loaded) throws IOException {
        if (loaded.plain() && visit.entrance().open()) {
            visit.site().content().plainPaths().note(visit.path().encoded());
        }
        if (loaded instanceof Loaded.InHotSet hot) {
            responder.answer(visit, hot.leased());
        } else if (loaded instanceof Loaded.Elsewhere elsewhere) {
            responder.answer(visit, visit.site().content().digests().completed(visit.request(), elsewhere));
        } else if (loaded instanceof Loaded.Made page) {
            responder.answer(visit, page);
        } else if (loaded instanceof Loaded.Unindexed unindexed) {
            list(visit, unindexed.directory().path());
        } else {
            absent(visit, ((Loaded.NoFile) loaded).lookup());
        }
    }

    private void list(Visit visit, SitePath directory) throws IOException {
        if (!visit.inquiry().lists(directory)) {
            absent(visit, new Lookup.Missing("no-index"));
            return;
        }
        AcceptField accept = RequestReader.accept(visit.exchange().getRequestHeaders());
        DirectoryLister.Listed listed = lister.list(visit.inquiry(), accept, directory);
        if (listed.lookup() instanceof Lookup.Listing listing) {
            responder.answer(visit, listing, listed.source());
        } else {
            responder.answer(visit, listed.lookup());
        }
    }

    private void absent(Visit visit, Lookup lookup) throws IOException {
        SitePath spa = visit.inquiry().substitute(lookup);
        if (spa == null) {
            responder.answer(visit, lookup);
        } else if (RequestReader.navigation(visit.exchange().getRequestHeaders())) {
            navigate(visit.decidedByAccept(), lookup, spa);
        } else {
            responder.answer(visit.decidedByAccept(), lookup);
        }
    }

    /** A page of the application answers for a path that only the application knows. */
    private void navigate(Visit visit, Lookup otherwise, SitePath spa) throws IOException {
        Loaded loaded = visit.site().content().loader().load(spa);
        if (loaded instanceof Loaded.InHotSet hot) {
            responder.answer(visit, hot.leased());
        } else if (loaded instanceof Loaded.Elsewhere elsewhere) {
            responder.answer(visit, visit.site().content().digests().completed(visit.request(), elsewhere));
        } else if (loaded instanceof Loaded.Made page) {
            responder.answer(visit, page);
        } else if (loaded instanceof Loaded.Unsettled) {
            responder.answer(visit, new Lookup.Unavailable(Reasons.UNSETTLED));
        } else {
            responder.answer(visit, otherwise);
        }
    }

    private void findPage(Visit visit, Plan refusal, SitePath page) {
        Loaded loaded = loadPage(visit, page);
        if (loaded instanceof Loaded.InHotSet hot) {
            Responder.Found found = responder.found(visit, hot.leased());
            responder.answerWithPage(visit, refusal, found.lookup(), found.source());
        } else if (loaded instanceof Loaded.Elsewhere elsewhere && elsewhere.template() == null) {
            responder.answerWithPage(visit, refusal, elsewhere);
        } else if (loaded instanceof Loaded.Made made) {
            responder.answerWithPage(visit, refusal, made.lookup(), made.source());
        } else {
            responder.answerWithoutPage(visit, refusal);
        }
    }

    private static @Nullable Loaded loadPage(Visit visit, SitePath page) {
        try {
            return visit.site().content().loader().load(page);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot serve the error page {0}: {1}", new Object[] {page, e});
            return null;
        }
    }
}
