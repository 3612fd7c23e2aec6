package dev.sluice.e2e;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what a moment later will be true: asks again and again until a deadline. */
public final class Await {
    /** Far more than anything here takes, on a machine however busy. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration STEP = Duration.ofMillis(2);

    private Await() {}

    public static <T> T present(String what, Supplier<Optional<T>> ask) {
        return present(what, PATIENCE, ask);
    }

    public static <T> T present(String what, Duration patience, Supplier<Optional<T>> ask) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<T> answer = ask.get();
            if (answer.isPresent()) {
                return answer.get();
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
        throw new AssertionError(what + ": not within " + patience);
    }
}
