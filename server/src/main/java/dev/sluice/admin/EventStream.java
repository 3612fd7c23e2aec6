package dev.sluice.admin;

import dev.sluice.ledger.Feed;
import dev.sluice.ledger.FeedListener;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.Served;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * One client of {@code /api/requests/stream}: what it wants, what waits for it, and how it ends.
 *
 * <p>Its events are written by the feed's thread and not by an I/O thread: nine streams of 20,000 records a second are 80 MB,
 * for which the requests of the site would have to wait there. The socket is tried in each turn, a few milliseconds after
 * another, so nobody needs to be woken when it takes more.
 */
final class EventStream implements FeedListener {
    /** A reader that is given up has as long as this to take the notice. */
    private static final long NOTICE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Octets written to one client in a turn, so that the others get theirs. */
    private static final int MOST_AT_ONCE = 256 << 10;

    private final StreamQuery query;
    private final EventSink sink;
    private final Shared shared;
    private final Outbox outbox = new Outbox();
    private final Replay replay;
    private final Allowance allowance;
    private long lastEventAt;
    private boolean ending;
    private boolean ended;
    private long deadline;

    /**
     * What all streams of a server have in common.
     *
     * @param feed counts those that are dropped
     * @param ledger of which the last records are told again
     * @param events as octets
     * @param buffer for what is written next, never kept
     * @param keepAliveNanos see {@link StreamPort#keepAlive()}
     */
    record Shared(Feed feed, Ledger ledger, Events events, ByteBuffer buffer, long keepAliveNanos) {}

    EventStream(StreamQuery query, EventSink sink, Shared shared, long now) {
        this.query = query;
        this.sink = sink;
        this.shared = shared;
        this.allowance = new Allowance(query.perSecond(), now);
        this.replay = new Replay(query);
        this.lastEventAt = now;
    }

    @Override
    public void joined(long now) {
        add(Events.RETRY, now);
        if (query.after() != StreamQuery.NONE) {
            replay.read(shared.ledger(), shared.events(), allowance);
            replay.forEach(served -> give(served, now));
        }
    }

    @Override
    public void served(Served served, long now) {
        if (!ending && query.filter().test(served) && !replay.holds(served.id())) {
            give(served, now);
        }
    }

    private void give(Served served, long now) {
        if (allowance.take()) {
            add(shared.events().request(served), now);
        }
    }

    @Override
    public void overrun(long records) {
        allowance.overrun(records);
    }

    @Override
    public boolean turn(long now) {
        if (sink.isGone() || (ending && now - deadline > 0)) {
            sink.cut();
            return false;
        }
        if (!ending) {
            tell(now);
        }
        if (!ended && sink.isReady()) {
            return write();
        }
        return true;
    }

    private void tell(long now) {
        if (allowance.renew(now)) {
            tellSkipped(allowance.tellSurplus(), "perSecond", now);
            tellSkipped(allowance.tellOverrun(), "overrun", now);
        }
        if (now - lastEventAt >= shared.keepAliveNanos()) {
            add(Events.KEEP_ALIVE, now);
        }
    }

    private void tellSkipped(long records, String reason, long now) {
        if (records > 0) {
            add(shared.events().skipped(records, reason), now);
        }
    }

    private void add(byte[] event, long now) {
        if (ending) {
            return;
        }
        lastEventAt = now;
        if (!outbox.add(event)) {
            drop(now);
        }
    }

    private void drop(long now) {
        int discarded = outbox.discard();
        outbox.append(shared.events()
                .dropped(discarded + " events that waited for this reader are lost (expected: a reader that keeps up;"
                        + " perSecond asks for fewer)"));
        shared.feed().countDropped();
        endBy(now + NOTICE_NANOS);
    }

    @Override
    public void ending(long latest) {
        endBy(ending && deadline - latest < 0 ? deadline : latest);
    }

    private void endBy(long latest) {
        ending = true;
        deadline = latest;
    }

    /** Returns false if the client has gone. */
    private boolean write() {
        try {
            int written = 0;
            boolean takes = true;
            while (takes && !outbox.isEmpty() && written < MOST_AT_ONCE) {
                int taken = writeOnce();
                takes = taken > 0;
                written += taken;
            }
            if (ending && outbox.isEmpty()) {
                ended = true;
                sink.end();
            }
            return true;
        } catch (IOException gone) {
            sink.cut();
            return false;
        }
    }

    private int writeOnce() throws IOException {
        ByteBuffer buffer = shared.buffer().clear();
        outbox.fill(buffer);
        int taken = sink.write(buffer);
        outbox.sent(taken);
        return taken;
    }

    @Override
    public void cut() {
        sink.cut();
    }
}
