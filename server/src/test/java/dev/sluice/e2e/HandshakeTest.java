package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who connects to a listener with TLS has some seconds for the handshake, whatever is sent meanwhile. */
class HandshakeTest {
    private TestServer server;

    @BeforeEach
    void start() {
        TestSite site = TestSite.standard();
        // In the other runs of the suite its listener has TLS already.
        String[] tls = E2eTransport.current() == E2eTransport.CLEAR
                ? E2eTransport.TLS.sets(site.root().getParent()).toArray(String[]::new)
                : new String[0];
        String[] sets = Arrays.copyOf(tls, tls.length + 1);
        sets[tls.length] = "limits.handshakeTimeout=300ms";
        server = TestServer.start(site, sets);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout((int) Await.PATIENCE.toMillis());
        socket.setTcpNoDelay(true);
        socket.connect(
                new InetSocketAddress(server.uri().getHost(), server.uri().getPort()));
        return socket;
    }

    /** What a client says first. */
    private static byte[] hello() throws IOException {
        SSLEngine engine = E2eTransport.TLS.trusting().createSSLEngine("localhost", 443);
        engine.setUseClientMode(true);
        ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), hello);
        return Arrays.copyOf(hello.array(), hello.position());
    }

    @Test
    void connection_thatSaysNothing_isClosed() throws IOException {
        try (Socket silent = connect()) {
            assertEquals(-1, silent.getInputStream().read());
        }
    }

    @Test
    void hello_thatStopsInTheMiddle_isClosed() throws IOException {
        byte[] hello = hello();
        try (Socket client = connect()) {
            client.getOutputStream().write(hello, 0, hello.length / 2);
            assertEquals(-1, client.getInputStream().read());
        }
    }

    @Test
    void handshake_thatStopsAfterTheHello_isClosed() throws IOException {
        try (Socket client = connect()) {
            client.getOutputStream().write(hello());
            assertTrue(client.getInputStream().readAllBytes().length > 0, "the server has said something");
        }
    }

    @Test
    void hello_thatComesByteByByte_isClosedBeforeItsEnd() throws IOException {
        byte[] hello = hello();
        int sent = 0;
        try (Socket client = connect()) {
            client.setSoTimeout(1);
            while (sent < hello.length - 1 && isOpen(client)) {
                client.getOutputStream().write(hello, sent++, 1);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        } catch (IOException reset) {
            // Another way to be told that it is closed.
        }
        assertTrue(sent < hello.length - 1, sent + " of " + hello.length);
    }

    private static boolean isOpen(Socket client) throws IOException {
        try {
            return client.getInputStream().read() >= 0;
        } catch (SocketTimeoutException nothingYet) {
            return true;
        }
    }

    @Test
    void connection_idleAfterItsHandshake_isNotClosed() throws IOException {
        try (Socket plain = connect();
                SSLSocket shaken = (SSLSocket) E2eTransport.TLS
                        .trusting()
                        .getSocketFactory()
                        .createSocket(
                                plain, server.uri().getHost(), server.uri().getPort(), true)) {
            shaken.startHandshake();
            connection_thatSaysNothing_isClosed();

            shaken.getOutputStream()
                    .write("GET /small.txt HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertEquals('H', shaken.getInputStream().read());
        }
    }
}
