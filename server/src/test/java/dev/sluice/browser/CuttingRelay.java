package dev.sluice.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A bad line between a browser and a server: it breaks once, in the first answer that is longer than so many bytes, and is
 * good afterwards. It breaks as a line does behind which a proxy ends, with a FIN.
 */
final class CuttingRelay implements AutoCloseable {
    private static final int BUFFER = 64 << 10;

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool(CuttingRelay::daemon);
    private final AtomicBoolean cut = new AtomicBoolean();
    private final URI server;
    private final long after;
    private final Runnable whenCut;

    CuttingRelay(URI server, long after, Runnable whenCut) throws IOException {
        this.server = server;
        this.after = after;
        this.whenCut = whenCut;
        threads.execute(this::accept);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        return thread;
    }

    /** An address of the server, by way of here. */
    URI address(String path) {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort()).resolve(path);
    }

    boolean hasCut() {
        return cut.get();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket upstream = new Socket(server.getHost(), server.getPort());
                threads.execute(() -> pump(client, upstream, Long.MAX_VALUE));
                threads.execute(() -> pump(upstream, client, after));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void pump(Socket from, Socket to, long limit) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            long passed = 0;
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
                passed += n;
                if (passed > limit && cut.compareAndSet(false, true)) {
                    from.close();
                    whenCut.run();
                    return;
                }
            }
        } catch (IOException gone) {
            // One of the two has left, and the other is told so by the end of its connection.
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
