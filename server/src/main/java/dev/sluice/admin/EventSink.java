package dev.sluice.admin;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where the events of one stream go: an exchange, for the feed's thread. Nothing here blocks. */
interface EventSink {
    /** Whether events may be written: the head is on its way. */
    boolean isReady();

    /** Whether the client has gone, or the connection is closed. */
    boolean isGone();

    /**
     * Writes what the socket takes.
     *
     * @return how many octets
     * @throws IOException if the client has gone
     */
    int write(ByteBuffer octets) throws IOException;

    /** Ends the response as its framing has it, and then closes the connection; nothing is to be written any more. */
    void end();

    /** Closes the connection at once. */
    void cut();
}
