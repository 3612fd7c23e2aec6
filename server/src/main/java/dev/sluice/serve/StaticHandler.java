package dev.sluice.serve;

import dev.sluice.http.MalformedPathException;
import dev.sluice.http.Method;
import dev.sluice.http.SitePath;
import dev.sluice.io.HotSet;
import dev.sluice.io.RegionSlice;
import dev.sluice.ledger.Ledger;
import dev.sluice.plan.Entrance;
import dev.sluice.plan.Lookup;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Request;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way of a request, top to bottom: read → which site? → hot set? → rules → resolve → plan → execute; the record is made
 * when the response ends ({@link Delivery}).
 *
 * <p>A hot file that everybody may have is answered right here in the I/O thread: no dispatch, no look at the disk, and no
 * rule, since what the rules say of it was found out when it was read. (The next request like it may not even come here: see
 * {@link FastPath}.) Everything else takes the {@link ColdPath} on a
 * worker, since finding and opening a file may wait.
 */
public final class StaticHandler implements HttpHandler {
    private final Serving serving;
    private final RequestReader reader = new RequestReader();
    private final Responder responder;
    private final ColdPath coldPath;
    private final Ledger ledger;
    private final BooleanSupplier draining;
    private final Function<HttpServerExchange, Egress> egresses;
    private final @Nullable SecureOrigin secureOrigin;

    /**
     * One that serves.
     *
     * @param serving what is served
     * @param storage where their bodies are held
     * @param options how responses are sent
     * @param ledger told of each response
     * @param connections asked whether the server is about to stop, and how many requests are in flight
     */
    public StaticHandler(
            Serving serving, Storage storage, SendOptions options, Ledger ledger, Connections connections) {
        this(serving, storage, options, ledger, connections, null);
    }

    /**
     * One that may have everything asked for over TLS.
     *
     * @param serving what is served
     * @param storage where their bodies are held
     * @param options how responses are sent
     * @param ledger told of each response
     * @param connections asked whether the server is about to stop
     * @param secureOrigin where every request for one of the sites is sent; null to serve it
     */
    public StaticHandler(
            Serving serving,
            Storage storage,
            SendOptions options,
            Ledger ledger,
            Connections connections,
            @Nullable SecureOrigin secureOrigin) {
        this(
                serving,
                storage,
                options,
                ledger,
                connections.requests(),
                connections::draining,
                Listener::wireOf,
                secureOrigin);
    }

    /**
     * One on whichever connections.
     *
     * @param requests the requests in flight
     * @param draining whether the server is about to stop
     * @param egresses where the response to an exchange leaves
     */
    StaticHandler(
            Serving serving,
            Storage storage,
            SendOptions options,
            Ledger ledger,
            InFlight requests,
            BooleanSupplier draining,
            Function<HttpServerExchange, Egress> egresses,
            @Nullable SecureOrigin secureOrigin) {
        this.serving = serving;
        DiskFaults faults = new DiskFaults("read");
        PlanExecutor executor = new PlanExecutor(serving, options, storage.encoders(), storage.disk(), faults);
        this.responder = new Responder(storage.policy(), executor, reader, this::turnPage);
        DirectoryLister lister = new DirectoryLister(storage.listingMemory());
        this.coldPath = new ColdPath(responder, reader, lister, requests, faults);
        this.ledger = ledger;
        this.draining = draining;
        this.egresses = egresses;
        this.secureOrigin = secureOrigin;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        Delivery delivery = Delivery.begin(exchange, egresses.apply(exchange), ledger);
        if (draining.getAsBoolean()) {
            exchange.setPersistent(false);
        }
        Lookup.Refused fault = fault(exchange);
        if (fault != null) {
            RequestBody.leave(exchange);
            responder.refuse(delivery, Method.GET, fault);
            return;
        }
        RequestBody.settle(exchange);
        SiteTable.Match match = serving.current().sites().find(exchange);
        ServedSite site = match.site();
        if (site == null) {
            responder.refuse(delivery, Method.GET, match.refusal());
        } else if (secureOrigin != null) {
            redirect(delivery, secureOrigin);
        } else {
            delivery.site(site);
            Method method = RequestReader.method(exchange);
            String rawPath = delivery.egress().path(exchange);
            LiveReload live = site.content().live();
            if (live == null || !live.answer(delivery, method, rawPath, responder)) {
                serve(delivery, site, method, rawPath);
            }
        }
    }

    /** What makes it doubtful what the request is, and where the next one begins; null if nothing does. */
    private static Lookup.@Nullable Refused fault(HttpServerExchange exchange) {
        if (!Framing.sound(exchange)) {
            return new Lookup.Misframed(Reasons.FRAMING);
        }
        return RequestTarget.sound(exchange) ? null : new Lookup.Rejected(Reasons.MALFORMED_TARGET);
    }

    /** The host is one of ours: nobody is sent elsewhere for having named it. */
    private void redirect(Delivery delivery, SecureOrigin to) {
        HttpServerExchange exchange = delivery.exchange();
        Method method = RequestReader.method(exchange);
        try {
            SitePath.parse(RequestReader.rawPath(exchange));
            responder.answer(
                    delivery,
                    method,
                    to.location(exchange)
                            .<Lookup>map(Lookup.Redirect::new)
                            .orElseGet(() -> new Lookup.Misdirected(Reasons.MALFORMED_HOST, true)));
        } catch (MalformedPathException e) {
            responder.refuse(delivery, method, new Lookup.Rejected(Reasons.MALFORMED_PATH));
        }
    }

    private void serve(Delivery delivery, ServedSite site, Method method, String rawPath) {
        if (delivery.egress().lacksSlash()) {
            String query = delivery.exchange().getQueryString();
            responder.answer(delivery, method, new Lookup.Redirect(query.isEmpty() ? "/" : "/?" + query));
            return;
        }
        if (method == Method.GET && (serveHot(delivery, site, rawPath) || coldPath.resume(delivery, site, rawPath))) {
            return;
        }
        try {
            SitePath path = SitePath.parse(rawPath);
            // The hot set knows each file under one spelling; another spelling of it is as hot.
            boolean respelt = method == Method.GET && !path.encoded().equals(rawPath);
            if (!respelt || !serveHot(delivery, site, path.encoded())) {
                enter(delivery, site, reader.read(delivery.exchange(), method), path);
            }
        } catch (MalformedPathException e) {
            // Some methods are no question of the path: OPTIONS *, CONNECT host:port.
            responder.refuse(delivery, method, new Lookup.Rejected(Reasons.MALFORMED_PATH));
        }
    }

    private boolean serveHot(Delivery delivery, ServedSite site, String path) {
        HotSet<Hot> hotSet = site.content().hotSet();
        HotSet.Entry<Hot> known = hotSet.peek(path);
        if (known == null || !known.value().entrance().open()) {
            return false;
        }
        RegionSlice slice = hotSet.acquire(known, delivery.startedAt());
        if (slice == null) {
            return false;
        }
        site.content()
                .refreshInBackground(
                        known, delivery.startedAt(), delivery.egress().worker());
        if (responder.answerHot(delivery, site, known, slice)) {
            return true;
        }
        Hot hot = known.value();
        Request request = reader.read(delivery.exchange(), Method.GET);
        responder.answer(
                new Visit(delivery, site, request, hot.path(), hot.entrance()), new HotSet.Leased<>(known, slice));
        return true;
    }

    /** The rules: they may answer, ask for a password, or send the request on to another path. */
    private void enter(Delivery delivery, ServedSite site, Request request, SitePath path) {
        Preflight preflight = Preflight.of(delivery.exchange().getRequestHeaders(), request.method());
        Entrance entrance = site.rules().before(preflight.method(), path);
        Visit visit = new Visit(delivery, site, request, path, entrance);
        Plan answer = preflight.answer(entrance, request.origin());
        if (answer != null) {
            responder.answer(visit, answer);
        } else {
            new Passage(visit, responder, this::proceed).go();
        }
    }

    /** What follows the rules, for one who may pass. */
    private void proceed(Visit visit) {
        Plan withoutLookup = visit.inquiry().withoutLookup();
        if (withoutLookup != null) {
            responder.answer(visit, withoutLookup);
        } else {
            HotSet.Leased<Hot> leased = visit.site()
                    .content()
                    .hotSet()
                    .acquire(visit.path().encoded(), visit.delivery().startedAt());
            if (leased == null) {
                coldPath.begin(visit);
            } else {
                Delivery delivery = visit.delivery();
                visit.site()
                        .content()
                        .refreshInBackground(
                                leased.entry(),
                                delivery.startedAt(),
                                delivery.egress().worker());
                responder.answer(visit, leased);
            }
        }
    }

    private void turnPage(Visit visit, Plan refusal, SitePath page) {
        coldPath.refuse(visit, refusal, page);
    }
}
