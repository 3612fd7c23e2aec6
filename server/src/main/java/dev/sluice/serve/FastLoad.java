package dev.sluice.serve;

import dev.sluice.http.MalformedPathException;
import dev.sluice.http.Method;
import dev.sluice.http.SitePath;
import dev.sluice.plan.Conditions;
import dev.sluice.plan.Entrance;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Planner;
import dev.sluice.plan.Representation;
import dev.sluice.plan.Request;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A request on the {@link FastPath} for a small file that is not in the hot set: a worker reads the file, and sends it, too.
 *
 * <p>Its path was answered so before. If it is not this time, the parser is given the request as if nobody had looked at it.
 * Until then nothing has been sent, and nothing else has been read from the client.
 */
final class FastLoad implements Underway {
    private final FastPath path;
    private final String target;
    private final KnownFields fields;
    private final ByteBuffer request;
    private final long startedAt = System.nanoTime();
    private final long startedMillis = System.currentTimeMillis();

    /** What is sent, as soon as that is known. */
    private volatile @Nullable FastDelivery delivery;

    private volatile boolean lost;

    /** Among the requests in flight. */
    private InFlight.@Nullable Place place;

    /**
     * @param target the path that was asked for
     * @param request all octets of the request, given away
     */
    FastLoad(FastPath path, String target, KnownFields fields, ByteBuffer request) {
        this.path = path;
        this.target = target;
        this.fields = fields;
        this.request = request;
    }

    /**
     * Begins.
     *
     * @return false if no worker takes it, or too many requests are in flight; then nothing has happened
     */
    boolean begin() {
        place = path.shared().requests().enter();
        return place != null && beginInFlight();
    }

    private boolean beginInFlight() {
        Link link = link();
        path.begin();
        link.begin(this);
        path.shared().ledger().began();
        try {
            fields.site().content().coldQueue().execute(this::load, link.ioThread());
            return true;
        } catch (RejectedExecutionException stopping) {
            handOn();
            return false;
        }
    }

    private Link link() {
        return path.outlet().wire().link();
    }

    /** The file has been read, or will not be. */
    private void leave() {
        if (place != null) {
            place.leave();
        }
    }

    /** Nothing will be sent from here. */
    private void handOn() {
        leave();
        path.shared().ledger().handedOn();
        link().end(0);
        path.over();
    }

    private void load() {
        boolean answered = false;
        try {
            answered = answer();
        } catch (IOException | MalformedPathException | RuntimeException | Error e) {
            // The long way meets it again, and tells of it.
        }
        FastDelivery begun = delivery;
        if (begun == null && !answered) {
            handBack();
        } else if (begun != null && !answered) {
            begun.abort(Reasons.INTERNAL_ERROR);
        }
    }

    private void handBack() {
        try {
            link().ioThread().execute(this::giveUp);
        } catch (RejectedExecutionException stopping) {
            link().close();
        }
    }

    /** In the I/O thread: the long way begins at the parser. */
    private void giveUp() {
        handOn();
        path.giveBack(request);
    }

    private boolean answer() throws IOException, MalformedPathException {
        SitePath sitePath = SitePath.parse(target);
        Entrance entrance = fields.site().rules().before(Method.GET, sitePath);
        if (!entrance.open()) {
            return false;
        }
        Loaded loaded = fields.site().content().loader().load(sitePath);
        if (!loaded.plain()) {
            loaded.discard();
            return false;
        }
        if (loaded instanceof Loaded.InHotSet hot) {
            Hot.LeasedVariant chosen =
                    path.choose(hot.leased().entry(), hot.leased().slice(), fields);
            send(chosen.ready(), new Source.FromRegion(chosen.slice()));
            return true;
        }
        return send((Loaded.Elsewhere) loaded, entrance);
    }

    private boolean send(Loaded.Elsewhere file, Entrance entrance) {
        Request plainGet = new Request(Method.GET, Instant.now(), Conditions.NONE, fields.accepted(), false, null);
        Plan plan =
                Planner.plan(plainGet, file.lookup(), fields.site().content().policy());
        Source source = file.take(plan.coding());
        Plan dressed = file.dressing().dress(plan, entrance.cors(), null);
        Representation chosen = file.found().choice(plan.coding());
        Ready ready = chosen == null ? null : Ready.of(chosen, dressed);
        if (ready == null || !ready.repeatable() || !(source instanceof Source.FromMemory)) {
            source.release();
            return false;
        }
        send(ready, source);
        return true;
    }

    private void send(Ready ready, Source source) {
        FastDelivery answer = new FastDelivery(path, target, fields, ready, source, startedAt, startedMillis);
        delivery = answer;
        leave();
        answer.sendBegun(path.shared().head(ready.head(false)));
        if (lost) {
            answer.lost();
        }
    }

    @Override
    public void lost() {
        lost = true;
        FastDelivery answer = delivery;
        if (answer != null) {
            answer.lost();
        }
    }

    @Override
    public @Nullable String fault(long now, Patience patience) {
        FastDelivery answer = delivery;
        if (answer != null) {
            return answer.fault(now, patience);
        }
        return now - startedAt > patience.nanos() ? Reasons.STALLED : null;
    }

    @Override
    public boolean obstructs() {
        return false;
    }

    @Override
    public void moveOut(Refuge refuge) {
        // Whatever the client does not take at once is another one's to look after.
    }

    @Override
    public void abort(String why) {
        link().close();
    }
}
