package dev.sluice.app;

import dev.sluice.admin.AdminHandler;
import dev.sluice.admin.AdminPorts;
import dev.sluice.admin.BearerToken;
import dev.sluice.admin.ServerInfo;
import dev.sluice.admin.StreamPort;
import dev.sluice.config.AccessLogSettings;
import dev.sluice.config.AdminSettings;
import dev.sluice.config.AutoOr;
import dev.sluice.config.ByteSize;
import dev.sluice.config.CacheSettings;
import dev.sluice.config.Configuration;
import dev.sluice.config.ConfigurationSource;
import dev.sluice.config.IoSettings;
import dev.sluice.config.LimitSettings;
import dev.sluice.ledger.AccessLog;
import dev.sluice.ledger.AccessLogFormat;
import dev.sluice.ledger.Feed;
import dev.sluice.ledger.Ledger;
import dev.sluice.plan.Policy;
import dev.sluice.serve.Connections;
import dev.sluice.serve.DiskOptions;
import dev.sluice.serve.FastPaths;
import dev.sluice.serve.Front;
import dev.sluice.serve.SecureOrigin;
import dev.sluice.serve.SendOptions;
import dev.sluice.serve.Serving;
import dev.sluice.serve.SoundRequests;
import dev.sluice.serve.StaticHandler;
import dev.sluice.serve.Storage;
import dev.sluice.site.WatchLimit;
import dev.sluice.site.Watcher;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** What a server consists of, its network apart: made from the configuration, closed in the reverse order. */
final class Parts implements Closeable {
    /** Requests that the admin API can still tell about. */
    private static final int REMEMBERED_REQUESTS = 1024;

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    private final Configuration configuration;
    private final Instant startedAt = Instant.now();
    private final @Nullable AccessLog accessLog;
    private final Feed feed = new Feed();
    private final Ledger ledger;
    private final Storage storage;
    private final Reloading reloading;
    private final @Nullable BearerToken token;

    private Parts(
            Configuration configuration,
            @Nullable ConfigurationSource source,
            @Nullable AccessLog accessLog,
            @Nullable BearerToken token) {
        this.configuration = configuration;
        this.accessLog = accessLog;
        this.token = token;
        this.ledger = ledger(configuration.admin(), accessLog, feed);
        this.storage = storage(configuration);
        this.reloading = new Reloading(configuration, storage, source);
    }

    /**
     * @param source where later configurations come from, or null
     */
    static Parts of(Configuration configuration, @Nullable ConfigurationSource source) throws StartException {
        BearerToken token = AdminAccess.token(configuration.admin());
        return new Parts(configuration, source, accessLog(configuration.accessLog()), token);
    }

    /** Nothing is recorded where nobody can ask for it. */
    private static Ledger ledger(AdminSettings admin, @Nullable AccessLog accessLog, Feed feed) {
        if (accessLog == null) {
            return admin.listen() instanceof AdminSettings.Off ? Ledger.idle() : new Ledger(REMEMBERED_REQUESTS, feed);
        }
        return new Ledger(REMEMBERED_REQUESTS, accessLog.andThen(feed));
    }

    private static @Nullable AccessLog accessLog(AccessLogSettings settings) throws StartException {
        if (settings.file() instanceof AccessLogSettings.Off) {
            return null;
        }
        AccessLogFormat format = AccessLogFormat.valueOf(settings.format().name());
        try {
            return AccessLog.open(settings.file().toString(), format);
        } catch (IOException e) {
            throw new StartException("cannot open the access log: " + e.getMessage(), e);
        }
    }

    private static Storage storage(Configuration configuration) {
        CacheSettings cache = configuration.cache();
        Storage storage = new Storage(
                CacheRegions.open(configuration),
                cache.maxFileSize().bytes(),
                cache.revalidate(),
                diskOptions(configuration.io()),
                watcher(cache.watch()));
        storage.recall();
        return storage;
    }

    private static @Nullable Watcher watcher(AutoOr<Boolean> watch) {
        if (!watch.orElseGet(() -> true)) {
            return null;
        }
        return new Watcher(WatchLimit.ofThisSystem(), watch instanceof AutoOr.Fixed);
    }

    /** As many readers of large files as workers. */
    static DiskOptions diskOptions(IoSettings io) {
        int readers = io.workerCount(Runtime.getRuntime().availableProcessors());
        ByteSize direct = io.directMinSize();
        return new DiskOptions(readers, direct == null ? Policy.NEVER : direct.bytes());
    }

    Ledger ledger() {
        return ledger;
    }

    Reloading reloading() {
        return reloading;
    }

    /** What answers at the listeners of the sites. */
    Listeners.Fronts siteFronts(Connections connections) {
        return new Listeners.Fronts() {
            @Override
            public Front serving() {
                Serving serving = reloading.serving();
                StaticHandler handler =
                        new StaticHandler(serving, storage, sendOptions(configuration), ledger, connections);
                boolean fast = configuration.io().fastPath();
                return new Front(handler, fast ? new FastPaths(serving, ledger, connections) : null);
            }

            @Override
            public Front redirecting(IntSupplier securePort) {
                SecureOrigin to = new SecureOrigin(securePort);
                SendOptions options = sendOptions(configuration);
                return new Front(
                        new StaticHandler(reloading.serving(), storage, options, ledger, connections, to), null);
            }
        };
    }

    private static SendOptions sendOptions(Configuration configuration) {
        return new SendOptions(configuration.io().sendfileChunk().bytes());
    }

    Front adminFront(BooleanSupplier ready) {
        ServerInfo server =
                new ServerInfo(Version.current(), ProcessHandle.current().pid(), startedAt);
        CacheReports cache = new CacheReports(storage);
        AdminPorts ports = new AdminPorts(
                ledger,
                cache::figures,
                cache,
                reloading::configuration,
                reloading,
                Explanations.of(configuration, reloading.serving(), storage),
                ready,
                server,
                () -> accessLog == null ? 0 : accessLog.dropped(),
                new StreamPort(feed, keepAlive(configuration.limits())),
                token);
        return new Front(new SoundRequests(new AdminHandler(ports)), null);
    }

    /** Often enough that a connection on which nothing else goes on is not closed as one that stands still. */
    private static Duration keepAlive(LimitSettings limits) {
        Duration patience = limits.idleTimeout().plus(limits.headerTimeout()).plus(limits.writeTimeout());
        Duration third = patience.dividedBy(3);
        return third.compareTo(KEEP_ALIVE) < 0 ? third : KEEP_ALIVE;
    }

    /** Ends the streams of records and of live reload, for which a stop need not wait. */
    void endStreams() {
        reloading.endStreams();
        feed.close();
    }

    /** What a start can do without, and an administrator should hear of soon. */
    void loadTheRest() {
        storage.loadCodecs();
    }

    @Override
    public void close() {
        storage.close();
        if (accessLog != null) {
            accessLog.close();
        }
    }
}
