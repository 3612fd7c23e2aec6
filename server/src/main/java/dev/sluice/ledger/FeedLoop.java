package dev.sluice.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The loop of the feed's one thread, to which the listeners belong. */
final class FeedLoop implements Runnable {
    private static final Logger LOGGER = Logger.getLogger(FeedLoop.class.getName());

    /** Records between two turns: a burst must not keep the listeners from writing. */
    private static final int MOST_AT_ONCE = 512;

    /** Short, so that the work of a busy server comes in many small pieces, between which others have the processor. */
    private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(40);

    private static final long END_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Feed feed;
    private final long lingerNanos;
    private final List<FeedListener> listeners = new ArrayList<>();

    FeedLoop(Feed feed, Duration linger) {
        this.feed = feed;
        this.lingerNanos = linger.toNanos();
    }

    @Override
    public void run() {
        while (!feed.isClosed()) {
            int records = turn();
            if (!listeners.isEmpty()) {
                pause(records);
            } else if (lingersInVain()) {
                return;
            }
        }
        end();
    }

    private int turn() {
        long now = System.nanoTime();
        admit(now);
        int records = 0;
        Served served = feed.poll();
        while (served != null) {
            // Whoever joined before this record was made is given it.
            admit(now);
            hand(served, now);
            records++;
            served = records < MOST_AT_ONCE ? feed.poll() : null;
        }
        tellOverrun();
        turn(System.nanoTime());
        return records;
    }

    private void pause(int records) {
        if (records < MOST_AT_ONCE) {
            LockSupport.parkNanos(this, records > 0 ? BUSY_NANOS : IDLE_NANOS);
        }
    }

    /** Whether the thread is to end, since nobody has come for a while. */
    private boolean lingersInVain() {
        feed.rest();
        long until = System.nanoTime() + lingerNanos;
        long left = lingerNanos;
        while (left > 0 && !feed.isClosed()) {
            LockSupport.parkNanos(this, left);
            admit(System.nanoTime());
            if (!listeners.isEmpty()) {
                return false;
            }
            left = until - System.nanoTime();
        }
        return !feed.isClosed() && feed.retire();
    }

    private void admit(long now) {
        FeedListener arrival = feed.arrival();
        while (arrival != null) {
            FeedListener joining = arrival;
            if (guarded(joining, () -> joining.joined(now))) {
                listeners.add(joining);
            }
            arrival = feed.arrival();
        }
    }

    private void hand(Served served, long now) {
        for (int i = listeners.size() - 1; i >= 0; i--) {
            FeedListener listener = listeners.get(i);
            try {
                listener.served(served, now);
            } catch (RuntimeException bug) {
                fail(listener, bug);
                listeners.remove(i);
            }
        }
    }

    private void tellOverrun() {
        long lost = feed.takeOverrun();
        if (lost > 0) {
            listeners.removeIf(listener -> !guarded(listener, () -> listener.overrun(lost)));
        }
    }

    private void turn(long now) {
        listeners.removeIf(listener -> !turned(listener, now));
    }

    private boolean turned(FeedListener listener, long now) {
        try {
            boolean stays = listener.turn(now);
            if (!stays) {
                feed.forgotten();
            }
            return stays;
        } catch (RuntimeException bug) {
            fail(listener, bug);
            return false;
        }
    }

    private boolean guarded(FeedListener listener, Runnable call) {
        try {
            call.run();
            return true;
        } catch (RuntimeException bug) {
            fail(listener, bug);
            return false;
        }
    }

    private void fail(FeedListener listener, RuntimeException bug) {
        LOGGER.log(Level.SEVERE, "a stream of requests has failed", bug);
        cut(listener);
    }

    private void cut(FeedListener listener) {
        listener.cut();
        feed.forgotten();
    }

    private void end() {
        // What was recorded before the stop is told; nobody joins after it.
        turn();
        long deadline = System.nanoTime() + END_NANOS;
        listeners.removeIf(listener -> !guarded(listener, () -> listener.ending(deadline)));
        long now = System.nanoTime();
        while (!listeners.isEmpty() && now < deadline) {
            turn(now);
            LockSupport.parkNanos(this, BUSY_NANOS);
            now = System.nanoTime();
        }
        listeners.forEach(this::cut);
        feed.retire();
    }
}
