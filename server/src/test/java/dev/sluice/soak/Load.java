package dev.sluice.soak;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Clients at work, each in a thread of its own. The first that finds something wrong ends all. */
final class Load {
    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long answersPerSecond;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<?>> running = new ArrayList<>();
    private final Map<String, LongAdder> checked = new LinkedHashMap<>();
    private volatile boolean over;

    /**
     * @param answersPerSecond how many each client asks for at most
     */
    Load(long answersPerSecond) {
        this.answersPerSecond = answersPerSecond;
    }

    /**
     * Has a client go to work.
     *
     * @param name what it does
     */
    void add(String name, Client client) {
        add(name, client, answersPerSecond);
    }

    /** The same at a rate of its own. */
    void add(String name, Client client, long answersPerSecond) {
        LongAdder count = checked.computeIfAbsent(name, unknown -> new LongAdder());
        running.add(threads.submit(() -> {
            try (client) {
                long beganAt = System.nanoTime();
                long answers = 0;
                while (!over) {
                    int more = client.visit();
                    answers += more;
                    count.add(more);
                    double due = beganAt + answers * SECOND / answersPerSecond;
                    TimeUnit.NANOSECONDS.sleep((long) (due - System.nanoTime()));
                }
                return null;
            } catch (Throwable wrong) {
                over = true;
                throw new AssertionError(name + " after " + checked, wrong);
            }
        }));
    }

    /**
     * Lets them work.
     *
     * @return how many answers were checked of each kind, all of them right
     */
    Map<String, Long> work(long seconds) throws Exception {
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            while (!over && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            over = true;
            for (Future<?> client : running) {
                client.get(2, TimeUnit.MINUTES);
            }
        } finally {
            over = true;
            threads.shutdownNow();
        }
        Map<String, Long> counts = new LinkedHashMap<>();
        checked.forEach((name, count) -> counts.put(name, count.sum()));
        return counts;
    }
}
