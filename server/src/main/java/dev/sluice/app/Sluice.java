package dev.sluice.app;

import static java.util.stream.Collectors.joining;

import dev.sluice.config.AdminSettings;
import dev.sluice.config.Configuration;
import dev.sluice.config.ConfigurationException;
import dev.sluice.config.ConfigurationSource;
import dev.sluice.config.LimitSettings;
import dev.sluice.serve.Connections;
import dev.sluice.serve.Front;
import dev.sluice.serve.LedgerObserver;
import dev.sluice.serve.Limits;
import dev.sluice.serve.ListeningSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A running server: everything wired together, from the configuration to the sockets. */
public final class Sluice implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("sluice");

    /** A request body is of no use to a file server; what a browser may send with a GET is drained. */
    private static final long MAX_REQUEST_BODY = 64 << 10;

    private static final long LOOK_FOR_STALLED_EVERY_SECONDS = 1;

    private static final long LOOK_FOR_RENEWALS_EVERY_SECONDS = 1;

    private static final long LOAD_THE_REST_AFTER_SECONDS = 1;

    /** Fewer than that are worth a word even where nobody has asked for more. */
    private static final int FEW_CONNECTIONS = 1_000;

    private final Configuration configuration;
    private final Network network;
    private final Parts parts;
    private final Certificates certificates = new Certificates();
    private final Connections siteConnections;
    private final Connections adminConnections;
    private final Listeners listeners;
    private @Nullable AdminListener admin;
    private final List<String> elsewhere = new ArrayList<>();
    private final List<String> announcement = new ArrayList<>();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);

    private Sluice(Configuration configuration, Parts parts) throws IOException {
        this.configuration = configuration;
        this.parts = parts;
        Limits limits = limits(configuration.limits(), configuration.listeners().size());
        this.siteConnections = new Connections(limits, new LedgerObserver(parts.ledger()));
        this.adminConnections = new Connections(limits, Connections.Observer.NONE);
        this.network = new Network(configuration.io(), limits);
        this.listeners = new Listeners(network, certificates, siteConnections, parts.siteFronts(siteConnections));
    }

    /**
     * Starts a server whose configuration does not change.
     *
     * @throws StartException if a part of it cannot be had; whatever had been opened is closed again
     */
    public static Sluice start(Configuration configuration) throws StartException {
        return start(configuration, null, Set.of());
    }

    /**
     * Starts a server whose configuration can be read again while it runs.
     *
     * @throws ConfigurationException if the configuration cannot be used
     * @throws StartException as above
     */
    public static Sluice start(ConfigurationSource source) throws ConfigurationException, StartException {
        return start(source, Set.of());
    }

    /**
     * Starts a server like that, which takes the place of another one: it listens beside it until that is stopped. Both must be
     * of the same user (SO_REUSEPORT, socket(7)).
     *
     * @param shared the ports on which the other one listens; of all others this one has to be alone
     * @throws ConfigurationException as above
     * @throws StartException as above
     */
    public static Sluice start(ConfigurationSource source, Set<Integer> shared)
            throws ConfigurationException, StartException {
        return start(source.load(), source, shared);
    }

    private static Sluice start(Configuration configuration, @Nullable ConfigurationSource source, Set<Integer> shared)
            throws StartException {
        Parts parts = Parts.of(configuration, source);
        try {
            Sluice sluice = new Sluice(configuration, parts);
            try {
                sluice.open(shared);
                return sluice;
            } catch (StartException e) {
                sluice.close();
                throw e;
            }
        } catch (IOException e) {
            parts.close();
            throw new StartException("cannot start: " + e.getMessage(), e);
        }
    }

    private static Limits limits(LimitSettings limits, int listeners) {
        DescriptorLimit descriptors = DescriptorLimit.ofThisProcess();
        int connections = descriptors.connections(limits.connections(), listeners);
        boolean asked = limits.connections() != LimitSettings.DEFAULT_CONNECTIONS;
        if (connections < limits.connections() && (asked || connections < FEW_CONNECTIONS)) {
            LOG.warning("limits.connections: " + connections + " instead of " + limits.connections()
                    + ", since no more than " + descriptors.descriptors() + " files may be open (ulimit -n)");
        }
        return new Limits(
                connections,
                limits.connectionsPerClient(),
                limits.requests(),
                (int) limits.headerSize().bytes(),
                MAX_REQUEST_BODY,
                limits.handshakeTimeout(),
                limits.headerTimeout(),
                limits.idleTimeout(),
                limits.writeTimeout(),
                limits.minimumRate().bytes());
    }

    private void open(Set<Integer> shared) throws StartException {
        listeners.start(configuration.listeners(), handedDown(), shared);
        parts.reloading().attach(listeners);
        listeners.open().forEach(one -> announcement.add(line(one, configuration)));
        network.every(LOOK_FOR_STALLED_EVERY_SECONDS, siteConnections::closeStalled);
        network.every(LOOK_FOR_STALLED_EVERY_SECONDS, adminConnections::closeStalled);
        network.everyInWorker(LOOK_FOR_RENEWALS_EVERY_SECONDS, certificates::renew);
        network.after(LOAD_THE_REST_AFTER_SECONDS, parts::loadTheRest);
        if (configuration.admin().listen() instanceof AdminSettings.At at) {
            Front front = parts.adminFront(() -> !stopping.get());
            AdminListener opened = AdminListener.open(
                    network,
                    adminConnections,
                    front,
                    at,
                    shared.contains(at.address().port()));
            admin = opened;
            announcement.add("sluice: admin at " + opened.url() + opened.remark());
        }
        listElsewhere();
    }

    private @Nullable ListeningSocket handedDown() throws StartException {
        try {
            ListeningSocket socket = ListeningSocket.handedDown();
            if (socket != null
                    && configuration.listeners().stream()
                            .noneMatch(one -> one.port() == socket.address().getPort())) {
                throw new StartException("standard input: a socket that listens on " + socket.address()
                        + " (expected: the port of a listener: "
                        + configuration.listeners().stream()
                                .map(one -> String.valueOf(one.port()))
                                .collect(joining(", "))
                        + ")");
            }
            return socket;
        } catch (IOException e) {
            throw new StartException("cannot tell what standard input is: " + e.getMessage(), e);
        }
    }

    private static String line(Listeners.Open one, Configuration configuration) {
        return one.redirects()
                ? "sluice: redirecting to https at " + one.urls().own()
                : "sluice: serving " + configuration.sites().get(0).root().text() + " at "
                        + one.urls().own();
    }

    /** The URLs of those that serve: with TLS first. */
    private List<ListenerUrls> serving() {
        return listeners.open().stream()
                .filter(one -> !one.redirects())
                .sorted(Comparator.comparing(Listeners.Open::isSecure).reversed())
                .map(Listeners.Open::urls)
                .toList();
    }

    /** Behind the lines of the listeners, which scripts read in their order. */
    private void listElsewhere() {
        List<ListenerUrls> serving = serving();
        if (serving.stream().noneMatch(ListenerUrls::isEverywhere)) {
            return;
        }
        try {
            List<InetAddress> addresses = MachineAddresses.current();
            serving.forEach(urls -> elsewhere.addAll(urls.elsewhere(addresses)));
            elsewhere.forEach(url -> announcement.add("sluice: reachable at " + url));
        } catch (SocketException e) {
            LOG.warning("cannot tell the addresses of this machine: " + e.getMessage());
        }
    }

    /**
     * The URL to hand to somebody: the first by which another machine reaches the sites, or else that of the first listener that
     * serves them. Listeners with TLS come before those without.
     */
    public String link() {
        return elsewhere.isEmpty() ? serving().get(0).own() : elsewhere.get(0);
    }

    /** The URL by which a browser on this machine reaches the sites. */
    public String ownLink() {
        return serving().get(0).onThisMachine();
    }

    /**
     * The lines that tell the user where it listens: one for each listener, and then one for each URL by which other machines
     * reach those that listen at every address.
     */
    public List<String> announcement() {
        return List.copyOf(announcement);
    }

    /**
     * Reads the configuration again, and looks for renewed certificates. What came of it is logged; what cannot be used leaves
     * everything as it is. Blocking.
     */
    public void reload() {
        parts.reloading().reload();
        certificates.renew();
    }

    /** Waits until the server has been stopped. */
    public void awaitTermination() throws InterruptedException {
        stopped.await();
    }

    /**
     * Stops: accepts no more, lets what runs finish within {@code limits.shutdown}, then cuts off what is left and closes
     * everything. Returns when that is done; a second call does nothing.
     */
    @Override
    public void close() {
        if (!stopping.compareAndSet(false, true)) {
            return;
        }
        listeners.close();
        AdminListener asked = admin;
        if (asked != null) {
            asked.makeWay();
        }
        parts.endStreams();
        try {
            int cut = siteConnections.drain(configuration.limits().shutdown());
            if (cut > 0) {
                LOG.warning("cut off " + cut + " connections that were still busy after "
                        + configuration.limits().shutdown().toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (asked != null) {
                asked.close();
            }
            network.close();
            parts.close();
            stopped.countDown();
        }
    }
}
