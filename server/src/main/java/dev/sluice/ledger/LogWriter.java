package dev.sluice.ledger;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The loop of the log's one thread: drain the queue into the buffer, write the buffer, rest when there is nothing.
 *
 * <p>While the destination fails, the buffer is kept and tried again after a growing pause, so that a line is never
 * torn and a short outage loses nothing; the queue fills meanwhile, and what doesn't fit is dropped there.
 */
final class LogWriter implements Runnable {
    private static final Logger LOGGER = Logger.getLogger(LogWriter.class.getName());

    private static final int BATCH_BYTES = 64 * 1024;
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long FIRST_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LAST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final BoundedQueue<Served> queue;
    private final LineFormat format;
    private final WritableByteChannel channel;
    private final String name;
    private final LongAdder dropped;
    private final LineBuffer lines = new LineBuffer(BATCH_BYTES + 4096);

    private long retryNanos;
    private long deadline;
    private volatile boolean stopping;

    /**
     * Prepares the loop.
     *
     * @param name what messages call the destination
     * @param dropped counts the lines given up
     */
    LogWriter(
            BoundedQueue<Served> queue,
            LineFormat format,
            WritableByteChannel channel,
            String name,
            LongAdder dropped) {
        this.queue = queue;
        this.format = format;
        this.channel = channel;
        this.name = name;
        this.dropped = dropped;
    }

    /**
     * Asks the loop to write what is queued and to end; the caller unparks its thread.
     *
     * @param deadline the {@link System#nanoTime()} at which to give the rest up
     */
    void stop(long deadline) {
        this.deadline = deadline;
        stopping = true;
    }

    @Override
    public void run() {
        while (true) {
            // Read before draining: whatever was accepted before stop() is drained after it.
            boolean ending = stopping;
            fill();
            Step step = lines.size() == 0 ? Step.IDLE : write();
            if (ending && isLast(step)) {
                break;
            }
            rest(step);
        }
        abandon();
    }

    private void rest(Step step) {
        switch (step) {
            case WROTE -> {}
            case IDLE, STALLED -> LockSupport.parkNanos(this, IDLE_NANOS);
            case FAILED -> LockSupport.parkNanos(this, retryNanos);
        }
    }

    private boolean isLast(Step step) {
        return step == Step.IDLE || step == Step.FAILED || System.nanoTime() - deadline > 0;
    }

    private void fill() {
        while (lines.size() < BATCH_BYTES) {
            Served served = queue.poll();
            if (served == null) {
                return;
            }
            format.append(served, lines);
        }
    }

    private Step write() {
        try {
            int taken = lines.writeTo(channel);
            recovered();
            return taken > 0 ? Step.WROTE : Step.STALLED;
        } catch (IOException e) {
            failed(e);
            return Step.FAILED;
        }
    }

    private void failed(IOException e) {
        if (retryNanos == 0) {
            LOGGER.log(
                    Level.WARNING,
                    "access log {0}: cannot write: {1}; lines wait in the queue and are dropped while it is full",
                    new Object[] {name, e});
        }
        retryNanos = retryNanos == 0 ? FIRST_RETRY_NANOS : Math.min(retryNanos * 2, LAST_RETRY_NANOS);
    }

    private void recovered() {
        if (retryNanos > 0) {
            LOGGER.log(Level.INFO, "access log {0}: writing again; {1} lines dropped so far", new Object[] {
                name, dropped.sum()
            });
            retryNanos = 0;
        }
    }

    private void abandon() {
        dropped.add(lines.lines());
        lines.clear();
        while (queue.poll() != null) {
            dropped.increment();
        }
    }

    /** How one turn of the loop ended. */
    private enum Step {
        /** The destination took bytes. */
        WROTE,
        /** There was nothing to write. */
        IDLE,
        /** The destination took nothing and is not broken: a full pipe in non-blocking mode. */
        STALLED,
        /** The destination threw. */
        FAILED
    }
}
