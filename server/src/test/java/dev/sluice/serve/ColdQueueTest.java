package dev.sluice.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;

/** Everything is done once, nothing is held up for long by what waits for a disk. */
@Timeout(30)
final class ColdQueueTest {
    private final ColdQueue queue = new ColdQueue();
    private XnioWorker worker;
    private XnioIoThread thread;

    @BeforeEach
    void start() throws Exception {
        worker = Xnio.getInstance()
                .createWorker(OptionMap.builder()
                        .set(Options.WORKER_IO_THREADS, 1)
                        .set(Options.WORKER_TASK_CORE_THREADS, 8)
                        .set(Options.WORKER_TASK_MAX_THREADS, 8)
                        .getMap());
        thread = worker.getIoThread();
    }

    @AfterEach
    void stop() {
        worker.shutdownNow();
    }

    private void execute(Runnable work) {
        thread.execute(() -> queue.execute(work, thread));
    }

    @Test
    void execute_manyPieces_doesEachOnce() throws Exception {
        int pieces = 100_000;
        CountDownLatch done = new CountDownLatch(pieces);
        AtomicInteger count = new AtomicInteger();
        for (int i = 0; i < pieces; i++) {
            execute(() -> {
                count.incrementAndGet();
                done.countDown();
            });
        }
        assertTrue(done.await(20, TimeUnit.SECONDS));
        assertEquals(pieces, count.get());
    }

    /** One piece each time, so that the worker is about to stop when the next one comes. */
    @Test
    void execute_onePieceBehindTheOther_doesEach() throws Exception {
        for (int i = 0; i < 5_000; i++) {
            CountDownLatch done = new CountDownLatch(1);
            execute(done::countDown);
            assertTrue(done.await(5, TimeUnit.SECONDS), "piece " + i);
        }
    }

    @Test
    void execute_behindPiecesThatWait_isDoneAllTheSame() throws Exception {
        CountDownLatch disk = new CountDownLatch(1);
        for (int i = 0; i < 6; i++) {
            execute(() -> waitFor(disk));
        }
        CountDownLatch done = new CountDownLatch(1);
        execute(done::countDown);

        assertTrue(done.await(5, TimeUnit.SECONDS));
        disk.countDown();
    }

    @Test
    void execute_behindPiecesThatFail_isDoneAllTheSame() throws Exception {
        for (int i = 0; i < 200; i++) {
            execute(() -> {
                throw new IllegalStateException("a fault");
            });
        }
        CountDownLatch done = new CountDownLatch(1);
        execute(done::countDown);

        assertTrue(done.await(5, TimeUnit.SECONDS));
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Woken for each piece, a worker would begin before the I/O thread has come to its end. */
    @Test
    void execute_inOneTurnOfTheIoThread_beginsAfterIt() throws Exception {
        AtomicInteger begunEarly = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(100);
        thread.execute(() -> {
            AtomicInteger begun = new AtomicInteger();
            for (int i = 0; i < 100; i++) {
                queue.execute(
                        () -> {
                            begun.incrementAndGet();
                            done.countDown();
                        },
                        thread);
            }
            begunEarly.set(begun.get());
        });
        assertTrue(done.await(5, TimeUnit.SECONDS));
        assertEquals(0, begunEarly.get());
    }

    @Test
    void execute_whenTheServerHasStopped_isRefused() throws Exception {
        worker.shutdownNow();
        assertTrue(worker.awaitTermination(5, TimeUnit.SECONDS));

        assertThrows(RejectedExecutionException.class, () -> queue.execute(() -> {}, thread));
    }
}
