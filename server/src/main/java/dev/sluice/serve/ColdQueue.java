package dev.sluice.serve;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.xnio.XnioIoThread;

/**
 * Short work that may wait for a disk but mostly does not, such as reading a small file: done by as few workers as will do.
 *
 * <p>To wake a worker for each file and have it fall asleep again costs more than to read the file from the page cache. So
 * one worker does what has come, piece after piece, and is not woken before the I/O thread has looked at everything that has
 * come: on a single processor the one who is woken takes it from the one who wakes. What waits for longer than a millisecond or two behind a piece that
 * waits for the disk, or behind too many others, is done by a further worker.
 */
final class ColdQueue {
    private static final Logger LOG = Logger.getLogger("sluice");

    /** How long a piece waits before it is worth waking somebody for it. */
    private static final long PATIENCE_MILLIS = 1;

    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);

    /** On a disk that hangs, more would only wait, too. */
    private static final int MOST_WORKERS = 64;

    private final int processors = Runtime.getRuntime().availableProcessors();
    private final Queue<Piece> waiting = new ConcurrentLinkedQueue<>();

    /** Workers that have been asked for, and those of them that have begun. */
    private final AtomicInteger asked = new AtomicInteger();

    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicBoolean guarded = new AtomicBoolean();

    /** {@link System#nanoTime()} when a worker last took a piece. */
    private volatile long takenAt;

    private record Piece(Runnable work, long since) {}

    /**
     * Has a piece of work done.
     *
     * @param work should not throw
     * @param thread the I/O thread that calls
     * @throws RejectedExecutionException if the server stops; then it is not done
     */
    void execute(Runnable work, XnioIoThread thread) {
        Piece piece = new Piece(work, System.nanoTime());
        waiting.add(piece);
        if (!asked.compareAndSet(0, 1)) {
            guard(thread);
            return;
        }
        try {
            thread.execute(() -> ask(thread));
        } catch (RejectedExecutionException stopping) {
            asked.decrementAndGet();
            if (waiting.remove(piece)) {
                throw stopping;
            }
        }
    }

    private void ask(XnioIoThread thread) {
        try {
            thread.getWorker().execute(this::work);
        } catch (RejectedExecutionException stopping) {
            // The connections are about to be closed, with whatever waits for an answer.
            asked.decrementAndGet();
        }
    }

    private void work() {
        do {
            begun.incrementAndGet();
            for (Piece piece = waiting.poll(); piece != null; piece = waiting.poll()) {
                takenAt = System.nanoTime();
                run(piece);
            }
            begun.decrementAndGet();
            asked.decrementAndGet();
            // A piece that came between the last look and here saw a worker that takes nothing more.
        } while (!waiting.isEmpty() && asked.compareAndSet(0, 1));
    }

    /** A worker that is lost by a fault would be counted for ever. */
    private static void run(Piece piece) {
        try {
            piece.work().run();
        } catch (RuntimeException | Error bug) {
            LOG.log(Level.SEVERE, "unexpected failure while looking for a file", bug);
        }
    }

    /** Sees to it that somebody looks after what waits. */
    private void guard(XnioIoThread thread) {
        if (!guarded.get() && guarded.compareAndSet(false, true)) {
            try {
                thread.executeAfter(() -> look(thread), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException stopping) {
                // Whoever is at work goes on until nothing waits.
                guarded.set(false);
            }
        }
    }

    private void look(XnioIoThread thread) {
        guarded.set(false);
        Piece next = waiting.peek();
        if (next == null) {
            return;
        }
        long now = System.nanoTime();
        boolean stuck = now - takenAt >= PATIENCE;
        boolean crowded = now - next.since() >= PATIENCE && asked.get() < processors;
        // One that has been asked for and has not begun lacks a processor, and so would another one.
        if ((stuck || crowded) && begun.get() == asked.get() && asked.get() < MOST_WORKERS) {
            asked.incrementAndGet();
            ask(thread);
        }
        guard(thread);
    }
}
