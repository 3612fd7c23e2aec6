package dev.sluice.app;

import dev.sluice.config.AdminSettings;
import dev.sluice.config.HostPort;
import dev.sluice.serve.Connections;
import dev.sluice.serve.Front;
import dev.sluice.serve.Listener;
import dev.sluice.serve.Transport;
import java.io.Closeable;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The listener of the admin API. */
final class AdminListener implements Closeable {
    private static final Logger LOG = Logger.getLogger("sluice");

    private final Network network;
    private final Connections connections;
    private final Front front;
    private final HostPort address;
    private final String remark;
    private @Nullable Listener listener;

    private AdminListener(
            Network network, Connections connections, Front front, HostPort asked, String remark, boolean shared)
            throws StartException {
        this.network = network;
        this.connections = connections;
        this.front = front;
        Listener opened = listen(asked, shared);
        this.listener = opened;
        this.address = new HostPort(asked.host(), opened.address().getPort());
        this.remark = remark;
    }

    /**
     * Opens it where it is asked for, or at a free port if nobody asked for one and that of the defaults is taken.
     *
     * @param shared whether another server may listen there already
     * @throws StartException if it cannot be opened
     */
    static AdminListener open(
            Network network, Connections connections, Front front, AdminSettings.At at, boolean shared)
            throws StartException {
        try {
            return new AdminListener(network, connections, front, at.address(), "", shared);
        } catch (StartException taken) {
            if (at.named()) {
                throw taken;
            }
            HostPort free = new HostPort(at.address().host(), 0);
            String remark = " (port " + at.address().port() + " is taken)";
            return new AdminListener(network, connections, front, free, remark, false);
        }
    }

    private Listener listen(HostPort where, boolean shared) throws StartException {
        Listener opened = network.listener(network.bind(where, shared), Transport.Clear.HTTP1, connections, front);
        opened.start();
        return opened;
    }

    /** Where it is. */
    String url() {
        Listener opened = listener;
        return opened == null
                ? ""
                : ListenerUrls.of(Transport.Clear.HTTP1, opened).own();
    }

    /** What the user may wonder about, or nothing. */
    String remark() {
        return remark;
    }

    /**
     * Leaves the address to another server that listens there, too: this one is stopping, and whoever asks shall hear of the one
     * that goes on. Where there is none, it goes on answering: that this one is not ready.
     */
    void makeWay() {
        close();
        try {
            listener = listen(address, false);
        } catch (StartException successor) {
            LOG.fine(successor.getMessage());
        }
    }

    @Override
    public void close() {
        Listener opened = listener;
        listener = null;
        if (opened != null) {
            opened.close();
        }
    }
}
