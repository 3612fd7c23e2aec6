package dev.sluice.serve;

import dev.sluice.ledger.IoPath;
import dev.sluice.ledger.Ledger;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;

/**
 * One response from the request's head to its record: what it holds, and what became of it.
 *
 * <p>It ends exactly once, however the exchange ends, and then gives back what it held and tells the ledger.
 */
final class Delivery implements ExchangeCompletionListener, Underway {
    private static final long UNKNOWN_LENGTH = -1;

    private final HttpServerExchange exchange;
    private final Egress egress;
    private final Ledger ledger;
    private final Tally tally;
    private final Movement movement;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicReference<@Nullable Source> held = new AtomicReference<>();

    private int stream;
    private long expected;
    private boolean cold;
    private Pace pace = Pace.UNLIMITED;
    private volatile @Nullable BufferWriter waiting;
    private volatile InFlight.@Nullable Place place;
    private boolean aborted;

    private Delivery(HttpServerExchange exchange, Egress egress, Ledger ledger) {
        this.exchange = exchange;
        this.egress = egress;
        this.ledger = ledger;
        this.tally = new Tally(exchange, egress);
        this.movement = new Movement(tally.startedAt());
    }

    /** Starts following an exchange. */
    static Delivery begin(HttpServerExchange exchange, Egress egress, Ledger ledger) {
        Delivery delivery = new Delivery(exchange, egress, ledger);
        ledger.began();
        delivery.stream = egress.begin(delivery);
        exchange.addExchangeCompleteListener(delivery);
        return delivery;
    }

    HttpServerExchange exchange() {
        return exchange;
    }

    Egress egress() {
        return egress;
    }

    /** What the body is written to, or null if there is nothing to write to any more. To be asked once. */
    @Nullable
    StreamSinkChannel channel() {
        return egress.channel(exchange);
    }

    /** {@link System#nanoTime()} when the request's head had been read. */
    long startedAt() {
        return tally.startedAt();
    }

    /** Notes which site answers. */
    void site(ServedSite site) {
        tally.site(site.name());
    }

    /** Notes the value of {@code Content-Encoding}, or null. */
    void coded(@Nullable String coding) {
        tally.coded(coding);
    }

    /** Notes what was planned; {@code bytes} is the length of the body that is to go out. */
    void plan(IoPath path, String why, long bytes) {
        tally.plan(path, why);
        expected = bytes;
    }

    /** Notes that the hot set did not have it. */
    void goCold() {
        cold = true;
    }

    /** Keeps a place among the requests in flight until the response has ended, which may be already. */
    void occupy(InFlight.Place taken) {
        place = taken;
        if (ended.get()) {
            taken.leave();
        }
    }

    /** Whether it has such a place. */
    boolean inFlight() {
        return place != null;
    }

    /** Whether a worker had to look for it. */
    boolean cold() {
        return cold;
    }

    /** Notes how many bytes of a mapped body were written by us. */
    void patched(int bytes) {
        tally.patched(bytes);
    }

    /** All of a body whose length nobody knew has been made. */
    void produced() {
        expected = UNKNOWN_LENGTH;
    }

    /** Replaces the reason, where what happened differs from what was planned. */
    void because(String why) {
        tally.because(why);
    }

    /** Notes that a file was sent as the disk brought it. */
    void waitedForDisk() {
        tally.waited();
    }

    /** Bounds the speed at which the body is sent; to be called before it is. 0 bytes a second stand for no bound. */
    void pace(long bytesPerSecond) {
        pace = Pace.of(bytesPerSecond);
    }

    Pace pace() {
        return pace;
    }

    /**
     * Stops sending for as long as the pace demands, without a thread that waits.
     *
     * @param channel whose write listener then gets its turn
     */
    void pause(StreamSinkChannel channel, long nanos) {
        movement.pause(System.nanoTime(), nanos);
        channel.suspendWrites();
        Runnable goOn = () -> {
            if (!ended.get()) {
                channel.resumeWrites();
            }
        };
        try {
            exchange.getIoThread().executeAfter(goOn, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException stopping) {
            abort(Reasons.CLIENT_GONE);
        }
    }

    /**
     * Does what sends the end of a response, in its I/O thread. For a stream of HTTP/2 that thread learns by other events that
     * the frames have gone and that the client has gone, and would see them in the wrong order. On HTTP/1.1 a worker that ends
     * an exchange wakes the I/O thread before it is done, and that waits in a loop until it is: where both have but one
     * processor, for as long as the kernel lets it. Of ranges of 64 KiB, that took more processor time than all else together.
     *
     * @param lastSend after it nobody else may touch the exchange
     */
    void inOrder(Runnable lastSend) {
        if (exchange.isInIoThread()) {
            lastSend.run();
            return;
        }
        try {
            exchange.getIoThread().execute(() -> guard(lastSend));
        } catch (RejectedExecutionException stopping) {
            abort(Reasons.CLIENT_GONE);
        }
    }

    /** Nobody else would answer for an exception there. */
    private void guard(Runnable lastSend) {
        try {
            lastSend.run();
        } catch (RuntimeException | Error bug) {
            abort(Reasons.INTERNAL_ERROR);
            throw bug;
        }
    }

    /** Notes that there will be nothing to send for so long, unless something happens: nobody waits for the client then. */
    void rest(long nanos) {
        movement.pause(System.nanoTime(), nanos);
    }

    /** Notes that nothing was sent for so long, since the disk had not brought it yet. */
    void waited(long nanos) {
        movement.paused(System.nanoTime(), nanos);
    }

    /** A stream of HTTP/2 gets on when bytes are put into its frames, everything else when the socket takes some. */
    @Override
    public @Nullable String fault(long now, Patience patience) {
        boolean stream = egress.carrier() == Carrier.HTTP2;
        return movement.fault(now, stream ? exchange.getResponseBytesSent() : egress.progress(), patience);
    }

    /**
     * Keeps what the body comes from leased until the response has ended, beside what is held already. One that has ended already, because its connection was
     * closed while a worker looked for the file, gives it back at once.
     */
    void hold(Source source) {
        held.accumulateAndGet(source, (before, more) -> before == null ? more : new Source.Both(before, more));
        if (ended.get()) {
            letGo();
        }
    }

    /** Notes that the client does not take its body as fast as it is sent. */
    void waits(BufferWriter writer) {
        waiting = writer;
    }

    @Override
    public boolean obstructs() {
        return waiting != null
                && held.get() instanceof Source.FromRegion region
                && !region.slice().live();
    }

    @Override
    public void moveOut(Refuge refuge) {
        Source source = held.get();
        if (waiting == null || ended.get() || !(source instanceof Source.FromRegion)) {
            return;
        }
        long left = waiting.left();
        if (refuge.take(left)) {
            waiting.copyOut();
            Source copied = new Source.FromRefuge(refuge, left);
            (held.compareAndSet(source, copied) ? source : copied).release();
        }
    }

    private void letGo() {
        Source source = held.getAndSet(null);
        if (source != null) {
            source.release();
        }
    }

    @Override
    public void abort(String why) {
        if (ended.get()) {
            // The connection may carry the next response by now.
            return;
        }
        aborted = true;
        because(why);
        IoUtils.safeClose(exchange.getConnection());
        end();
    }

    @Override
    public void exchangeEvent(HttpServerExchange done, NextListener next) {
        try {
            if (!complete()) {
                lost();
            } else {
                end();
            }
        } finally {
            next.proceed();
        }
    }

    /** Whether all of the response has been sent. */
    private boolean complete() {
        boolean all = expected == UNKNOWN_LENGTH || egress.bodyBytes(exchange) == expected;
        return all && (exchange.isResponseComplete() || framedWithoutBody());
    }

    /** In HTTP/2 a head alone is one frame with the end of the stream in it: once given away, nothing is left to be sent. */
    private boolean framedWithoutBody() {
        return expected == 0 && exchange.isResponseStarted() && egress.carrier() == Carrier.HTTP2;
    }

    /** The response ends before its body does: unless it was aborted for a reason of ours, the client has gone. */
    @Override
    public void lost() {
        if (!aborted && !complete()) {
            because(Reasons.CLIENT_GONE);
        }
        end();
    }

    /** Nothing more is sent for it. */
    private void leave() {
        egress.unwatch();
        egress.end(stream);
        InFlight.Place taken = place;
        if (taken != null) {
            taken.leave();
        }
    }

    /**
     * Gives the request to who answers what is not found here, as if it had never come: of the response nothing may have been
     * sent, and it is not recorded.
     *
     * @return false if there is nobody; nothing has happened then
     */
    boolean handOn() {
        Runnable elsewhere = egress.elsewhere();
        if (elsewhere == null) {
            return false;
        }
        if (ended.compareAndSet(false, true)) {
            leave();
            ledger.handedOn();
            letGo();
            elsewhere.run();
        }
        return true;
    }

    /** Ends the response: idempotent, from any thread. */
    void end() {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        leave();
        try {
            if (!ledger.isIdle()) {
                ledger.record(tally.record(ledger.nextId(), !aborted && complete()));
            }
        } finally {
            letGo();
        }
    }
}
