package dev.sluice.calibration;

import java.util.Arrays;
import java.util.Locale;

/**
 * One figure of a cell over all rounds.
 *
 * @param median of the rounds; NaN if it was not measured
 * @param spread half the distance between the quartiles ÷ the median
 */
record Figure(double median, double spread) {
    private static final Figure NONE = new Figure(Double.NaN, Double.NaN);

    static Figure of(double[] values) {
        if (values.length == 0) {
            return NONE;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double median = Comparison.median(sorted);
        double quartiles = sorted[sorted.length * 3 / 4] - sorted[sorted.length / 4];
        return new Figure(median, median == 0 ? 0 : quartiles / 2 / median);
    }

    /** With three digits, and none for the fraction of what has more before it; {@code -} if it was not measured. */
    String text() {
        if (Double.isNaN(median)) {
            return "-";
        }
        String format = median >= 100 || median == Math.rint(median) ? "%.0f" : median >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, median > 0 && median < 1 ? "%.3f" : format, median);
    }

    /** The same with the spread in percent. */
    String textWithSpread() {
        return Double.isNaN(median) ? "-" : text() + " ±" + Math.round(spread * 100) + "%";
    }
}
