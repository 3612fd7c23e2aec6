package dev.sluice.calibration;

import java.util.Locale;

/**
 * What is measured by itself.
 *
 * @param technique how the bytes go
 * @param size how many bytes a request is answered with
 * @param state where they are before
 */
public record Cell(Technique technique, long size, State state) {
    /** Where a file's bytes are when they are asked for. */
    public enum State {
        /** In the page cache. */
        WARM,
        /** On the disk alone. */
        COLD;

        /** The name in tables and charts. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
