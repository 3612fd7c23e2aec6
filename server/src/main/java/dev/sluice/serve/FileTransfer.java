package dev.sluice.serve;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.xnio.channels.StreamSinkChannel;

/**
 * Brings bytes of a file to a client, always from an explicit position, since files are shared. One for each response, used
 * by one thread at a time.
 */
sealed interface FileTransfer permits SendfileTransfer, BufferedTransfer, DirectTransfer, InflatedTransfer {
    /** Taking a piece from the page cache is faster; what took longer must have waited for the disk. */
    long SLOW = TimeUnit.MILLISECONDS.toNanos(5);

    /**
     * Sends what the client takes at once.
     *
     * @param position of the first byte
     * @param count the most to send, at least 1
     * @return how many were taken, 0 if none
     * @throws ShrunkException if the file ends before {@code position}
     * @throws IOException if the client has gone, or the file cannot be read
     */
    long send(long position, long count, StreamSinkChannel client) throws IOException;

    /**
     * Reads a single byte.
     *
     * @param into where it is put, at its position
     * @throws ShrunkException if the file ends before {@code position}
     * @throws IOException if the file cannot be read
     */
    void read(long position, ByteBuffer into) throws IOException;

    /** Whether the last {@link #send} waited for the disk. */
    boolean waited();
}
