package dev.sluice.cli.top;

import java.util.Locale;

/** Figures for people, short enough for a column: three digits tell what a glance can take in. */
final class Amounts {
    private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final String[] DECIMAL = {"", "k", "M", "G", "T", "P", "E"};

    /** What is smaller is told to the last digit. */
    private static final long EXACT = 10_000_000;

    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Amounts() {}

    /** A number of things: {@code 1,234,567}, {@code 12.3M}. */
    static String count(long number) {
        return number < EXACT ? String.format(Locale.ROOT, "%,d", number) : scaled((double) number, 1000, "", DECIMAL);
    }

    /** A number of things a second: {@code 0}, {@code 0.25}, {@code 4.2}, {@code 12,345}. */
    static String rate(double number) {
        if (number > 0 && number < 1) {
            return String.format(Locale.ROOT, "%.2f", number);
        }
        return number > 0 && number < 10 ? String.format(Locale.ROOT, "%.1f", number) : count(Math.round(number));
    }

    /** A number of bytes, in binary units (IEC 80000-13): {@code 999 B}, {@code 1.20 GiB}. */
    static String bytes(double number) {
        return scaled(number, 1024, " ", BINARY);
    }

    static String bytes(long number) {
        return bytes((double) number);
    }

    private static String scaled(double number, int step, String separator, String[] units) {
        double value = number;
        int unit = 0;
        // A fourth digit belongs to the next unit: 1000 KiB is 0.98 MiB.
        while (Math.round(value) >= 1000 && unit < units.length - 1) {
            value /= step;
            unit++;
        }
        return (unit == 0 ? String.format(Locale.ROOT, "%.0f", value) : threeDigits(value)) + separator + units[unit];
    }

    private static String threeDigits(double value) {
        return String.format(Locale.ROOT, value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f", value);
    }

    /** A time: {@code 120 us}, {@code 1.20 ms}, {@code 3.40 s}. In ASCII, which every terminal shows. */
    static String micros(double micros) {
        if (micros < 999.5) {
            return String.format(Locale.ROOT, "%.0f us", micros);
        }
        return micros < 999_500 ? threeDigits(micros / 1_000) + " ms" : threeDigits(micros / 1_000_000) + " s";
    }

    static String micros(long micros) {
        return micros((double) micros);
    }

    /** A ratio of 0..1 in hundredths of a percent, rounded down: 100 % is said of nothing less. */
    static String percent(double ratio) {
        if (ratio <= 0 || ratio >= 1) {
            return ratio <= 0 ? "0 %" : "100 %";
        }
        // Beyond the error of the multiplication: 0.5799 is 57.99 %, not 57.98.
        return String.format(Locale.ROOT, "%.2f %%", Math.floor(ratio * 10_000 + 1e-9) / 100);
    }

    /** How long something runs: {@code 04:05}, {@code 12:04:05}, {@code 3d 12:04}. */
    static String uptime(long seconds) {
        long hours = seconds % DAY / HOUR;
        long minutes = seconds % HOUR / MINUTE;
        if (seconds >= DAY) {
            return String.format(Locale.ROOT, "%dd %02d:%02d", seconds / DAY, hours, minutes);
        }
        return seconds >= HOUR
                ? String.format(Locale.ROOT, "%02d:%02d:%02d", hours, minutes, seconds % MINUTE)
                : String.format(Locale.ROOT, "%02d:%02d", minutes, seconds % MINUTE);
    }
}
