package dev.sluice.calibration;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How one thing's cost compares with another's, from readings taken in the same rounds: the median of the ratios of the
 * pairs, and by bootstrap (Efron, 1979) how far that can be trusted. Pairs and medians, because other programs on the machine
 * disturb whole rounds, and some of them heavily.
 *
 * @param ratio median of first ÷ second
 * @param low below that it is with a probability of 0.5 %
 * @param high above that it is with a probability of 0.5 %
 * @param larger the share of resamples in which the ratio is above 1
 * @param pairs how many there were
 */
public record Comparison(double ratio, double low, double high, double larger, int pairs) {
    /** With fewer pairs chance alone puts all of them on one side too often: one time in 32 with five. */
    static final int LEAST_PAIRS = 6;

    private static final int RESAMPLES = 2000;
    private static final double TAIL = 0.005;

    /** The same readings always give the same answer. */
    private static final long SEED = 1;

    /**
     * Compares.
     *
     * @param first readings, one a round
     * @param second as many, or the longer one is cut; at least one
     * @throws IllegalArgumentException if there is no pair
     */
    public static Comparison of(double[] first, double[] second) {
        int pairs = Math.min(first.length, second.length);
        if (pairs == 0) {
            throw new IllegalArgumentException("pairs: 0 (expected: >= 1)");
        }
        double[] ratios = new double[pairs];
        for (int i = 0; i < pairs; i++) {
            ratios[i] = first[i] / second[i];
        }
        double[] medians = resampledMedians(ratios);
        long above = Arrays.stream(medians).filter(median -> median > 1).count();
        return new Comparison(
                median(ratios),
                medians[(int) (TAIL * RESAMPLES)],
                medians[(int) ((1 - TAIL) * RESAMPLES) - 1],
                (double) above / RESAMPLES,
                pairs);
    }

    private static double[] resampledMedians(double[] ratios) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] medians = new double[RESAMPLES];
        double[] sample = new double[ratios.length];
        for (int i = 0; i < RESAMPLES; i++) {
            for (int j = 0; j < sample.length; j++) {
                sample[j] = ratios[random.nextInt(ratios.length)];
            }
            medians[i] = median(sample);
        }
        Arrays.sort(medians);
        return medians;
    }

    /** The middle one, or the mean of the two in the middle. */
    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** Whether the first is dearer, with a probability of 99 % or more. */
    public boolean dearer() {
        return dearerBy(1);
    }

    /** Whether the first is dearer by more than such a factor, with a probability of 99 % or more. */
    public boolean dearerBy(double factor) {
        return pairs >= LEAST_PAIRS && low > factor;
    }

    /** Whether the first is at most such a factor of the second, with a probability of 99 % or more. */
    public boolean atMost(double factor) {
        return pairs >= LEAST_PAIRS && high < factor;
    }

    /** Whether the first is cheaper, with a probability of 99 % or more. */
    public boolean cheaper() {
        return atMost(1);
    }
}
