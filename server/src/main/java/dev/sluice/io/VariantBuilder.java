package dev.sluice.io;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One thread that makes the coded variants of hot bodies, one after the other, while requests are served without them.
 *
 * <p>One thread, since there is no hurry: on a machine with several cores it leaves the others alone. It has the lowest
 * priority, which a JVM on Linux heeds only if started with {@code -XX:ThreadPriorityPolicy=1}.
 */
public final class VariantBuilder implements AutoCloseable {
    /** Beyond so many the work would be for bodies that are no longer hot when their turn comes. */
    static final int MOST_WAITING = 256;

    private static final Logger LOG = Logger.getLogger("sluice");

    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), VariantBuilder::newThread);

    @SuppressWarnings("ThreadPriorityCheck") // A courtesy to the other threads: nothing relies on it.
    private static Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "sluice-variants");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    }

    /**
     * Queues a task. A fault in it is logged, and the next one is run.
     *
     * @return false if too many are waiting, or this is closed: the task will not run
     */
    public boolean submit(Runnable task) {
        try {
            thread.execute(() -> run(task));
            return true;
        } catch (RejectedExecutionException full) {
            return false;
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            // An encoder may run out of memory; the body is served as it is.
            LOG.log(Level.WARNING, "a coded variant could not be made", e);
        }
    }

    /** Interrupts the running task, drops those that wait, and does not wait itself: the thread is a daemon. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
