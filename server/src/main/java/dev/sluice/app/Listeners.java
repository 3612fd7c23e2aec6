package dev.sluice.app;

import dev.sluice.config.HostPort;
import dev.sluice.config.ListenerSettings;
import dev.sluice.config.TlsSettings;
import dev.sluice.serve.Connections;
import dev.sluice.serve.Front;
import dev.sluice.serve.Listener;
import dev.sluice.serve.ListeningSocket;
import dev.sluice.serve.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;

/**
 * The listeners that serve sites. They can be changed while they serve: one whose address stays keeps its socket, whatever else
 * of it is new.
 */
final class Listeners {
    private final Network network;
    private final Certificates certificates;
    private final Connections connections;
    private final Fronts fronts;
    private volatile List<Open> open = List.of();
    private boolean closed;

    /** What answers at a listener. */
    interface Fronts {
        /** Serves the sites. */
        Front serving();

        /**
         * Sends every request to where it is served over TLS.
         *
         * @param securePort the port of that listener
         */
        Front redirecting(IntSupplier securePort);
    }

    /**
     * One that is open.
     *
     * @param settings what it was made of
     */
    record Open(ListenerSettings settings, Listener listener, Transport transport) {
        HostPort address() {
            return addressOf(settings);
        }

        boolean isSecure() {
            return settings.tls() != null;
        }

        boolean redirects() {
            return Listeners.redirects(settings);
        }

        ListenerUrls urls() {
            return ListenerUrls.of(transport, listener);
        }
    }

    Listeners(Network network, Certificates certificates, Connections connections, Fronts fronts) {
        this.network = network;
        this.certificates = certificates;
        this.connections = connections;
        this.fronts = fronts;
    }

    private static HostPort addressOf(ListenerSettings settings) {
        return new HostPort(settings.host(), settings.port());
    }

    private static boolean redirects(ListenerSettings settings) {
        return settings.redirect() == ListenerSettings.Redirect.HTTPS;
    }

    /** Those that are open, in the order in which they are written. */
    List<Open> open() {
        return open;
    }

    /** The port of the first that speaks TLS; 0 if none does. */
    private int securePort() {
        return open.stream()
                .filter(Open::isSecure)
                .findFirst()
                .map(first -> first.listener().address().getPort())
                .orElse(0);
    }

    /**
     * Opens those that serve at first.
     *
     * @param handedDown a socket to be used by the first of its port, instead of a new one; or null
     * @param shared ports on which another server may listen already
     * @throws StartException if one of them cannot be opened; then none is
     */
    void start(List<ListenerSettings> settings, @Nullable ListeningSocket handedDown, Set<Integer> shared)
            throws StartException {
        Change change = new Change();
        AtomicReference<@Nullable ListeningSocket> given = new AtomicReference<>(handedDown);
        change.prepare(settings, address -> socket(address, given, shared));
        change.commit();
    }

    private ListeningSocket socket(
            HostPort address, AtomicReference<@Nullable ListeningSocket> given, Set<Integer> shared)
            throws StartException {
        ListeningSocket handedDown = given.get();
        if (handedDown != null && handedDown.address().getPort() == address.port()) {
            given.set(null);
            return handedDown;
        }
        return network.bind(address, shared.contains(address.port()));
    }

    /**
     * Opens what is new, and leaves what is served as it is.
     *
     * @return to be committed or cancelled
     * @throws StartException if something cannot be opened; then nothing has changed
     */
    Change change(List<ListenerSettings> settings) throws StartException {
        synchronized (this) {
            if (closed) {
                throw new StartException("listeners cannot be changed: the server is stopping");
            }
        }
        Change change = new Change();
        change.prepare(settings, address -> network.bind(address, isOurs(address.port())));
        return change;
    }

    /** An address may overlap with one that is to be closed: every address of this machine, and one of them. */
    private boolean isOurs(int port) {
        return port != 0
                && open.stream().anyMatch(one -> one.listener().address().getPort() == port);
    }

    /** Accepts no more. */
    synchronized void close() {
        closed = true;
        open.forEach(one -> one.listener().close());
    }

    /** Where a socket comes from. */
    private interface Sockets {
        ListeningSocket at(HostPort address) throws StartException;
    }

    /** From those that are open to those that shall be: in two steps, of which the second cannot fail. */
    final class Change {
        private final List<Open> before = open;
        private final List<Open> after = new ArrayList<>();
        private final List<Open> opened = new ArrayList<>();

        private void prepare(List<ListenerSettings> settings, Sockets sockets) throws StartException {
            List<Open> left = new ArrayList<>(before);
            boolean complete = false;
            try {
                for (ListenerSettings one : settings) {
                    after.add(prepare(one, left, sockets));
                }
                complete = true;
            } finally {
                if (!complete) {
                    cancel();
                }
            }
        }

        private Open prepare(ListenerSettings settings, List<Open> left, Sockets sockets) throws StartException {
            for (Open one : left) {
                if (one.address().equals(addressOf(settings))) {
                    left.remove(one);
                    return one.settings().equals(settings)
                            ? one
                            : new Open(settings, one.listener(), transport(settings));
                }
            }
            Transport transport = transport(settings);
            ListeningSocket socket = null;
            boolean complete = false;
            try {
                socket = sockets.at(addressOf(settings));
                Open one = new Open(
                        settings, network.listener(socket, transport, connections, front(settings)), transport);
                opened.add(one);
                complete = true;
                return one;
            } finally {
                if (!complete) {
                    certificates.forget(transport);
                    IoUtils.safeClose(socket);
                }
            }
        }

        private Transport transport(ListenerSettings settings) throws StartException {
            List<TlsSettings> tls = settings.tls();
            return tls == null
                    ? new Transport.Clear(settings.h2c())
                    : certificates.transport(tls, settings.clientCertificates());
        }

        private Front front(ListenerSettings settings) {
            return redirects(settings) ? fronts.redirecting(Listeners.this::securePort) : fronts.serving();
        }

        /** Has the new ones serve, and those that are in them no more accept nothing more. */
        void commit() {
            synchronized (Listeners.this) {
                if (closed) {
                    cancel();
                } else {
                    exchange();
                }
            }
        }

        private void exchange() {
            open = List.copyOf(after);
            for (Open one : after) {
                if (opened.contains(one)) {
                    one.listener().start();
                } else if (!before.contains(one)) {
                    one.listener().become(front(one.settings()), one.transport());
                }
            }
            forEach(before, after, gone -> certificates.forget(gone.transport()));
            before.stream()
                    .filter(one -> after.stream().noneMatch(kept -> kept.listener() == one.listener()))
                    .forEach(gone -> gone.listener().close());
        }

        /** Closes what was opened. */
        void cancel() {
            forEach(after, before, one -> certificates.forget(one.transport()));
            opened.forEach(one -> one.listener().close());
        }

        private void forEach(List<Open> these, List<Open> without, Consumer<Open> action) {
            these.stream().filter(one -> !without.contains(one)).forEach(action);
        }
    }
}
