package dev.sluice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.archive.ZipBytes;
import dev.sluice.fault.Await;
import dev.sluice.fault.EngineServer;
import dev.sluice.fault.RawConnection;
import dev.sluice.h2.Http2Client;
import dev.sluice.io.Mappings;
import dev.sluice.ledger.Served;
import dev.sluice.tls.TestCertificate;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.ref.Reference;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a handler when it has been closed, and of a response whose client has gone: nothing. */
final class StaticFilesClosingTest {
    private static final int LARGE = 64 << 20;

    @TempDir
    Path root;

    private final Queue<Served> served = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void makeTheSite() throws IOException {
        Files.writeString(root.resolve("small.txt"), "small");
        Files.writeString(root.resolve("style.css"), "a{color:red}\n".repeat(500));
        try (RandomAccessFile file =
                new RandomAccessFile(root.resolve("large.bin").toFile(), "rw")) {
            file.setLength(LARGE);
        }
        for (String name : List.of("small.txt", "style.css", "large.bin")) {
            Files.setLastModifiedTime(
                    root.resolve(name), FileTime.from(Instant.now().minusSeconds(60)));
        }
    }

    private StaticFiles files() {
        return StaticFiles.builder(root).onServed(served::add).build();
    }

    /** How many descriptors of this process lead to what an open handler needs: its files and folders, watches, and regions. */
    private long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.map(EngineServer::target)
                    .filter(target -> target.contains(root.toString())
                            || target.contains("inotify")
                            || target.contains("sluice-region"))
                    .count();
        }
    }

    /** The regions that are mapped, each with its addresses. */
    private static Set<String> mappings() throws IOException {
        return Mappings.of("sluice-region");
    }

    /** Whether none of those is mapped any more, after the collector has unmapped what it can. */
    private static boolean unmapped(Set<String> regions) throws IOException {
        System.gc();
        return Collections.disjoint(regions, mappings());
    }

    /** The engine's threads. */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("sluice-") && thread.isAlive())
                .collect(Collectors.toSet());
    }

    @Test
    void close_ofAnArchive_closesItsFile() throws Exception {
        Path zip = new ZipBytes()
                .stored("small.txt", "small")
                .deflated("large.bin", new byte[1 << 20])
                .to(root.resolve("site.zip"));
        StaticFiles files = StaticFiles.of(zip);
        try (Application application = Application.of(files);
                RawConnection client = new RawConnection(application.port())) {
            assertEquals("small", new String(client.get("/small.txt").body(), UTF_8));
            assertEquals(1 << 20, client.get("/large.bin").body().length);
            assertTrue(isOpen(zip));

            files.close();

            Await.until(() -> !isOpen(zip));
        }
    }

    private static boolean isOpen(Path file) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.anyMatch(descriptor -> EngineServer.target(descriptor).equals(file.toString()));
        }
    }

    /** Other tests of the same JVM may have left something, which may go meanwhile: so nothing is asked for but that there is no more. */
    @Test
    void close_afterUse_leavesNothing() throws Exception {
        long descriptors = descriptors();
        Set<String> mappings = mappings();
        Set<Thread> threads = threads();
        Set<String> mapped = new HashSet<>();
        StaticFiles files = files();
        try (Application application = Application.of(files);
                RawConnection client = new RawConnection(application.port())) {
            Await.equal(
                    "gzip",
                    () -> client.get("/style.css", "Accept-Encoding: gzip")
                            .head()
                            .field("content-encoding"));
            assertEquals(LARGE, client.get("/large.bin").body().length);
            assertEquals("small", new String(client.get("/small.txt").body(), UTF_8));
            assertTrue(descriptors() > descriptors);
            Set<String> regions = mappings();
            regions.removeAll(mappings);
            assertFalse(regions.isEmpty());
            mapped.addAll(regions);
            Set<Thread> own = threads();
            own.removeAll(threads);
            assertFalse(own.isEmpty());

            files.close();
            files.close();

            assertEquals(503, client.get("/small.txt").status());
            Await.until(() -> own.stream().noneMatch(Thread::isAlive));
        }
        try {
            Await.until(() -> descriptors() <= descriptors);
            Await.equal(true, () -> unmapped(mapped), Duration.ofMinutes(1));
        } finally {
            // It is in reach all the while, and so is all that it still holds.
            Reference.reachabilityFence(files);
        }
    }

    @Test
    void close_duringADownload_breaksItOff() throws Exception {
        long before = descriptors();
        StaticFiles files = files();
        try (Application application = Application.of(files);
                RawConnection client = new RawConnection(application.port(), 64 << 10)) {
            client.send("GET", "/large.bin");
            assertEquals(LARGE, client.readHead().length());

            files.close();

            assertNotEquals(LARGE, client.readToTheEnd().length);
        }
        Await.equal(1, served::size);
        Served record = served.element();
        assertEquals(List.of("closed", false), List.of(record.reason(), record.complete()));
        Await.until(() -> descriptors() <= before);
    }

    @Test
    void get_clientThatLeaves_isRecordedAndLetGo() throws Exception {
        try (StaticFiles files = files();
                Application application = Application.of(files)) {
            try (RawConnection client = new RawConnection(application.port(), 64 << 10)) {
                client.send("GET", "/large.bin");
                client.readHead();
                client.reset();
            }

            Await.equal(1, served::size);
            assertEquals(
                    List.of("client-gone", false),
                    List.of(served.element().reason(), served.element().complete()));
        }
    }

    @Test
    void get_clientOfHttp2ThatLeaves_isRecordedAndLetGo() throws Exception {
        TestCertificate certificate = TestCertificate.rsa();
        try (StaticFiles files = files();
                Application application =
                        Application.secure(files, certificate.server().context())) {
            try (Http2Client client = connect(application, certificate)) {
                client.awaitHead(client.request("GET", "/large.bin"));
            }

            Await.equal(1, served::size);
            assertEquals(
                    List.of("client-gone", false),
                    List.of(served.element().reason(), served.element().complete()));
        }
    }

    /** Undertow tells nobody that a stream has been given up that waits for its client; so it ends as one that stands still. */
    @Test
    void get_clientOfHttp2ThatCancels_isLetGoInTime() throws Exception {
        TestCertificate certificate = TestCertificate.rsa();
        try (StaticFiles files = files();
                Application application =
                        Application.secure(files, certificate.server().context());
                Http2Client client = connect(application, certificate)) {
            Http2Client.Stream cancelled = client.request("GET", "/large.bin");
            client.awaitHead(cancelled);
            client.cancel(cancelled);

            Await.equal(1, served::size, Duration.ofMinutes(2));
            assertFalse(served.element().complete());
        }
    }

    private static Http2Client connect(Application application, TestCertificate certificate) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), application.port());
        return new Http2Client(Http2Client.encrypt(socket, certificate.trusting()), 64 << 10);
    }
}
