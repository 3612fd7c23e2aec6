package dev.sluice.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.fault.Await;
import dev.sluice.fault.EngineServer;
import dev.sluice.fault.RawConnection;
import dev.sluice.h2.Http2Client;
import dev.sluice.io.RegionBudget;
import dev.sluice.ledger.IoPath;
import dev.sluice.ledger.Served;
import dev.sluice.tls.ServerTls;
import dev.sluice.tls.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams of HTTP/2, over TLS and in clear text: their bodies, their records, and that one does not disturb another. */
final class Http2DeliveryTest {
    private static final int LARGE = 1 << 20;
    private static final int WINDOW = 65_535;
    private static final int REFUSED_STREAM = 7;
    private static final int SMALL_MAX = 16 << 10;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static TestCertificate certificate;

    @TempDir
    Path root;

    private final byte[] large = new byte[LARGE];
    private EngineServer server;

    @BeforeAll
    static void certify() {
        certificate = TestCertificate.ec();
    }

    @BeforeEach
    void start() throws IOException {
        new Random(1).nextBytes(large);
        write("small.txt", "small".getBytes(UTF_8));
        write("large.bin", large);
        server = start(EngineServer.Setup.standard());
    }

    private EngineServer start(EngineServer.Setup setup) throws IOException {
        ServerTls tls = certificate.server();
        return EngineServer.start(root, setup, new Transport.Tls(tls::context, tls.parameters()));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private void write(String name, byte[] content) throws IOException {
        Path file = Files.write(root.resolve(name), content);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    }

    private static Socket socket(EngineServer server) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    private static Http2Client connect(EngineServer server, int window) throws IOException {
        return new Http2Client(Http2Client.encrypt(socket(server), certificate.trusting()), window);
    }

    private static void assertCopied(Served record, IoPath planned, String reason, long bytes) {
        assertEquals("HTTP/2", record.protocol());
        assertEquals(planned, record.planned());
        assertEquals(IoPath.COPY, record.observed());
        assertEquals(reason, record.reason());
        assertEquals(bytes, record.bytes());
        assertEquals(bytes, record.userCopiedBytes());
        assertTrue(record.complete());
    }

    @Test
    void get_overTls_isCopiedBecauseOfHttp2() throws Exception {
        try (Http2Client client = connect(server, WINDOW)) {
            Http2Client.Stream small = client.awaitEnd(client.request("GET", "/small.txt"));
            assertEquals(200, small.status());
            assertEquals("small", new String(small.body(), UTF_8));
            assertArrayEquals(
                    large, client.awaitEnd(client.request("GET", "/large.bin")).body());
        }
        assertCopied(server.record("/small.txt"), IoPath.MMAP, "http2", 5);
        assertCopied(server.record("/large.bin"), IoPath.SENDFILE, "http2", LARGE);
    }

    @Test
    void get_byPriorKnowledge_isHttp2AndHttp1StaysPossible() throws Exception {
        EngineServer.Setup setup = EngineServer.Setup.standard();
        try (EngineServer clear = EngineServer.start(root, setup, new Transport.Clear(true))) {
            try (Http2Client client = new Http2Client(socket(clear), WINDOW);
                    RawConnection http1 = clear.connect()) {
                assertArrayEquals(
                        large,
                        client.awaitEnd(client.request("GET", "/large.bin")).body());
                assertArrayEquals(large, http1.get("/large.bin").body());
            }
            Await.equal(2, () -> clear.records("/large.bin").size());
            Served http1 = clear.records("/large.bin").get(0);
            assertCopied(clear.records("/large.bin").get(1), IoPath.SENDFILE, "http2", LARGE);
            assertEquals("HTTP/1.1 SENDFILE", http1.protocol() + ' ' + http1.observed());
        }
    }

    @Test
    void get_startOfThePrefaceAndThenSomethingElse_isHttp1() throws Exception {
        EngineServer.Setup setup = EngineServer.Setup.standard();
        try (EngineServer clear = EngineServer.start(root, setup, new Transport.Clear(true));
                Socket socket = socket(clear)) {
            socket.getOutputStream().write("PRI".getBytes(UTF_8));
            Await.equal(1L, clear::connections);
            socket.getOutputStream().write(" /x HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));
            String status = new String(socket.getInputStream().readNBytes(12), UTF_8);
            assertEquals("HTTP/1.1 501", status);
        }
    }

    @Test
    void get_headAndRangeAndNotModified_areAnsweredOnOneConnection() throws Exception {
        try (Http2Client client = connect(server, WINDOW)) {
            Http2Client.Stream head = client.awaitEnd(client.request("HEAD", "/large.bin"));
            assertEquals(List.of("" + LARGE), head.fields().get("content-length"));
            Http2Client.Stream part =
                    client.awaitEnd(client.request("GET", "/large.bin", "Range: bytes=500000-500099"));
            assertArrayEquals(Arrays.copyOfRange(large, 500_000, 500_100), part.body());
            String tag = part.fields().get("etag").get(0);
            assertEquals(
                    304,
                    client.awaitEnd(client.request("GET", "/large.bin", "If-None-Match: " + tag))
                            .status());
        }
        Await.equal(3, () -> server.records("/large.bin").size());
        List<Served> records = server.records("/large.bin");
        assertEquals(IoPath.NONE, records.get(0).observed());
        assertCopied(records.get(1), IoPath.SENDFILE, "http2", 100);
        assertEquals(IoPath.NONE, records.get(2).observed());
        assertTrue(records.get(2).complete());
    }

    @Test
    void get_aThousandStreamsOfMixedFiles_eachHasItsOwnBody() throws Exception {
        Random random = new Random(2);
        byte[][] files = new byte[20][];
        for (int i = 0; i < files.length; i++) {
            files[i] = new byte[i % 2 == 0 ? 1 + random.nextInt(SMALL_MAX) : SMALL_MAX + 1 + random.nextInt(90_000)];
            random.nextBytes(files[i]);
            write(i + ".bin", files[i]);
        }
        server.close();
        server = start(new EngineServer.Setup(RegionBudget.LARGEST_REGION, SMALL_MAX, 1 << 20, PATIENCE, null));
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        for (int c = 0; c < 10; c++) {
            int first = c;
            clients.add(CompletableFuture.runAsync(() -> hundredStreams(files, first)));
        }
        CompletableFuture.allOf(clients.toArray(new CompletableFuture<?>[0])).get(60, TimeUnit.SECONDS);

        server.awaitIdle();
        int records = 0;
        for (int i = 0; i < files.length; i++) {
            for (Served record : server.records("/" + i + ".bin")) {
                assertCopied(record, i % 2 == 0 ? IoPath.MMAP : IoPath.SENDFILE, "http2", files[i].length);
                records++;
            }
        }
        assertEquals(1_000, records);
    }

    private void hundredStreams(byte[][] files, int first) {
        try (Http2Client client = connect(server, WINDOW)) {
            List<Http2Client.Stream> streams = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                streams.add(client.request("GET", "/" + (first + i) % files.length + ".bin"));
            }
            for (int i = 0; i < 100; i++) {
                assertArrayEquals(
                        files[(first + i) % files.length],
                        client.awaitEndOfAll(streams.get(i)).body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void get_streamThatStandsStill_isCutAndTheOthersGoOn() throws Exception {
        try (EngineServer impatient = start(EngineServer.Setup.standard().withStalledAfter(Duration.ofMillis(300)));
                Http2Client client = connect(impatient, 1_000)) {
            Http2Client.Stream still = client.awaitHead(client.request("GET", "/large.bin"));
            while (!still.reset()) {
                client.awaitEnd(client.request("GET", "/small.txt"));
            }
            assertTrue(still.body().length <= 1_000);
            Served record = impatient.record("/large.bin");
            assertEquals("stalled", record.reason());
            assertFalse(record.complete());
            assertEquals(
                    200, client.awaitEnd(client.request("GET", "/small.txt")).status());
            impatient.awaitIdle();
        }
    }

    @Test
    void get_streamCancelledByTheClient_isRecordedAndGivesItsFileBack() throws Exception {
        try (Http2Client client = connect(server, WINDOW)) {
            Http2Client.Stream stream = client.awaitHead(client.request("GET", "/large.bin"));
            client.cancel(stream);
            assertEquals(
                    200, client.awaitEnd(client.request("GET", "/small.txt")).status());
            Served record = server.record("/large.bin");
            assertEquals("client-gone", record.reason());
            assertFalse(record.complete());
        }
        server.awaitIdle();
        server.forgetOpenFiles();
        Await.equal(0L, () -> EngineServer.descriptors(root));
    }

    @Test
    void get_connectionGoneWithSeveralStreams_eachIsRecorded() throws Exception {
        try (Http2Client client = connect(server, 1_000)) {
            client.awaitHead(client.request("GET", "/large.bin"));
            client.awaitHead(client.request("GET", "/large.bin"));
        }
        Await.equal(2, () -> server.records("/large.bin").size());
        for (Served record : server.records("/large.bin")) {
            assertEquals("client-gone", record.reason());
        }
        server.awaitIdle();
    }

    @Test
    void drain_streamUnderWay_isFinishedAndThenTheClientIsToldGoodBye() throws Exception {
        try (Http2Client client = connect(server, 1_000)) {
            Http2Client.Stream stream = client.awaitHead(client.request("GET", "/large.bin"));
            CompletableFuture<Integer> cut = CompletableFuture.supplyAsync(() -> drain(server));
            assertArrayEquals(large, client.awaitEnd(stream).body());
            client.awaitClose();
            assertTrue(client.goneAway());
            assertEquals(0, cut.get(20, TimeUnit.SECONDS));
        }
        assertCopied(server.record("/large.bin"), IoPath.SENDFILE, "http2", LARGE);
    }

    @Test
    void drain_newStreamOnABusyConnection_isRefused() throws Exception {
        try (Http2Client client = connect(server, 1_000)) {
            Http2Client.Stream busy = client.awaitHead(client.request("GET", "/large.bin"));
            CompletableFuture<Integer> cut = CompletableFuture.supplyAsync(() -> drain(server));
            Http2Client.Stream late;
            do {
                late = client.awaitEnd(client.request("GET", "/small.txt"));
            } while (late.ended());
            assertEquals(REFUSED_STREAM, late.error());
            assertArrayEquals(large, client.awaitEnd(busy).body());
            assertEquals(0, cut.get(20, TimeUnit.SECONDS));
        }
    }

    private static int drain(EngineServer server) {
        try {
            return server.drain(PATIENCE);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void get_farMoreStreamsThanAllowed_areRefused() throws Exception {
        try (Http2Client client = connect(server, 0)) {
            List<Http2Client.Stream> streams = new ArrayList<>();
            for (int i = 0; i < 230; i++) {
                streams.add(client.awaitHead(client.request("GET", "/large.bin")));
            }
            List<Integer> errors =
                    streams.stream().map(Http2Client.Stream::error).toList();
            assertEquals(Collections.nCopies(200, 0), errors.subList(0, 200));
            assertEquals(Collections.nCopies(30, REFUSED_STREAM), errors.subList(200, 230));
        }
        server.awaitIdle();
    }

    @Test
    void get_fileChangedWhileSent_isAReset() throws Exception {
        try (Http2Client client = connect(server, 1_000)) {
            Http2Client.Stream stream = client.awaitHead(client.request("GET", "/large.bin"));
            try (FileChannel file = FileChannel.open(root.resolve("large.bin"), StandardOpenOption.WRITE)) {
                file.write(ByteBuffer.wrap(new byte[] {(byte) ~large[LARGE - 1]}), LARGE - 1);
            }
            client.awaitEnd(stream);
            assertTrue(stream.reset());
            assertTrue(stream.body().length < LARGE);
        }
        assertEquals("changed", server.record("/large.bin").reason());
    }

    @Test
    void get_fileTruncatedWhileSent_isAReset() throws Exception {
        try (Http2Client client = connect(server, 1_000)) {
            Http2Client.Stream stream = client.awaitHead(client.request("GET", "/large.bin"));
            Files.write(root.resolve("large.bin"), new byte[100]);
            client.awaitEnd(stream);
            assertTrue(stream.reset());
        }
        assertEquals("shrunk", server.record("/large.bin").reason());
    }
}
