package dev.sluice.fleet;

import dev.sluice.e2e.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Some visitors at work until they are told to stop, each in a thread of its own, with a short pause after each answer. */
final class Visitors implements AutoCloseable {
    static final int COUNT = 4;

    private static final int MOST_VISITS = 100_000;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    private final ExecutorService threads = Executors.newFixedThreadPool(COUNT);
    private final List<Future<?>> running = new ArrayList<>();
    private final Map<String, LongAdder> byReplica = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> byStatus = new ConcurrentHashMap<>();
    private final List<Visitor.Visit> failures = new CopyOnWriteArrayList<>();
    private volatile boolean over;

    /**
     * Begins.
     *
     * @param port of what they visit
     * @param releases whose bytes they may see
     */
    Visitors(int port, List<Release> releases) {
        for (int i = 0; i < COUNT; i++) {
            running.add(threads.submit(() -> work(port, releases)));
        }
    }

    private void work(int port, List<Release> releases) {
        try (Visitor visitor = new Visitor(port, releases)) {
            for (int i = 0; i < MOST_VISITS && !over; i++) {
                Visitor.Visit visit = visitor.visit();
                if (visit.failed()) {
                    failures.add(visit);
                } else {
                    count(byReplica, visit.replica()).increment();
                    count(byStatus, visit.outcome()).increment();
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static LongAdder count(Map<String, LongAdder> counts, String key) {
        return counts.computeIfAbsent(key, unknown -> new LongAdder());
    }

    /** Waits until so many more have been answered by one of the servers. */
    void awaitAnswers(String replica, int more) {
        LongAdder answers = count(byReplica, replica);
        long goal = answers.sum() + more;
        Await.present(
                more + " answers of " + replica,
                Await.PATIENCE.multipliedBy(3),
                () -> Optional.of(answers.sum()).filter(now -> now >= goal));
    }

    /** Has them stop, and waits until they have. */
    void stop() throws Exception {
        over = true;
        for (Future<?> visitor : running) {
            visitor.get(1, TimeUnit.MINUTES);
        }
    }

    /** How many requests there were, answered or not. */
    long asked() {
        return failures.size()
                + byStatus.values().stream().mapToLong(LongAdder::sum).sum();
    }

    long answers(int status) {
        return count(byStatus, Integer.toString(status)).sum();
    }

    /** What went wrong. */
    List<Visitor.Visit> failures() {
        return List.copyOf(failures);
    }

    /** All of it in one line. */
    @Override
    public String toString() {
        return failures.size() + " of " + asked() + " requests failed; by status " + new TreeMap<>(byStatus)
                + ", by server " + new TreeMap<>(byReplica);
    }

    @Override
    public void close() {
        over = true;
        threads.shutdownNow();
    }
}
