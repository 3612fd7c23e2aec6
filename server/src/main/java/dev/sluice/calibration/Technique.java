package dev.sluice.calibration;

import java.util.Locale;

/** A way from a file to a socket, by the name that the I/O path has which is made of it. */
public enum Technique {
    /** Read into a buffer, written from there. */
    COPY,
    /** Written from a mapping of the file. */
    MMAP,
    /** By sendfile(2). */
    SENDFILE,
    /** Read past the page cache into an aligned buffer, written from there. */
    DIRECT,
    /** Written from a private mapping of which one page was patched. */
    COW;

    /** The name in tables and charts, such as {@code sendfile}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
