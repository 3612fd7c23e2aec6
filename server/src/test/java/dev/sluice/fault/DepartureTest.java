package dev.sluice.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that leave while nothing goes on. */
@Timeout(60)
final class DepartureTest {
    private static final int MANY = 3000;

    /**
     * Processor time of the I/O threads while all of them leave: they took 70 to 80 ms when this was written, and 590 when
     * each connection was closed by its I/O thread.
     */
    private static final Duration MOST = Duration.ofMillis(300);

    @TempDir
    Path root;

    private EngineServer server;
    private RawConnection other;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(root.resolve("f"), "content");
        server = EngineServer.start(root);
        other = server.connect();
    }

    @AfterEach
    void stop() throws Exception {
        other.close();
        server.awaitIdle();
        server.close();
    }

    @Test
    void close_byThousandsAtOnce_keepsNobodyBusy() throws Exception {
        List<RawConnection> clients = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            RawConnection client = server.connect();
            clients.add(client);
            assertEquals(200, client.get("/f").status());
        }
        assertEquals(200, other.get("/f").status());

        long before = EngineServer.ioThreadsCpu();
        for (RawConnection client : clients) {
            client.close();
        }
        Await.until(() -> server.connections() == 1);
        Duration took = Duration.ofNanos(EngineServer.ioThreadsCpu() - before);

        assertTrue(took.compareTo(MOST) < 0, () -> "the I/O threads took " + took);
        assertEquals(200, other.get("/f").status());
    }

    @Test
    void close_afterHalfARequest_isClosedToo() throws Exception {
        try (RawConnection client = server.connect()) {
            client.get("/f");
            client.send("GET /f HT");
        }
        Await.until(() -> server.connections() == 1);
    }
}
