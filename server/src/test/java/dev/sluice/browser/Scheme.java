package dev.sluice.browser;

import java.util.Locale;

/** The colours a reader prefers. */
enum Scheme {
    LIGHT,
    DARK;

    /** As {@code prefers-color-scheme} has it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
