package dev.sluice.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.h2.Http2Client;
import dev.sluice.ledger.Served;
import dev.sluice.serve.Transport;
import dev.sluice.tls.ServerTls;
import dev.sluice.tls.TestCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that take their response little by little, and so never stand still, are held to a minimum rate. */
@Timeout(60)
final class SlowReaderTest {
    private static final int LARGE = 32 << 20;
    private static final int HELD = 8 << 20;

    /** Each step of a slow reader. */
    private static final int STEP = 64 << 10;

    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    /** Above the some 2.5 MB a second of a slow reader. */
    private static final long MINIMUM = 64 << 20;

    private static TestCertificate certificate;

    @TempDir
    Path root;

    @BeforeAll
    static void certify() {
        certificate = TestCertificate.ec();
    }

    @BeforeEach
    void plant() throws IOException {
        write("large", LARGE);
        write("held", HELD);
        write("small", 1 << 10);
    }

    private void write(String name, int length) throws IOException {
        Path file = Files.write(root.resolve(name), new byte[length]);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    }

    private static EngineServer.Setup demanding(long bytesPerSecond) {
        return EngineServer.Setup.standard()
                .withMaxFileSize(HELD)
                .withStalledAfter(Duration.ofSeconds(1))
                .withMinimumRate(bytesPerSecond);
    }

    private EngineServer start(EngineServer.Setup setup, Transport transport) throws IOException {
        return EngineServer.start(root, setup, transport);
    }

    private static Transport tls() {
        ServerTls tls = certificate.server();
        return new Transport.Tls(tls::context, tls.parameters());
    }

    /** A connection whose client can hold next to nothing. */
    private static Socket connect(EngineServer server) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4 << 10);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        return socket;
    }

    private static SSLSocket encrypt(Socket socket) throws IOException {
        return (SSLSocket)
                certificate.trusting().getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
    }

    /** Takes a response step by step. Returns how many bytes came before the end, the head among them. */
    private static long readSlowly(Socket socket, String path) throws IOException {
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        long sum = 0;
        try {
            for (int read = in.readNBytes(STEP).length; read > 0; read = in.readNBytes(STEP).length) {
                sum += read;
                LockSupport.parkNanos(STEP_NANOS);
            }
        } catch (IOException reset) {
            // A reset ends a body as well as a close does.
        }
        return sum;
    }

    private static void assertTooSlow(EngineServer server, String path, int length) throws Exception {
        Served record = server.record(path);
        assertEquals("too-slow", record.reason());
        assertFalse(record.complete());
        assertTrue(record.bytes() < length);
        server.awaitIdle();
    }

    @Test
    void largeFile_takenTooSlowly_isCutOffAndLeftOpenByNobody() throws Exception {
        try (EngineServer server = start(demanding(MINIMUM), Transport.Clear.HTTP1);
                Socket socket = connect(server)) {
            assertTrue(readSlowly(socket, "/large") < LARGE);
            assertTooSlow(server, "/large", LARGE);
            server.forgetOpenFiles();
            Await.equal(0L, () -> EngineServer.descriptors(root));
        }
    }

    @Test
    void heldFile_takenTooSlowly_isCutOffAndItsLeaseGivenBack() throws Exception {
        try (EngineServer server = start(demanding(MINIMUM), Transport.Clear.HTTP1);
                RawConnection client = server.connect();
                Socket socket = connect(server)) {
            client.get("/held");
            assertTrue(readSlowly(socket, "/held") < HELD);
            assertTooSlow(server, "/held", HELD);
        }
    }

    @Test
    void tls_takenTooSlowly_isCutOff() throws Exception {
        try (EngineServer server = start(demanding(MINIMUM), tls());
                Socket socket = encrypt(connect(server))) {
            assertTrue(readSlowly(socket, "/large") < LARGE);
            assertTooSlow(server, "/large", LARGE);
        }
    }

    /** The client opens the window of its stream a little again and again: some 20 KB a second. */
    @Test
    void http2Stream_takenTooSlowly_isCutAndItsConnectionGoesOn() throws Exception {
        int window = 500;
        try (EngineServer server = start(demanding(1 << 20), tls());
                Http2Client client =
                        new Http2Client(Http2Client.encrypt(connect(server), certificate.trusting()), window)) {
            Http2Client.Stream slow = client.awaitHead(client.request("GET", "/large"));
            while (!slow.reset()) {
                client.awaitBody(slow, slow.body().length + 1L);
                LockSupport.parkNanos(STEP_NANOS);
            }
            assertTooSlow(server, "/large", LARGE);
            assertEquals(200, client.awaitEnd(client.request("GET", "/small")).status());
        }
    }

    @Test
    void largeFile_takenSlowlyWhereAnySpeedWillDo_isSentWhole() throws Exception {
        try (EngineServer server = start(demanding(0), Transport.Clear.HTTP1);
                Socket socket = connect(server)) {
            assertTrue(readSlowly(socket, "/held") > HELD);
        }
    }
}
