package dev.sluice.calibration;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/** Answers a request from a file by one technique. */
interface Sender extends AutoCloseable {
    /** Sends the head and the bytes, all of them: the socket blocks. */
    void send(SocketChannel socket) throws IOException;

    @Override
    void close() throws IOException;
}
