package dev.sluice.h2;

import static dev.sluice.h2.FrameConnection.CONTINUATION;
import static dev.sluice.h2.FrameConnection.END_HEADERS;
import static dev.sluice.h2.FrameConnection.END_STREAM;
import static dev.sluice.h2.FrameConnection.HEADERS;
import static dev.sluice.h2.FrameConnection.block;
import static dev.sluice.h2.FrameConnection.frame;
import static dev.sluice.h2.FrameConnection.get;
import static dev.sluice.h2.FrameConnection.join;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.RunningServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Header blocks in several frames (RFC 9113 §4.3, §6.10), which come one after another. */
@Timeout(120)
final class CutHeaderBlockTest {
    private static final int LONGEST = 1 << 14;

    @TempDir
    static Path folder;

    private static RunningServer server;

    private FrameConnection connection;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(folder, "[{port: 0, h2c: true}]");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() throws IOException {
        connection = new FrameConnection(server.port(0)).begin();
    }

    @AfterEach
    void disconnect() throws IOException {
        connection.close();
    }

    private void sendOctetByOctet(byte[] octets) throws IOException {
        for (byte octet : octets) {
            connection.send(new byte[] {octet});
        }
    }

    /** The field that decides stands last. */
    @Test
    void block_cutAnywhere_isReadToItsEnd() throws IOException {
        byte[] block = get("if-none-match", "*");
        for (int cut = 0; cut <= block.length; cut++) {
            int stream = 1 + 2 * cut;
            byte[] first = frame(HEADERS, END_STREAM, stream, Arrays.copyOf(block, cut));
            byte[] rest = frame(CONTINUATION, END_HEADERS, stream, Arrays.copyOfRange(block, cut, block.length));
            sendOctetByOctet(join(first, rest));
            assertEquals("status 304", connection.answer(), "cut at " + cut);
        }
    }

    @Test
    void block_inAFrameForEachOctet_isReadToItsEnd() throws IOException {
        byte[] block = get("if-none-match", "*");
        connection.send(frame(HEADERS, END_STREAM, 1));
        for (byte octet : block) {
            connection.send(frame(CONTINUATION, 0, 1, octet));
        }
        connection.send(frame(CONTINUATION, END_HEADERS, 1));
        assertEquals("status 304", connection.answer());
    }

    /** As clients cut them: only what is too long for a frame. */
    @Test
    void block_longerThanAFrame_isAnswered() throws IOException {
        byte[] block = get();
        for (int i = 0; block.length < LONGEST + 1000; i++) {
            block = join(block, block("x-" + i, "v".repeat(120)));
        }
        block = join(block, block("if-none-match", "*"));
        for (int stream = 1; stream < 100; stream += 2) {
            connection.send(frame(HEADERS, END_STREAM, stream, Arrays.copyOf(block, LONGEST)));
            connection.send(frame(CONTINUATION, END_HEADERS, stream, Arrays.copyOfRange(block, LONGEST, block.length)));
            assertEquals("status 304", connection.answer());
        }
    }
}
