package dev.sluice.calibration;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.SynchronousQueue;

/**
 * A connection of this machine with itself, and a client at its other end: a thread that asks, takes the whole answer, and asks
 * again, as a client that keeps its connection does.
 */
final class Loopback implements Closeable {
    private static final byte[] REQUEST =
            "GET /some/file.bin HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int SCRATCH = 1 << 20;

    private final SocketChannel server;
    private final SocketChannel client;
    private final Thread asker;
    private final ByteBuffer request = ByteBuffer.allocateDirect(REQUEST.length);
    private final SynchronousQueue<Batch> batches = new SynchronousQueue<>();

    /** So many requests, each answered with so many bytes. */
    private record Batch(int requests, long bytes) {}

    private Loopback(SocketChannel server, SocketChannel client) {
        this.server = server;
        this.client = client;
        this.asker = new Thread(this::ask, "sluice-calibrate-client");
        asker.setDaemon(true);
        asker.start();
    }

    static Loopback open() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketChannel client = SocketChannel.open(listener.getLocalAddress());
            SocketChannel server = listener.accept();
            server.setOption(StandardSocketOptions.TCP_NODELAY, true);
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            return new Loopback(server, client);
        }
    }

    /** This end, which is to be written to. */
    SocketChannel socket() {
        return server;
    }

    /** Has the client ask so many times, and expect so many bytes each time. */
    void expect(int requests, long bytes) throws InterruptedException {
        batches.put(new Batch(requests, bytes));
    }

    /** Waits for the next request. */
    void readRequest() throws IOException {
        request.clear();
        while (request.hasRemaining()) {
            if (server.read(request) < 0) {
                throw new EOFException("the measuring client has gone");
            }
        }
    }

    private void ask() {
        ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH);
        ByteBuffer asking = ByteBuffer.allocateDirect(REQUEST.length).put(REQUEST);
        try {
            while (client.isOpen()) {
                Batch batch = batches.take();
                for (int i = 0; i < batch.requests; i++) {
                    client.write(asking.rewind());
                    drain(scratch, batch.bytes);
                }
            }
        } catch (IOException | InterruptedException closed) {
            // The other end learns it from its socket.
        }
    }

    private void drain(ByteBuffer scratch, long bytes) throws IOException {
        long left = bytes;
        while (left > 0) {
            scratch.clear().limit((int) Math.min(scratch.capacity(), left));
            int read = client.read(scratch);
            if (read < 0) {
                throw new EOFException();
            }
            left -= read;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        client.close();
        asker.interrupt();
    }
}
