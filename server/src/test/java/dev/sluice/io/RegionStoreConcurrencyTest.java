package dev.sluice.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The promise on which every answer from the hot set rests: leased bytes are those of one body, to the end. */
final class RegionStoreConcurrencyTest {
    private static final int REGION = 32 << 10;
    private static final int KEYS = 64;
    private static final int WRITERS = 2;
    private static final int READERS = 2;
    private static final int WRITES = 30_000;

    @TempDir
    Path directory;

    private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS + READERS);
    private final AtomicReferenceArray<Body> published = new AtomicReferenceArray<>(KEYS);
    private final AtomicInteger writersLeft = new AtomicInteger(WRITERS);
    private final LongAdder verified = new LongAdder();
    private RegionStore store;

    private record Body(long stamp, RegionBody held) {}

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void acquire_whileWritersAppendAndEvict_bytesStayThoseOfTheirBody() throws Exception {
        store = new RegionStore(directory, new RegionBudget(REGION, 8));
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int number = i;
            running.add(threads.submit(() -> write(number)));
        }
        for (int i = 0; i < READERS; i++) {
            int number = i;
            running.add(threads.submit(() -> read(number)));
        }
        for (Future<?> thread : running) {
            thread.get();
        }

        assertTrue(verified.sum() > 0, "no body was ever read");
        assertTrue(store.evictions() > 100, "too few evictions: " + store.evictions());
        assertEquals(0, store.leases());
    }

    private void write(int number) {
        SplittableRandom random = new SplittableRandom(number);
        for (int i = 0; i < WRITES; i++) {
            RegionStore.Slot slot = store.reserve(8 * random.nextInt(1, 512));
            if (slot != null) {
                long stamp = random.nextLong();
                while (slot.memory().hasRemaining()) {
                    slot.memory().putLong(stamp);
                }
                published.set(random.nextInt(KEYS), new Body(stamp, slot.body()));
                slot.slice().release();
            } else {
                // All regions are being read: let the readers finish.
                LockSupport.parkNanos(1);
            }
        }
        writersLeft.decrementAndGet();
    }

    private void read(int number) {
        SplittableRandom random = new SplittableRandom(100 + number);
        while (writersLeft.get() > 0) {
            Body body = published.get(random.nextInt(KEYS));
            RegionSlice slice = body == null ? null : body.held().acquire();
            if (slice != null) {
                verify(body.stamp(), slice);
                LockSupport.parkNanos(1);
                // The lease is still out: a writer had its chance to spoil the bytes.
                verify(body.stamp(), slice);
                slice.release();
                verified.increment();
            }
        }
    }

    private static void verify(long stamp, RegionSlice slice) {
        ByteBuffer bytes = slice.view(0, slice.length());
        while (bytes.hasRemaining()) {
            assertEquals(stamp, bytes.getLong());
        }
    }
}
