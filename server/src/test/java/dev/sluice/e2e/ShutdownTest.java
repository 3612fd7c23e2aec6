package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Stopping: what runs finishes, what idles is closed, and what stands still is cut off in the end. */
class ShutdownTest {
    private static final byte[] HUGE = TestSite.noise(32 << 20);

    private static TestSite site() {
        return TestSite.standard().file("/huge.bin", HUGE);
    }

    @Test
    void stop_idleConnections_closesThemAndReturns() {
        try (TestServer server = TestServer.start(site());
                RawClient used = server.connect();
                RawClient unused = server.connect()) {
            used.request("GET", TestSite.SMALL).read();
            server.served();
            assertTimeoutPreemptively(Await.PATIENCE, server::stop);
            assertEquals(0, used.readToEnd().length);
            assertEquals(0, unused.readToEnd().length);
            assertThrows(UncheckedIOException.class, server::connect);
        }
    }

    @Test
    void stop_downloadUnderWay_isFinishedWhileNothingElseIsTaken() throws Exception {
        try (TestServer server = TestServer.start(site());
                RawClient client = RawClient.to(server.uri(), 4096)) {
            client.request("GET", "/huge.bin").readHead();
            assertEquals(200, server.admin().status("/readyz"));

            CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::stop);

            Await.present(
                    "not ready",
                    () -> Optional.of(server.admin().status("/readyz")).filter(status -> status == 503));
            assertEquals(200, server.admin().status("/healthz"));
            Await.present("no new connection", () -> refused(server));
            assertArrayEquals(HUGE, client.readNBytes(HUGE.length));
            stopped.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertEquals(0, client.readToEnd().length);
        }
    }

    private static Optional<UncheckedIOException> refused(TestServer server) {
        try {
            server.connect().close();
            return Optional.empty();
        } catch (UncheckedIOException refused) {
            return Optional.of(refused);
        }
    }

    @Test
    void stop_readerThatStandsStill_isCutOffAtTheLimit() {
        try (TestServer server = TestServer.start(site(), "limits.shutdown=200ms");
                RawClient client = RawClient.to(server.uri(), 4096)) {
            client.request("GET", "/huge.bin").readHead();
            assertTimeoutPreemptively(Await.PATIENCE, server::stop);
            assertTrue(client.readToEnd().length < HUGE.length);
        }
    }

    @Test
    void stop_twice_doesNothing() {
        try (TestServer server = TestServer.start(site())) {
            server.stop();
            assertTimeoutPreemptively(Await.PATIENCE, server::stop);
        }
    }
}
