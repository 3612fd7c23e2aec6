package dev.sluice.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections are spread over the I/O threads. */
final class PlacementTest {
    private static final int CONNECTIONS = 256;

    /** Far more than five standard deviations below the half that each of two threads gets by chance. */
    private static final int LEAST = CONNECTIONS * 3 / 10;

    @TempDir
    Path root;

    @Test
    @Timeout(60)
    void connections_many_areSpreadOverTheIoThreads() throws Exception {
        Files.writeString(root.resolve("page.txt"), "placed");
        List<RawConnection> open = new ArrayList<>();
        try (EngineServer server = EngineServer.start(root)) {
            for (int i = 0; i < CONNECTIONS; i++) {
                RawConnection connection = server.connect();
                open.add(connection);
                // Fields of its own, so that the handler sees each of them.
                assertEquals(
                        200, connection.get("/page.txt", "X-Connection: " + i).status());
            }
            assertEquals(2, server.ioThreads().size());
            server.ioThreads()
                    .forEach(
                            (thread, count) -> assertTrue(count >= LEAST, () -> thread + " got " + server.ioThreads()));
        } finally {
            for (RawConnection connection : open) {
                connection.close();
            }
        }
    }
}
