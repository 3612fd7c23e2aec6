package dev.sluice.soak;

import java.io.IOException;

/** Does one thing with the server over and over again. Used by one thread. */
interface Client extends AutoCloseable {
    /**
     * Does it once.
     *
     * @return how many answers were checked
     * @throws AssertionError if one was wrong
     */
    int visit() throws Exception;

    @Override
    default void close() throws IOException {}
}
