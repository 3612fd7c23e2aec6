package dev.sluice.serve;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Lets the log be told of what happens for every request: of the first at once, and while that goes on every ten seconds. Thread-safe. */
final class Seldom {
    private static final long AGAIN_AFTER = TimeUnit.SECONDS.toNanos(10);

    /** {@link System#nanoTime()} when the log was last told. */
    private final AtomicLong toldAt = new AtomicLong(System.nanoTime() - AGAIN_AFTER - 1);

    /** Whether it is to be told now; then nobody else is. */
    boolean isDue() {
        long now = System.nanoTime();
        long before = toldAt.get();
        return now - before > AGAIN_AFTER && toldAt.compareAndSet(before, now);
    }
}
