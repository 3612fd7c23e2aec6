package dev.sluice.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class VariantBuilderTest {
    private final VariantBuilder builder = new VariantBuilder();
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void close() {
        goOn.countDown();
        builder.close();
    }

    @Test
    void submit_tasks_runInOrderOnOneLowPriorityDaemon() throws InterruptedException {
        List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
        AtomicReference<Thread> thread = new AtomicReference<>();
        for (int i = 0; i < 20; i++) {
            int number = i;
            assertTrue(builder.submit(() -> ran.add(number)));
        }
        assertTrue(builder.submit(() -> thread.set(Thread.currentThread())));
        awaitIdle();

        assertEquals(IntStream.range(0, 20).boxed().toList(), ran);
        assertTrue(thread.get().isDaemon());
        assertEquals(Thread.MIN_PRIORITY, thread.get().getPriority());
    }

    @Test
    void submit_tooManyWaiting_isRefusedUntilThereIsRoom() throws InterruptedException {
        block();
        for (int i = 0; i < VariantBuilder.MOST_WAITING; i++) {
            assertTrue(builder.submit(() -> {}));
        }

        assertFalse(builder.submit(() -> {}));
        goOn.countDown();
        CountDownLatch ran = new CountDownLatch(1);
        while (!builder.submit(ran::countDown)) {
            Thread.onSpinWait();
        }
        assertTrue(ran.await(10, TimeUnit.SECONDS));
    }

    @Test
    void submit_taskThatFails_isLoggedAndTheNextRuns() throws InterruptedException {
        try (LogLines log = new LogLines()) {
            builder.submit(() -> {
                throw new IllegalStateException("no");
            });
            builder.submit(() -> {
                throw new OutOfMemoryError("no");
            });
            awaitIdle();

            assertEquals(
                    List.of("a coded variant could not be made", "a coded variant could not be made"), log.lines());
        }
    }

    @Test
    void close_waitingTasks_areDroppedAndNewOnesRefused() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(1);
        List<String> ran = Collections.synchronizedList(new ArrayList<>());
        builder.submit(() -> {
            running.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        builder.submit(() -> ran.add("dropped"));
        assertTrue(running.await(10, TimeUnit.SECONDS));
        builder.close();

        assertTrue(interrupted.await(10, TimeUnit.SECONDS));
        assertFalse(builder.submit(() -> ran.add("refused")));
        assertEquals(List.of(), ran);
    }

    private void block() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        builder.submit(() -> {
            running.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertTrue(running.await(10, TimeUnit.SECONDS));
    }

    private void awaitIdle() throws InterruptedException {
        CountDownLatch last = new CountDownLatch(1);
        assertTrue(builder.submit(last::countDown));
        assertTrue(last.await(10, TimeUnit.SECONDS));
    }
}
