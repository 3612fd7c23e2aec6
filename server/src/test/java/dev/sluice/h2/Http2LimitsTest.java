package dev.sluice.h2;

import static dev.sluice.h2.FrameConnection.CONTINUATION;
import static dev.sluice.h2.FrameConnection.END_HEADERS;
import static dev.sluice.h2.FrameConnection.END_STREAM;
import static dev.sluice.h2.FrameConnection.HEADERS;
import static dev.sluice.h2.FrameConnection.PING;
import static dev.sluice.h2.FrameConnection.RST_STREAM;
import static dev.sluice.h2.FrameConnection.SETTINGS;
import static dev.sluice.h2.FrameConnection.block;
import static dev.sluice.h2.FrameConnection.frame;
import static dev.sluice.h2.FrameConnection.get;
import static dev.sluice.h2.FrameConnection.join;
import static dev.sluice.h2.FrameConnection.number;
import static dev.sluice.h2.FrameConnection.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.RunningServer;
import dev.sluice.e2e.Await;
import dev.sluice.io.LogLines;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames that cost a client little and a server much: each flood ends, and the server goes on. */
final class Http2LimitsTest {
    private static final int MAX_FRAME_SIZE = 16_384;

    /** SETTINGS_MAX_HEADER_LIST_SIZE (RFC 9113 §6.5.2). */
    private static final int MAX_HEADER_LIST_SIZE = 6;

    @TempDir
    static Path folder;

    private static RunningServer server;

    private FrameConnection connection;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(
                folder, "[{port: 0, h2c: true}]\nlimits: {headerTimeout: 2s, idleTimeout: 2s, writeTimeout: 2s}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() throws Exception {
        connection = new FrameConnection(server.port(0)).begin();
    }

    @AfterEach
    void othersAreServed() throws Exception {
        connection.close();
        try (FrameConnection another = new FrameConnection(server.port(0))) {
            assertEquals("status 200", another.begin().send(request(1)).answer());
        }
    }

    private static byte[] repeated(int times, byte[] part) {
        byte[] all = new byte[times * part.length];
        for (int i = 0; i < times; i++) {
            System.arraycopy(part, 0, all, i * part.length, part.length);
        }
        return all;
    }

    /** CVE-2023-44487. */
    @Test
    void rapidReset_manyStreams_endsTheConnection() throws Exception {
        byte[] streams = {};
        for (int id = 1; id < 1000; id += 2) {
            streams = join(streams, request(id), frame(RST_STREAM, 0, id, number(8)));
        }
        assertEquals("GOAWAY ENHANCE_YOUR_CALM", connection.send(streams).outcome());
        connection.awaitClose();
    }

    /** CVE-2024-27316 and its kin. */
    @Test
    void continuationFlood_endsTheConnection() throws Exception {
        byte[] fields = repeated(100, block("x-filler", "y".repeat(100)));
        connection.send(frame(HEADERS, END_STREAM, 1, get()));
        byte[] more = frame(CONTINUATION, 0, 1, fields);
        assertTimeoutPreemptively(
                Await.PATIENCE, () -> assertTrue(connection.isClosedWithin(1000, more), "10 MB of fields: taken"));
    }

    /** One field of 4,000 bytes, put into the table of HPACK and named 10,000 times by one byte each. */
    @Test
    void headerBomb_isRefused() throws Exception {
        byte[] literal = join(new byte[] {0x40, 1, 'x', 127, (byte) 0xa1, 0x1e}, repeated(4000, new byte[] {'y'}));
        byte[] indexed = repeated(10_000, new byte[] {(byte) 0xbe});
        String outcome = connection
                .send(frame(HEADERS, END_STREAM | END_HEADERS, 1, join(get(), literal, indexed)))
                .outcome();
        assertTrue(refusals().contains(outcome), outcome);
    }

    /** Undertow has no room for more than 127. */
    @Test
    void fields_of128OfOneName_areRefusedWithoutALineInTheLog() throws Exception {
        byte[] fields = repeated(128, block("a", "b"));
        try (LogLines log = LogLines.ofEverybody()) {
            connection.send(frame(HEADERS, END_STREAM | END_HEADERS, 1, join(get(), fields)));
            assertEquals("GOAWAY PROTOCOL_ERROR", connection.outcome());
            connection.awaitClose();
            assertEquals(List.of(), log.lines());
        }
    }

    @Test
    void headerList_limit_isAnnounced() throws Exception {
        assertEquals(32 << 10, connection.announced(MAX_HEADER_LIST_SIZE));
    }

    /** 160 fields of 105 bytes, and 32 more for each (RFC 9113 §6.5.2). */
    @Test
    void headerList_withinTheLimit_isServed() throws Exception {
        assertEquals("status 200", sendFields(160).answer());
    }

    @Test
    void headerList_beyondTheLimit_isRefused() throws Exception {
        String outcome = sendFields(400).outcome();
        assertTrue(refusals().contains(outcome), outcome);
    }

    /** A request with so many further fields, in frames that are as large as may be. */
    private FrameConnection sendFields(int count) throws Exception {
        byte[] fields = {};
        for (int i = 0; i < count; i++) {
            fields = join(fields, block("x-" + (100 + i), "y".repeat(100)));
        }
        connection.send(frame(HEADERS, END_STREAM, 1, get()));
        int sent = 0;
        while (fields.length - sent > MAX_FRAME_SIZE) {
            connection.send(frame(CONTINUATION, 0, 1, Arrays.copyOfRange(fields, sent, sent + MAX_FRAME_SIZE)));
            sent += MAX_FRAME_SIZE;
        }
        return connection.send(frame(CONTINUATION, END_HEADERS, 1, Arrays.copyOfRange(fields, sent, fields.length)));
    }

    private static Set<String> refusals() {
        return Set.of(
                "status 431",
                "RST_STREAM PROTOCOL_ERROR",
                "RST_STREAM REFUSED_STREAM",
                "GOAWAY PROTOCOL_ERROR",
                "GOAWAY ENHANCE_YOUR_CALM",
                "closed");
    }

    @Test
    void pings_readAndAnswered_areNoFlood() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertEquals(
                    "accepted",
                    connection
                            .send(repeated(200, frame(PING, 0, 0, new byte[8])))
                            .outcome());
        }
    }

    @Test
    void pingFlood_ofAClientThatDoesNotRead_endsTheConnection() throws Exception {
        assertFloodEnds(frame(PING, 0, 0, new byte[8]));
    }

    @Test
    void settingsFlood_ofAClientThatDoesNotRead_endsTheConnection() throws Exception {
        assertFloodEnds(frame(SETTINGS, 0, 0));
    }

    /** What is not read fills the socket, then nothing more is read from the client, and in the end it is cut off. */
    private void assertFloodEnds(byte[] frame) {
        byte[] thousand = repeated(1000, frame);
        assertTimeoutPreemptively(
                Await.PATIENCE,
                () -> assertTrue(connection.isClosedWithin(2000, thousand), "two million frames: taken"));
    }
}
