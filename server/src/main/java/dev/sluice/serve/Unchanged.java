package dev.sluice.serve;

import java.io.IOException;

/** Whether a file still is what it was when the response's fields were made from it. Blocking. */
@FunctionalInterface
interface Unchanged {
    /**
     * Looks at the file again.
     *
     * @throws IOException if it cannot be looked at
     */
    boolean check() throws IOException;
}
