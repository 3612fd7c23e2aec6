package dev.sluice.ledger;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives each record to whoever listens, as it is made.
 *
 * <p>{@link #accept} never blocks and wakes nobody. While nobody listens it costs one volatile read; else the record waits in
 * a bounded queue, which one daemon thread polls. The thread is there while there are listeners, and a few seconds longer.
 *
 * <p>Thread-safe.
 */
public final class Feed implements Consumer<Served>, AutoCloseable {
    /** Who may listen at once: each costs the feed's thread some time for every record. */
    public static final int MOST_LISTENERS = 64;

    /** Records that wait for the thread: a third of a second at 100,000 requests a second. */
    private static final int QUEUE_CAPACITY = 32_768;

    private static final Duration CLOSE_LIMIT = Duration.ofMillis(500);

    /** How long the thread outlasts its last listener: a browser comes back after two seconds. */
    private static final Duration LINGER = Duration.ofSeconds(5);

    private final int capacity;
    private final Duration linger;
    private final Object lifecycle = new Object();
    private final Queue<FeedListener> arriving = new ConcurrentLinkedQueue<>();
    private final AtomicInteger listeners = new AtomicInteger();
    private final LongAdder overrun = new LongAdder();
    private final LongAdder dropped = new LongAdder();

    /** Null while nobody listens. */
    private volatile @Nullable BoundedQueue<Served> queue;

    private volatile boolean closed;

    /** Guarded by {@link #lifecycle}. */
    private @Nullable Thread thread;

    /** Creates a feed without listeners and without a thread. */
    public Feed() {
        this(QUEUE_CAPACITY, LINGER);
    }

    Feed(int capacity, Duration linger) {
        this.capacity = capacity;
        this.linger = linger;
    }

    /**
     * Hands a record on, or counts it as overrun if the queue is full.
     *
     * @param served what happened
     */
    @Override
    public void accept(Served served) {
        BoundedQueue<Served> waiting = queue;
        if (waiting != null && !waiting.offer(served)) {
            overrun.increment();
        }
    }

    /**
     * Adds a listener. It is given every record made after this call returns, until a turn of it says that it has gone.
     *
     * @return false if there are {@link #MOST_LISTENERS} already, or the feed is closed
     */
    public boolean join(FeedListener listener) {
        synchronized (lifecycle) {
            if (isFull()) {
                return false;
            }
            listeners.incrementAndGet();
            arriving.add(listener);
            if (queue == null) {
                queue = new BoundedQueue<>(capacity);
            }
            Thread running = thread;
            if (running == null) {
                running = new Thread(new FeedLoop(this, linger), "sluice-streams");
                running.setDaemon(true);
                running.start();
                thread = running;
            }
            LockSupport.unpark(running);
            return true;
        }
    }

    /** Whether nobody more may listen. */
    public boolean isFull() {
        return closed || listeners.get() >= MOST_LISTENERS;
    }

    /** How many listen now. */
    public int open() {
        return listeners.get();
    }

    /** How many have been given up since the start because they did not keep up. */
    public long dropped() {
        return dropped.sum();
    }

    /** Counts a listener that is given up because it does not keep up. */
    public void countDropped() {
        dropped.increment();
    }

    /** Ends all listeners, which are given a quarter of a second for it, and takes no more. */
    @Override
    public void close() {
        Thread running;
        synchronized (lifecycle) {
            closed = true;
            running = thread;
        }
        if (running == null) {
            return;
        }
        LockSupport.unpark(running);
        try {
            TimeUnit.NANOSECONDS.timedJoin(running, CLOSE_LIMIT.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether records are queued, since somebody listens. */
    boolean isQueueing() {
        return queue != null;
    }

    /** Whether its thread is there. */
    boolean isRunning() {
        synchronized (lifecycle) {
            return thread != null;
        }
    }

    // What follows is for the loop.

    boolean isClosed() {
        return closed;
    }

    @Nullable
    Served poll() {
        BoundedQueue<Served> waiting = queue;
        return waiting == null ? null : waiting.poll();
    }

    long takeOverrun() {
        return overrun.sumThenReset();
    }

    @Nullable
    FeedListener arrival() {
        return arriving.poll();
    }

    void forgotten() {
        listeners.decrementAndGet();
    }

    /** Stops queueing, unless somebody is about to join. */
    void rest() {
        synchronized (lifecycle) {
            if (arriving.isEmpty()) {
                queue = null;
            }
        }
    }

    /** Whether the thread may end: nobody is about to join, and whoever comes later starts another. */
    boolean retire() {
        synchronized (lifecycle) {
            if (!arriving.isEmpty()) {
                return false;
            }
            queue = null;
            thread = null;
            return true;
        }
    }
}
