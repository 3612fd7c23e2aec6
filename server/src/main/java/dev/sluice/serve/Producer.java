package dev.sluice.serve;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Makes a body of unknown length piece by piece. Blocking: called on workers, by one at a time. */
interface Producer extends Closeable {
    /**
     * Makes the next piece.
     *
     * @return the piece, from position to limit, not empty, which stays as it is until the next call; null at the end
     * @throws IOException if the rest cannot be made: the body is then broken off
     */
    @Nullable
    ByteBuffer next() throws IOException;
}
