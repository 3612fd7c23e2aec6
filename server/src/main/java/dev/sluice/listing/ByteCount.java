package dev.sluice.listing;

import java.util.Locale;

/** A number of bytes for people: in binary units (IEC 80000-13), with as many digits as can be taken in at a glance. */
final class ByteCount {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final int STEP = 1024;

    private ByteCount() {}

    /** The number rounded: {@code 999 B}, {@code 1.2 KiB}, {@code 12 KiB}, {@code 8.0 EiB}. */
    static String rounded(long bytes) {
        double value = bytes;
        int unit = 0;
        // What would be rounded up to 1024 is 1.0 of the next unit.
        while (Math.round(value) >= STEP) {
            value /= STEP;
            unit++;
        }
        boolean tenth = unit > 0 && Math.round(value * 10) < 100;
        return String.format(Locale.ROOT, tenth ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
    }

    /** The number itself: {@code 1,234 bytes}. */
    static String exact(long bytes) {
        return String.format(Locale.ROOT, bytes == 1 ? "%,d byte" : "%,d bytes", bytes);
    }
}
