package dev.sluice.serve;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptListenerSettable;
import org.xnio.channels.AcceptingChannel;

/**
 * XNIO's server, on a socket that was opened here. XNIO opens the socket of a server by itself and can be given neither one that
 * was handed down nor the option to share it, so that what it does next is done here, by the constructors that it uses (ADR 24).
 * They are not public; the versions of XNIO are pinned.
 */
final class XnioServer {
    private static final String PACKAGE = "org.xnio.nio.";

    /** More turns than the longest queue of connections that wait takes, at 128 a turn. */
    private static final int TURNS = 9;

    private static final long PATIENCE_SECONDS = 1;

    private final ListeningSocket socket;
    private final AcceptingChannel<?> server;
    private final XnioIoThread acceptThread;
    private volatile boolean started;

    private XnioServer(ListeningSocket socket, AcceptingChannel<?> server, XnioIoThread acceptThread) {
        this.socket = socket;
        this.server = server;
        this.acceptThread = acceptThread;
    }

    /**
     * Takes over a socket; nothing is accepted from it yet.
     *
     * @param accepted told that there is something to accept, in an I/O thread
     * @throws IOException if the worker has been stopped
     */
    static XnioServer on(
            ListeningSocket socket,
            XnioWorker worker,
            ChannelListener<AcceptingChannel<StreamConnection>> accepted,
            OptionMap options)
            throws IOException {
        try {
            Class<?> accepting = Class.forName(PACKAGE + "NioTcpServer");
            Constructor<?> real = open(accepting.getDeclaredConstructor(
                    worker.getClass(), ServerSocketChannel.class, OptionMap.class, boolean.class));
            Constructor<?> queued =
                    open(Class.forName(PACKAGE + "QueuedNioTcpServer2").getDeclaredConstructor(accepting));
            Object server = queued.newInstance(real.newInstance(worker, socket.channel(), options, true));
            listen(server, accepted);
            Object thread =
                    open(worker.getClass().getDeclaredMethod("getAcceptThread")).invoke(worker);
            return new XnioServer(socket, (AcceptingChannel<?>) server, (XnioIoThread) thread);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IOException stopped) {
                throw stopped;
            }
            throw new IllegalStateException("XNIO refuses a socket", e);
        } catch (ReflectiveOperationException e) {
            throw otherVersion(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static void listen(Object server, ChannelListener<AcceptingChannel<StreamConnection>> accepted) {
        ((AcceptListenerSettable<AcceptingChannel<StreamConnection>>) server).setAcceptListener(accepted);
    }

    private static <T extends AccessibleObject> T open(T member) {
        member.setAccessible(true);
        return member;
    }

    /** Begins to accept. */
    void start() {
        started = true;
        server.resumeAccepts();
    }

    /**
     * Accepts what waits, and then no more; a socket that was handed down stays open for whoever has it, too. Not for I/O threads.
     *
     * @throws IOException if the thread that accepts has not done so within a second
     */
    void close() throws IOException {
        CountDownLatch done = new CountDownLatch(1);
        try {
            acceptThread.execute(() -> {
                // At once after another, and in the thread that accepts: what comes between the two is lost.
                try {
                    if (started) {
                        acceptAll();
                    }
                } finally {
                    leave();
                    done.countDown();
                }
            });
            if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new InterruptedIOException("the thread that accepts connections does not answer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            leave();
        } catch (RejectedExecutionException stopped) {
            leave();
        }
    }

    private void leave() {
        if (socket.isHandedDown()) {
            server.suspendAccepts();
        } else {
            IoUtils.safeClose(server);
        }
    }

    private void acceptAll() {
        try {
            Method turn = open(server.getClass().getDeclaredMethod("handleReady"));
            for (int i = 0; i < TURNS; i++) {
                turn.invoke(server);
            }
        } catch (ReflectiveOperationException e) {
            throw otherVersion(e);
        }
    }

    private static IllegalStateException otherVersion(ReflectiveOperationException e) {
        return new IllegalStateException("XNIO is not the version that Sluice was built with", e);
    }
}
