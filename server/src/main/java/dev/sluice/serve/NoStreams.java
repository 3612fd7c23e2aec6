package dev.sluice.serve;

import io.undertow.io.Receiver;
import io.undertow.io.Sender;
import io.undertow.server.BlockingHttpExchange;
import java.io.InputStream;
import java.io.OutputStream;

/** Stands for the streams of an exchange that are not to be used. */
final class NoStreams implements BlockingHttpExchange {
    private static IllegalStateException unused() {
        return new IllegalStateException("the response is sent without streams");
    }

    @Override
    public InputStream getInputStream() {
        throw unused();
    }

    @Override
    public OutputStream getOutputStream() {
        throw unused();
    }

    @Override
    public Sender getSender() {
        throw unused();
    }

    @Override
    public Receiver getReceiver() {
        throw unused();
    }

    @Override
    public void close() {}
}
