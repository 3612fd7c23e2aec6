package dev.sluice.calibration;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the kernel counts for the thread that asks: its time by the thread's CPU clock, its calls and switches by proc(5). They are
 * counted, not derived from how a technique ought to work.
 */
final class Meter {
    private static final Path IO = Path.of("/proc/thread-self/io");
    private static final Path STATUS = Path.of("/proc/thread-self/status");

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    /**
     * The counters at a moment.
     *
     * @param nanos {@link System#nanoTime()}
     */
    record Marks(long nanos, long cpuNanos, double reads, double writes, double voluntary, double involuntary) {}

    /** Reads the counters before a batch: the clocks last, so that reading the others is not measured. */
    Marks before() {
        double[] counts = counts();
        return marks(counts, System.nanoTime(), threads.getCurrentThreadCpuTime());
    }

    /**
     * Reads the counters after a batch: the clocks first.
     *
     * @param overhead calls that reading the counters takes itself, from {@link #overhead}
     */
    Reading after(Marks before, Marks overhead, int requests) {
        long cpu = threads.getCurrentThreadCpuTime();
        long nanos = System.nanoTime();
        Marks now = marks(counts(), nanos, cpu);
        return new Reading(
                (double) (now.nanos - before.nanos) / requests,
                (double) (now.cpuNanos - before.cpuNanos) / requests,
                Math.max(0, now.reads - before.reads - overhead.reads) / requests,
                Math.max(0, now.writes - before.writes - overhead.writes) / requests,
                (now.voluntary - before.voluntary) / requests,
                (now.involuntary - before.involuntary) / requests);
    }

    /** What two readings in a row differ by. */
    Marks overhead() {
        double[] first = counts();
        double[] second = counts();
        return new Marks(0, 0, second[0] - first[0], second[1] - first[1], 0, 0);
    }

    private static Marks marks(double[] counts, long nanos, long cpuNanos) {
        return new Marks(nanos, cpuNanos, counts[0], counts[1], counts[2], counts[3]);
    }

    private static double[] counts() {
        double[] counts = new double[4];
        read(IO, counts, 0, "syscr:", "syscw:");
        read(STATUS, counts, 2, "voluntary_ctxt_switches:", "nonvoluntary_ctxt_switches:");
        return counts;
    }

    private static void read(Path file, double[] into, int from, String... names) {
        for (int i = 0; i < names.length; i++) {
            into[from + i] = Double.NaN;
        }
        try {
            for (String line : Files.readAllLines(file)) {
                for (int i = 0; i < names.length; i++) {
                    if (line.startsWith(names[i])) {
                        into[from + i] =
                                Long.parseLong(line.substring(names[i].length()).strip());
                    }
                }
            }
        } catch (IOException notCounted) {
            // Not on this kernel, or hidden from this process: it stays "not a number", and is told as not measured.
        }
    }
}
