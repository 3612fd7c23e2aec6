package dev.sluice.calibration;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one request took, as the mean of a batch of them; of the sending thread alone, but for the time.
 *
 * @param nanos from the first request of the batch to the last answer
 * @param cpuNanos of user and kernel together
 * @param reads system calls that read, of files and sockets (proc(5), {@code syscr}); a sendfile counts here and among the
 *     writes; NaN where the kernel does not count them
 * @param writes system calls that write ({@code syscw}); NaN as above
 * @param voluntary how often it waited, and so gave the processor up; NaN as above
 * @param involuntary how often the processor was taken from it; NaN as above
 */
public record Reading(
        double nanos, double cpuNanos, double reads, double writes, double voluntary, double involuntary) {
    /** The mean of each figure. */
    static Reading mean(List<Reading> readings) {
        return new Reading(
                mean(readings, Reading::nanos),
                mean(readings, Reading::cpuNanos),
                mean(readings, Reading::reads),
                mean(readings, Reading::writes),
                mean(readings, Reading::voluntary),
                mean(readings, Reading::involuntary));
    }

    private static double mean(List<Reading> readings, ToDoubleFunction<Reading> figure) {
        return readings.stream().mapToDouble(figure).average().orElse(Double.NaN);
    }
}
