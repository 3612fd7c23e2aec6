package dev.sluice.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class BoundedQueueTest {
    @Test
    void poll_empty_isNull() {
        assertNull(new BoundedQueue<String>(2).poll());
    }

    @Test
    void poll_severalLaps_keepsTheOrder() {
        BoundedQueue<Integer> queue = new BoundedQueue<>(4);
        for (int i = 0; i < 100; i += 2) {
            assertTrue(queue.offer(i));
            assertTrue(queue.offer(i + 1));
            assertEquals(i, queue.poll());
            assertEquals(i + 1, queue.poll());
        }
        assertNull(queue.poll());
    }

    @Test
    void offer_full_refusesUntilSomethingIsPolled() {
        BoundedQueue<String> queue = new BoundedQueue<>(2);
        assertTrue(queue.offer("a"));
        assertTrue(queue.offer("b"));
        assertFalse(queue.offer("c"));

        assertEquals("a", queue.poll());

        assertTrue(queue.offer("d"));
        assertEquals("b", queue.poll());
        assertEquals("d", queue.poll());
    }

    @Test
    void offer_severalProducers_losesNothingAndKeepsEachOnesOrder() throws Exception {
        int producers = 2;
        int each = 100_000;
        BoundedQueue<int[]> queue = new BoundedQueue<>(1_024);
        ExecutorService threads = Executors.newFixedThreadPool(producers);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int p = 0; p < producers; p++) {
                int producer = p;
                running.add(threads.submit(() -> produce(queue, producer, each)));
            }
            int[] expected = new int[producers];
            for (int received = 0; received < producers * each; ) {
                int[] element = queue.poll();
                if (element == null) {
                    Thread.onSpinWait();
                    continue;
                }
                assertEquals(expected[element[0]]++, element[1]);
                received++;
            }
            for (Future<?> producer : running) {
                producer.get();
            }
            assertNull(queue.poll());
        } finally {
            threads.shutdownNow();
        }
    }

    private static void produce(BoundedQueue<int[]> queue, int producer, int count) {
        for (int i = 0; i < count; ) {
            if (queue.offer(new int[] {producer, i})) {
                i++;
            } else {
                Thread.onSpinWait();
            }
        }
    }
}
