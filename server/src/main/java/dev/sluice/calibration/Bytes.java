package dev.sluice.calibration;

/** Sizes as the configuration writes them. */
final class Bytes {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB"};
    private static final int STEP = 1024;

    private Bytes() {}

    /** In the largest unit that divides it: {@code 64KiB}. */
    static String text(long bytes) {
        long count = bytes;
        int unit = 0;
        while (unit < UNITS.length - 1 && count > 0 && count % STEP == 0) {
            count /= STEP;
            unit++;
        }
        return count + UNITS[unit];
    }
}
