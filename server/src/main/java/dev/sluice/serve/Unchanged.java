package dev.sluice.serve;

import java.io.IOException;

/** Whether a file that was found still has the facts it had. */
@FunctionalInterface
interface Unchanged {
    /** Looks at the file. Blocking. */
    boolean check() throws IOException;

    /** Looks at it in a way that never waits for a disk. If that says no, the file may be unchanged all the same. */
    default boolean atOnce() {
        return false;
    }
}
