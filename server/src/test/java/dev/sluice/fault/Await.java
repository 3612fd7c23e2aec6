package dev.sluice.fault;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition that other threads bring about, up to a deadline. */
public final class Await {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final long LOOK_AGAIN_NANOS = 1_000_000;

    private Await() {}

    /** Waits until a figure has a value, and fails with the last one seen if it does not get it in time. */
    public static void equal(Object expected, Callable<?> figure) throws Exception {
        equal(expected, figure, DEADLINE);
    }

    /** The same with a deadline of its own. */
    public static void equal(Object expected, Callable<?> figure, Duration patience) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        Object last = figure.call();
        while (!expected.equals(last)) {
            if (System.nanoTime() > deadline) {
                fail("still " + last + " after " + patience.toSeconds() + " s (expected: " + expected + ")");
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            last = figure.call();
        }
    }

    /** Waits until a condition holds. */
    public static void until(Callable<Boolean> condition) throws Exception {
        equal(true, condition);
    }
}
