package dev.sluice.app;

import dev.sluice.config.HostPort;
import dev.sluice.config.IoSettings;
import dev.sluice.serve.Connections;
import dev.sluice.serve.Front;
import dev.sluice.serve.Limits;
import dev.sluice.serve.Listener;
import dev.sluice.serve.ListeningSocket;
import dev.sluice.serve.Transport;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DefaultByteBufferPool;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/** The threads and buffers that all listeners share. */
final class Network implements Closeable {
    /** As large as a TLS record and its overhead allow; Undertow's own choice. */
    private static final int BUFFER_SIZE = 16_364;

    /** Beyond these a pool frees and reallocates direct memory for each request. */
    private static final int POOLED_BUFFERS = 1024;

    private static final int POOLED_BUFFERS_PER_THREAD = 12;

    private final XnioWorker worker;
    private final ByteBufferPool buffers =
            new DefaultByteBufferPool(true, BUFFER_SIZE, POOLED_BUFFERS, POOLED_BUFFERS_PER_THREAD);
    private final Limits limits;

    Network(IoSettings io, Limits limits) throws IOException {
        int processors = Runtime.getRuntime().availableProcessors();
        int workers = io.workerCount(processors);
        this.limits = limits;
        this.worker = Xnio.getInstance()
                .createWorker(OptionMap.builder()
                        .set(Options.WORKER_NAME, "sluice")
                        .set(Options.WORKER_IO_THREADS, io.threadCount(processors))
                        .set(Options.WORKER_TASK_CORE_THREADS, workers)
                        .set(Options.WORKER_TASK_MAX_THREADS, workers)
                        .set(Options.TCP_NODELAY, true)
                        .getMap());
    }

    /**
     * Opens a listening socket, from which nothing is accepted yet.
     *
     * @param shared whether another server of this user may listen there already
     * @throws StartException if the address is unknown or taken
     */
    ListeningSocket bind(HostPort address, boolean shared) throws StartException {
        InetSocketAddress socket = new InetSocketAddress(address.host().value(), address.port());
        if (socket.isUnresolved()) {
            throw new StartException(
                    "cannot listen on " + address + ": unknown host (expected: an address of this machine,"
                            + " such as 127.0.0.1, or 0.0.0.0 for all)");
        }
        try {
            return shared ? ListeningSocket.beside(socket) : ListeningSocket.alone(socket);
        } catch (BindException e) {
            throw new StartException(
                    "cannot listen on " + address + ": " + e.getMessage()
                            + " (another port: --port N, or 0 for a free one)",
                    e);
        } catch (IOException e) {
            throw new StartException("cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }

    /** A listener on a socket, which accepts nothing yet. */
    Listener listener(ListeningSocket socket, Transport transport, Connections connections, Front front)
            throws StartException {
        try {
            return new Listener(worker, buffers, socket, limits, connections, front, transport);
        } catch (IOException e) {
            throw new StartException("cannot listen on " + socket.address() + ": " + e.getMessage(), e);
        }
    }

    /** Calls a task again and again, in an I/O thread: it must not block. */
    void every(long seconds, Runnable task) {
        worker.getIoThread().executeAtInterval(task, seconds, TimeUnit.SECONDS);
    }

    /** The same in a worker: it may block. */
    void everyInWorker(long seconds, Runnable task) {
        every(seconds, () -> worker.execute(task));
    }

    /** Calls a task once, in a worker: it may block. */
    void after(long seconds, Runnable task) {
        worker.getIoThread().executeAfter(() -> worker.execute(task), seconds, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
