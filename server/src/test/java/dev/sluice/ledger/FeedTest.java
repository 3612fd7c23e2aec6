package dev.sluice.ledger;

import static dev.sluice.ledger.SampleServed.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FeedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Feed feed = new Feed(4_096, Duration.ofSeconds(5));

    @AfterEach
    void close() {
        feed.close();
    }

    @Test
    void accept_nobodyListens_keepsNothingAndNeedsNoThread() {
        feed.accept(record(1));

        assertFalse(feed.isQueueing());
        assertFalse(feed.isRunning());
        Listening later = join(new Listening());
        feed.accept(record(2));
        await(() -> later.ids.contains(2L));
        assertEquals(List.of(2L), later.ids());
    }

    @Test
    void accept_severalListeners_givesEachAllInOrder() {
        List<Listening> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.add(join(new Listening()));
        }
        List<Long> expected = LongStream.rangeClosed(1, 3_000).boxed().toList();
        expected.forEach(id -> feed.accept(record(id)));

        for (Listening listener : all) {
            await(() -> listener.ids.size() >= expected.size());
            assertEquals(expected, listener.ids());
            assertEquals(1, listener.joins.get());
        }
    }

    @Test
    void join_inTheMiddleOfATurn_missesNothingMadeAfterwards() {
        Held first = new Held();
        join(first);
        feed.accept(record(1));
        uninterruptibly(first.busy);
        Listening second = join(new Listening());
        feed.accept(record(2));
        first.goOn.countDown();
        feed.accept(record(3));

        await(() -> second.ids.contains(3L));
        assertEquals(List.of(2L, 3L), second.ids());
    }

    @Test
    void join_tooMany_isRefusedUntilOneHasGone() {
        List<Listening> all = new ArrayList<>();
        for (int i = 0; i < Feed.MOST_LISTENERS; i++) {
            all.add(join(new Listening()));
        }
        assertFalse(feed.join(new Listening()));
        assertTrue(feed.isFull());
        assertEquals(Feed.MOST_LISTENERS, feed.open());

        all.get(5).gone = true;

        await(() -> !feed.isFull());
        assertTrue(feed.join(new Listening()));
    }

    @Test
    void accept_fasterThanItIsHandedOn_isToldAsOverrunToTheRecord() {
        try (Feed small = new Feed(8, Duration.ofSeconds(5))) {
            Held slow = new Held();
            assertTrue(small.join(slow));
            small.accept(record(1));
            uninterruptibly(slow.busy);
            for (int id = 2; id <= 100; id++) {
                small.accept(record(id));
            }
            slow.goOn.countDown();

            await(() -> slow.ids.size() + slow.lost.get() == 100);
            assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L), slow.ids());
        }
    }

    @Test
    void turn_throwingListener_isCutAndTheOthersGoOn() {
        Logger logger = Logger.getLogger(FeedLoop.class.getName());
        logger.setLevel(Level.OFF);
        try {
            Listening broken = join(new Listening() {
                @Override
                public void served(Served served, long now) {
                    throw new IllegalStateException("bug");
                }
            });
            Listening sound = join(new Listening());
            feed.accept(record(1));
            feed.accept(record(2));

            await(() -> sound.ids.size() == 2);
            assertEquals(1, broken.cuts.get());
            assertEquals(1, feed.open());
        } finally {
            logger.setLevel(null);
        }
    }

    @Test
    void turn_lastListenerGone_stopsQueueingAndThenTheThread() {
        try (Feed hasty = new Feed(8, Duration.ZERO)) {
            for (int round = 0; round < 3; round++) {
                Listening listener = new Listening();
                assertTrue(hasty.join(listener));
                assertTrue(hasty.isQueueing());
                hasty.accept(record(1));
                await(() -> listener.ids.size() == 1);

                listener.gone = true;

                await(() -> !hasty.isRunning());
                assertFalse(hasty.isQueueing());
                assertEquals(0, hasty.open());
            }
        }
    }

    @Test
    void close_listeners_areEndedAndNobodyJoinsAnyMore() {
        Listening polite = join(new Listening() {
            @Override
            public void ending(long deadline) {
                super.ending(deadline);
                gone = true;
            }
        });
        Listening stubborn = join(new Listening());

        assertTimeoutPreemptively(PATIENCE, feed::close);

        assertEquals(1, polite.ends.get());
        assertEquals(0, polite.cuts.get());
        assertEquals(1, stubborn.ends.get());
        assertEquals(1, stubborn.cuts.get());
        assertFalse(feed.isRunning());
        assertEquals(0, feed.open());
        assertFalse(feed.join(new Listening()));
    }

    @Test
    void close_neverUsed_doesNothing() {
        feed.close();

        assertFalse(feed.isRunning());
        assertTrue(feed.isFull());
    }

    @Test
    void turn_lastListenerGone_costsTheHotPathNothingEvenWhileTheThreadLingers() {
        Listening listener = join(new Listening());
        assertTrue(feed.isQueueing());
        listener.gone = true;

        await(() -> !feed.isQueueing());
        assertTrue(feed.isRunning());
        Listening later = join(new Listening());
        feed.accept(record(1));
        await(() -> later.ids.size() == 1);
    }

    private Listening join(Listening listener) {
        assertTrue(feed.join(listener));
        return listener;
    }

    private static Served record(long id) {
        return sample().id(id).build();
    }

    private static void uninterruptibly(CountDownLatch latch) {
        try {
            assertTrue(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "not within " + PATIENCE);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** Notes what it is told. */
    private static class Listening implements FeedListener {
        final Queue<Long> ids = new ConcurrentLinkedQueue<>();
        final AtomicInteger joins = new AtomicInteger();
        final AtomicInteger ends = new AtomicInteger();
        final AtomicInteger cuts = new AtomicInteger();
        final AtomicLong lost = new AtomicLong();
        volatile boolean gone;

        List<Long> ids() {
            return List.copyOf(ids);
        }

        @Override
        public void joined(long now) {
            joins.incrementAndGet();
        }

        @Override
        public void served(Served served, long now) {
            ids.add(served.id());
        }

        @Override
        public void overrun(long records) {
            lost.addAndGet(records);
        }

        @Override
        public boolean turn(long now) {
            return !gone;
        }

        @Override
        public void ending(long deadline) {
            ends.incrementAndGet();
        }

        @Override
        public void cut() {
            cuts.incrementAndGet();
        }
    }

    /** Stands still at its first record until it is told to go on. */
    private static final class Held extends Listening {
        final CountDownLatch busy = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        public void served(Served served, long now) {
            busy.countDown();
            uninterruptibly(goOn);
            super.served(served, now);
        }
    }
}
