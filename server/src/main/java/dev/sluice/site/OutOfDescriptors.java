package dev.sluice.site;

import java.io.IOException;

/** Tells the one failure to open a file that has nothing to do with the file. */
public final class OutOfDescriptors {
    /** EMFILE and ENFILE (errno(3)), as the C library puts them and the JDK hands them on. */
    private static final String SAID = "Too many open files";

    private OutOfDescriptors() {}

    /** Whether this process, or the system, has as many files open as it may. */
    public static boolean is(IOException failure) {
        return String.valueOf(failure.getMessage()).contains(SAID);
    }
}
