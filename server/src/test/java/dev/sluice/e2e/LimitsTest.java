package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What one client may take: time and connections. The sizes are in {@link MalformedRequestTest}. */
class LimitsTest {
    private static final int HUGE_SIZE = 32 << 20;

    @RegisterExtension
    static final TestServer server = TestServer.of(
            hugeSite(), "limits.headerTimeout=300ms", "limits.idleTimeout=600ms", "limits.writeTimeout=300ms");

    @Test
    void head_startedAndNotFinished_isClosedWithoutAnAnswer() {
        for (String start : new String[] {"G", "GET /small.txt HT", "GET /small.txt HTTP/1.1\r\nHost: localhost\r\n"}) {
            try (RawClient client = server.connect()) {
                assertEquals(0, client.send(start).readToEnd().length);
            }
        }
    }

    @Test
    void head_startedAfterAResponse_isClosedToo() {
        try (RawClient client = server.connect()) {
            client.request("GET", TestSite.SMALL).read();
            assertEquals(0, client.send("GET /small.txt HT").readToEnd().length);
        }
        server.served();
    }

    @Test
    void connection_idle_isClosed() {
        try (RawClient client = server.connect()) {
            client.request("GET", TestSite.SMALL).read();
            assertEquals(0, client.readToEnd().length);
        }
        server.served();
    }

    @Test
    void connection_withoutAnyRequest_isClosed() {
        try (RawClient client = server.connect()) {
            assertEquals(0, client.readToEnd().length);
        }
    }

    /** Not even a TLS handshake: there, the layer whose timers count has not been reached. */
    @Test
    void connection_withoutASingleByte_isClosed() throws IOException {
        try (Socket socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
            socket.setSoTimeout((int) Await.PATIENCE.toMillis());
            assertEquals(-1, socket.getInputStream().read());
        }
    }

    @Test
    void reader_thatStalls_isCutOffAndRecordedSo() {
        try (RawClient client = RawClient.to(server.uri(), 4096)) {
            client.request("GET", "/huge.bin").readHead();
            Served served = server.served();
            assertEquals("stalled", served.reason());
            assertEquals(E2eTransport.current().carried("sendfile"), served.ioPath());
            assertEquals(false, served.complete());
            assertTrue(served.bytes() < HUGE_SIZE);
            assertTrue(client.readToEnd().length < HUGE_SIZE);
        }
    }

    /** It is the server that lets the client wait. */
    @Test
    void reader_heldBackByARule_isNotTakenForSlow() {
        try (TestServer own = TestServer.start(
                TestSite.standard(),
                "limits.writeTimeout=2s",
                "limits.minimumRate=256KiB",
                "sites[0].rules=[{bandwidth: 192KiB}]")) {
            assertArrayEquals(
                    own.site().content(TestSite.LARGE),
                    own.given().get(TestSite.LARGE).asByteArray());
            Served served = own.served();
            assertTrue(served.complete(), served::toString);
        }
    }

    /** What is not in flight is not refused: an answer from memory. */
    @Test
    void requests_inFlightBeyondTheLimit_get503WhileHotFilesAreServed() {
        try (TestServer own = TestServer.start(hugeSite(), "limits.requests=1")) {
            own.warm(TestSite.SMALL);
            try (RawClient slow = RawClient.to(own.uri(), 4096)) {
                slow.request("GET", "/huge.bin").readHead();
                for (String path : new String[] {TestSite.LARGE, "/missing", "/dir/"}) {
                    own.given().get(path).then().statusCode(503).header("Retry-After", "1");
                    assertEquals("request-limit", own.served().reason());
                }
                own.given().get(TestSite.SMALL).then().statusCode(200);
                own.served().byMmap(own.site().content(TestSite.SMALL).length);
            }
            assertEquals("/huge.bin", own.served().path());
            own.given().get(TestSite.LARGE).then().statusCode(200);
        }
    }

    /** It is sent from the I/O thread without a worker that looks for it, but it is read from the disk. */
    @Test
    void requests_ofAFileFoundAMomentAgoBeyondTheLimit_get503Too() {
        try (TestServer own = TestServer.start(hugeSite(), "limits.requests=1", "cache.memory=0")) {
            try (RawClient client = own.connect()) {
                for (int i = 0; i < 3; i++) {
                    assertEquals(
                            200, client.request("GET", TestSite.SMALL).read().status());
                    own.served();
                }
                try (RawClient slow = RawClient.to(own.uri(), 4096)) {
                    slow.request("GET", "/huge.bin").readHead();
                    for (int i = 0; i < 3; i++) {
                        assertEquals(
                                503,
                                client.request("GET", TestSite.SMALL).read().status());
                        assertEquals("request-limit", own.served().reason());
                    }
                }
                own.served();
                assertEquals(200, client.request("GET", TestSite.SMALL).read().status());
            }
        }
    }

    private static TestSite hugeSite() {
        return TestSite.standard().file("/huge.bin", TestSite.noise(HUGE_SIZE));
    }

    @Test
    void connections_ofOneClientBeyondItsLimit_areClosedAndCountedWhileOthersAreServed() throws IOException {
        try (TestServer own = TestServer.start(TestSite.standard(), "limits.connectionsPerClient=2")) {
            RawClient first = own.connect();
            try (RawClient second = own.connect()) {
                first.request("GET", TestSite.SMALL).read();
                second.request("GET", TestSite.SMALL).read();
                try (Socket third = connect(own, "127.0.0.1")) {
                    assertTrue(isClosed(third));
                }
                // Another client, of the network that loopback is.
                try (Socket other = connect(own, "127.0.0.2")) {
                    assertEquals(1, refused(own));
                    awaitOpen(own, 3);
                    assertEquals(1, refused(own));
                    other.shutdownOutput();
                }
                assertEquals(200, second.request("GET", TestSite.SMALL).read().status());

                first.close();

                awaitOpen(own, 1);
                try (RawClient again = own.connect()) {
                    assertEquals(
                            200, again.request("GET", TestSite.SMALL).read().status());
                }
            } finally {
                first.close();
            }
        }
    }

    private static Socket connect(TestServer to, String from) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout((int) Await.PATIENCE.toMillis());
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(new InetSocketAddress(to.uri().getHost(), to.uri().getPort()));
        return socket;
    }

    private static boolean isClosed(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private static int refused(TestServer server) {
        return server.admin().get("/api/stats").at("/connections/refused").asInt();
    }

    private static void awaitOpen(TestServer server, int count) {
        Await.present(
                count + " connections open",
                () -> Optional.of(server.admin().get("/api/stats"))
                        .filter(stats -> stats.at("/connections/open").asInt() == count));
    }

    @Test
    void connections_atTheLimit_waitUntilOneIsClosed() {
        E2eTransport.assumeClear("a client that waits in the backlog cannot shake hands");
        try (TestServer own = TestServer.start(TestSite.standard(), "limits.connections=2")) {
            RawClient first = own.connect();
            try (RawClient second = own.connect();
                    RawClient third = own.connect()) {
                first.request("GET", TestSite.SMALL).read();
                second.request("GET", TestSite.SMALL).read();
                own.admin().served(2);
                third.request("GET", TestSite.SMALL);
                assertEquals(
                        2,
                        own.admin()
                                .get("/api/stats")
                                .at("/connections/accepted")
                                .asInt());

                first.close();

                assertEquals(200, third.read().status());
                own.served();
            } finally {
                first.close();
            }
            awaitOpen(own, 0);
        }
    }
}
