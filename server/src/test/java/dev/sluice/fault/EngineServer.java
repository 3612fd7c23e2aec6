package dev.sluice.fault;

import dev.sluice.http.HostTable;
import dev.sluice.http.MalformedPathException;
import dev.sluice.http.SitePath;
import dev.sluice.io.RegionBudget;
import dev.sluice.io.RegionStore;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.Served;
import dev.sluice.plan.Rules;
import dev.sluice.serve.CodingPolicy;
import dev.sluice.serve.Connections;
import dev.sluice.serve.DiskOptions;
import dev.sluice.serve.Edition;
import dev.sluice.serve.ErrorPages;
import dev.sluice.serve.FastPaths;
import dev.sluice.serve.Front;
import dev.sluice.serve.Gatekeeper;
import dev.sluice.serve.LedgerObserver;
import dev.sluice.serve.Limits;
import dev.sluice.serve.Listener;
import dev.sluice.serve.ListeningSocket;
import dev.sluice.serve.Listing;
import dev.sluice.serve.SendOptions;
import dev.sluice.serve.ServedSite;
import dev.sluice.serve.Serving;
import dev.sluice.serve.SiteContent;
import dev.sluice.serve.SiteTable;
import dev.sluice.serve.StaticHandler;
import dev.sluice.serve.Storage;
import dev.sluice.serve.Transport;
import dev.sluice.site.Site;
import dev.sluice.site.SymlinkPolicy;
import dev.sluice.site.Watcher;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/** The engine as the real server wires it, with its inner figures within reach of a test. */
public final class EngineServer implements AutoCloseable {
    private static final int RING = 16 << 10;

    private final Ledger ledger = new Ledger(RING, served -> {});
    private final Storage storage;
    private final Watcher watcher;
    private final Connections connections;
    private final XnioWorker worker;
    private final Listener listener;
    private final LongAdder handled = new LongAdder();
    private final Map<String, LongAdder> ioThreads = new ConcurrentHashMap<>();

    /**
     * How the server is set up.
     *
     * @param memory bytes of regions; 0 for none
     * @param maxFileSize the largest file held in them
     * @param chunk bytes of a file sent at one turn
     * @param stalledAfter how long a response may stand still
     * @param minimumRate bytes a second that a client has to take of a response, or 0
     * @param notFoundPage the path of the 404 page, or null
     * @param reading how large files are read
     * @param freshness how changes of held files are noticed
     */
    public record Setup(
            long memory,
            long maxFileSize,
            long chunk,
            Duration stalledAfter,
            long minimumRate,
            String notFoundPage,
            DiskOptions reading,
            Freshness freshness) {
        /** Large files are read, and changes noticed, as by default. */
        public Setup(long memory, long maxFileSize, long chunk, Duration stalledAfter, String notFoundPage) {
            this(memory, maxFileSize, chunk, stalledAfter, 0, notFoundPage, DiskOptions.STANDARD, Freshness.standard());
        }

        /** The same with another way to notice changes. */
        public Setup withFreshness(Freshness other) {
            return new Setup(memory, maxFileSize, chunk, stalledAfter, minimumRate, notFoundPage, reading, other);
        }

        /** What the real server has by default, with less memory. */
        public static Setup standard() {
            return new Setup(
                    4L * RegionBudget.LARGEST_REGION,
                    256 << 10,
                    1 << 20,
                    Duration.ofSeconds(30),
                    0,
                    null,
                    DiskOptions.STANDARD,
                    Freshness.standard());
        }

        /** The same with another bound on regions. */
        public Setup withMemory(long bytes) {
            return new Setup(bytes, maxFileSize, chunk, stalledAfter, minimumRate, notFoundPage, reading, freshness);
        }

        /** The same with another bound on the files held in regions. */
        public Setup withMaxFileSize(long bytes) {
            return new Setup(memory, bytes, chunk, stalledAfter, minimumRate, notFoundPage, reading, freshness);
        }

        /** The same with another write timeout. */
        public Setup withStalledAfter(Duration limit) {
            return new Setup(memory, maxFileSize, chunk, limit, minimumRate, notFoundPage, reading, freshness);
        }

        /** The same with a minimum rate. */
        public Setup withMinimumRate(long bytesPerSecond) {
            return new Setup(
                    memory, maxFileSize, chunk, stalledAfter, bytesPerSecond, notFoundPage, reading, freshness);
        }

        /** The same with a page for what is missing. */
        public Setup withNotFoundPage(String path) {
            return new Setup(memory, maxFileSize, chunk, stalledAfter, minimumRate, path, reading, freshness);
        }

        /** The same with files of that many bytes read past the page cache. */
        public Setup withDirectFrom(long bytes) {
            DiskOptions direct = new DiskOptions(reading.readers(), bytes);
            return new Setup(memory, maxFileSize, chunk, stalledAfter, minimumRate, notFoundPage, direct, freshness);
        }
    }

    /**
     * How changes of held files are noticed.
     *
     * @param revalidate by a look after that time, where they are not watched
     * @param mostWatched the most directories that are watched
     */
    public record Freshness(Duration revalidate, int mostWatched) {
        /** As the real server does it. */
        public static Freshness standard() {
            return new Freshness(Duration.ofSeconds(1), 16_384);
        }
    }

    private EngineServer(Path root, Setup setup, Transport transport) throws IOException {
        RegionStore regions = setup.memory() == 0
                ? null
                : new RegionStore(
                        Path.of(System.getProperty("java.io.tmpdir")),
                        RegionBudget.of(setup.memory(), setup.maxFileSize(), Long.MAX_VALUE));
        Site site = new Site(root, List.of("index.html"), SymlinkPolicy.INSIDE, true);
        watcher = new Watcher(setup.freshness().mostWatched(), false);
        storage = new Storage(regions, setup.maxFileSize(), setup.freshness().revalidate(), setup.reading(), watcher);
        ServedSite served = new ServedSite(
                "test",
                new SiteContent(site, storage, Rules.NONE, CodingPolicy.NONE),
                Rules.NONE,
                new Gatekeeper(Map.of(), Map.of()),
                errorPages(setup.notFoundPage()),
                null,
                Listing.OFF);
        SiteTable sites = new SiteTable(
                HostTable.<ServedSite>builder().add("default", served).build());
        Serving serving = new Serving(new Edition(sites, false));
        Limits limits = new Limits(
                5_000,
                0,
                // Few enough that a place that is not given back is missed.
                1_000,
                32 << 10,
                64 << 10,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                setup.stalledAfter(),
                setup.minimumRate());
        connections = new Connections(limits, new LedgerObserver(ledger));
        worker = Xnio.getInstance()
                .createWorker(OptionMap.builder()
                        .set(Options.WORKER_IO_THREADS, 2)
                        .set(Options.WORKER_TASK_CORE_THREADS, 16)
                        .set(Options.WORKER_TASK_MAX_THREADS, 16)
                        .getMap());
        listener = new Listener(
                worker,
                new DefaultByteBufferPool(true, 16_364, 1024, 12),
                ListeningSocket.alone(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                limits,
                connections,
                new Front(
                        counted(new StaticHandler(
                                serving, storage, new SendOptions(setup.chunk()), ledger, connections)),
                        new FastPaths(serving, ledger, connections)),
                transport);
        listener.start();
        worker.getIoThread().executeAtInterval(connections::closeStalled, 100, TimeUnit.MILLISECONDS);
    }

    private HttpHandler counted(HttpHandler handler) {
        return exchange -> {
            handled.increment();
            ioThreads
                    .computeIfAbsent(exchange.getIoThread().getName(), name -> new LongAdder())
                    .increment();
            handler.handleRequest(exchange);
        };
    }

    /** How many requests have reached the handler on the connections of each I/O thread. */
    public Map<String, Long> ioThreads() {
        Map<String, Long> counts = new HashMap<>();
        ioThreads.forEach((name, count) -> counts.put(name, count.sum()));
        return counts;
    }

    /** How many requests have reached the handler: the others were answered on the fast path. */
    public long handled() {
        return handled.sum();
    }

    private static ErrorPages errorPages(String notFoundPage) {
        try {
            return notFoundPage == null
                    ? ErrorPages.NONE
                    : new ErrorPages(Map.of(404, SitePath.parse(notFoundPage)), Map.of());
        } catch (MalformedPathException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Starts a server with the usual set-up. */
    public static EngineServer start(Path root) throws IOException {
        return start(root, Setup.standard());
    }

    /** Starts a server. */
    public static EngineServer start(Path root, Setup setup) throws IOException {
        return start(root, setup, Transport.Clear.HTTP1);
    }

    /** Starts a server that speaks something else than HTTP/1.1 in clear text. */
    public static EngineServer start(Path root, Setup setup, Transport transport) throws IOException {
        return new EngineServer(root, setup, transport);
    }

    /** Opens a connection to it. */
    public RawConnection connect() throws IOException {
        return new RawConnection(port());
    }

    /** Opens a connection whose client can hold next to nothing. */
    public RawConnection connectSlowly() throws IOException {
        return new RawConnection(port(), 4 << 10);
    }

    /** Where it listens. */
    public int port() {
        return listener.address().getPort();
    }

    /** Closes it as a shutdown does: what runs is finished within the limit. Returns how many connections were cut off. */
    public int drain(Duration limit) throws InterruptedException {
        return connections.drain(limit);
    }

    /** Processor time that the I/O threads of this process have used so far, in nanoseconds. */
    public static long ioThreadsCpu() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (ThreadInfo info : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (info != null && info.getThreadName().contains("I/O")) {
                sum += Math.max(0, threads.getThreadCpuTime(info.getThreadId()));
            }
        }
        return sum;
    }

    /** Responses under way. */
    public long active() {
        return ledger.snapshot().active();
    }

    /** Connections now open. */
    public long connections() {
        return ledger.snapshot().connections().open();
    }

    /** Directories that are watched now. */
    public int watchedDirectories() {
        return watcher.directories();
    }

    /** Leases out on regions. */
    public int leases() {
        return storage.leases();
    }

    /** The hot set's figures. */
    public Storage.HotSetFigures hotSet() {
        return storage.figures();
    }

    /** Waits for the newest record of a path and returns it. */
    public Served record(String path) throws Exception {
        Await.until(() -> !records(path).isEmpty());
        return records(path).get(0);
    }

    /** The records of a path, newest first. */
    public List<Served> records(String path) {
        return ledger.recent(served -> served.path().equals(path), RING);
    }

    /** Waits until nothing is under way and everything that responses held has been given back. */
    public void awaitIdle() throws Exception {
        Await.equal(0L, this::active);
        Await.equal(0, this::leases);
    }

    /** Lets go of the files that are kept open for reuse. */
    public void forgetOpenFiles() {
        storage.close();
    }

    /**
     * How many of this process's descriptors stand for files under a directory, deleted ones included. Directories are kept open
     * for a while, whoever looked into them.
     */
    public static long descriptors(Path directory) throws IOException {
        String prefix = directory.toRealPath().toString();
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(fd -> target(fd).startsWith(prefix) && !Files.isDirectory(fd))
                    .count();
        }
    }

    /** What a descriptor of this process leads to; nothing if it has been closed meanwhile. */
    public static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        worker.shutdownNow();
        storage.close();
    }
}
