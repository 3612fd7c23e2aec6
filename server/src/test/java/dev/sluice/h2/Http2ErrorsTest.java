package dev.sluice.h2;

import static dev.sluice.h2.FrameConnection.ACK;
import static dev.sluice.h2.FrameConnection.CONTINUATION;
import static dev.sluice.h2.FrameConnection.DATA;
import static dev.sluice.h2.FrameConnection.END_HEADERS;
import static dev.sluice.h2.FrameConnection.END_STREAM;
import static dev.sluice.h2.FrameConnection.GOAWAY;
import static dev.sluice.h2.FrameConnection.HEADERS;
import static dev.sluice.h2.FrameConnection.PADDED;
import static dev.sluice.h2.FrameConnection.PING;
import static dev.sluice.h2.FrameConnection.PRIORITY;
import static dev.sluice.h2.FrameConnection.PUSH_PROMISE;
import static dev.sluice.h2.FrameConnection.RST_STREAM;
import static dev.sluice.h2.FrameConnection.SETTINGS;
import static dev.sluice.h2.FrameConnection.WINDOW_UPDATE;
import static dev.sluice.h2.FrameConnection.block;
import static dev.sluice.h2.FrameConnection.frame;
import static dev.sluice.h2.FrameConnection.get;
import static dev.sluice.h2.FrameConnection.join;
import static dev.sluice.h2.FrameConnection.number;
import static dev.sluice.h2.FrameConnection.request;
import static dev.sluice.h2.FrameConnection.setting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sluice.RunningServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a connection of HTTP/2 comes to when frames, streams, header blocks or requests are wrong (RFC 9113, RFC 7541). */
final class Http2ErrorsTest {
    private static final int MAX_FRAME_SIZE = 16_384;

    /**
     * Undertow closes the connection as the RFC allows, but by PROTOCOL_ERROR where it demands STREAM_CLOSED (§5.1): it has forgotten
     * by then that the stream was ever there.
     */
    private static final String ENDED = "GOAWAY PROTOCOL_ERROR";

    /** Undertow ignores the payload, where the RFC demands a FRAME_SIZE_ERROR; it asks the frame's length when that is read up. */
    private static final String ACK_WITH_PAYLOAD = "accepted";

    /** Nothing is made of a request's body here, so a wrong length of it does no harm: Undertow does not compare, as it should. */
    private static final String LENGTH_OF_NO_BODY = "status 200";

    /** A stream whose response cannot end, since the client gives it no window: half-closed by the client. */
    private static final byte[] NO_WINDOW = setting(4, 0);

    private static final byte[] FULL_WINDOW = frame(SETTINGS, 0, 0, setting(4, 65_535));

    @TempDir
    static Path folder;

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(folder, "[{port: 0, h2c: true}]");
        Files.write(folder.resolve("site").resolve("large.bin"), new byte[100_000]);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static Arguments row(String what, String section, String expected, byte[]... sent) {
        return arguments(what, section, List.of(expected.split("\\|")), join(sent));
    }

    /** A header block that cannot be decoded. */
    private static Arguments undecodable(String what, String section, int... block) {
        return row(what, section, "GOAWAY COMPRESSION_ERROR", frame(HEADERS, 5, 1, join(get(), bytes(block))));
    }

    private static Arguments malformed(String what, String section, byte[] block) {
        return row(
                what,
                section,
                "RST_STREAM PROTOCOL_ERROR|GOAWAY PROTOCOL_ERROR|status 400",
                frame(HEADERS, 5, 1, block));
    }

    static Stream<Arguments> frames() {
        return Stream.of(
                row("DATA on stream 0", "6.1", "GOAWAY PROTOCOL_ERROR", frame(DATA, 0, 0, bytes(1))),
                row("DATA on an idle stream", "5.1", "GOAWAY PROTOCOL_ERROR", frame(DATA, 0, 1, bytes(1))),
                row(
                        "DATA with more padding than payload",
                        "6.1",
                        "GOAWAY PROTOCOL_ERROR",
                        frame(HEADERS, END_HEADERS, 1, post()),
                        frame(DATA, PADDED, 1, bytes(5, 0))),
                row("HEADERS on stream 0", "6.2", "GOAWAY PROTOCOL_ERROR", frame(HEADERS, 5, 0, get())),
                row("HEADERS on a stream of the server's", "5.1.1", "GOAWAY PROTOCOL_ERROR", request(2)),
                row(
                        "HEADERS with more padding than payload",
                        "6.2",
                        "GOAWAY PROTOCOL_ERROR",
                        frame(HEADERS, 5 | PADDED, 1, join(bytes(200), get()))),
                row("PRIORITY on stream 0", "6.3", "GOAWAY PROTOCOL_ERROR", frame(PRIORITY, 0, 0, new byte[5])),
                row(
                        "PRIORITY of 4 bytes",
                        "6.3",
                        "RST_STREAM FRAME_SIZE_ERROR|GOAWAY FRAME_SIZE_ERROR",
                        frame(PRIORITY, 0, 1, new byte[4])),
                row("RST_STREAM on stream 0", "6.4", "GOAWAY PROTOCOL_ERROR", frame(RST_STREAM, 0, 0, number(8))),
                row("RST_STREAM on an idle stream", "6.4", "GOAWAY PROTOCOL_ERROR", frame(RST_STREAM, 0, 1, number(8))),
                row(
                        "RST_STREAM of 3 bytes",
                        "6.4",
                        "GOAWAY FRAME_SIZE_ERROR",
                        request(1),
                        frame(RST_STREAM, 0, 1, new byte[3])),
                row("SETTINGS on a stream", "6.5", "GOAWAY PROTOCOL_ERROR", frame(SETTINGS, 0, 1)),
                row("SETTINGS of 5 bytes", "6.5", "GOAWAY FRAME_SIZE_ERROR", frame(SETTINGS, 0, 0, new byte[5])),
                row("SETTINGS with ACK and a payload", "6.5", ACK_WITH_PAYLOAD, frame(SETTINGS, ACK, 0, setting(4, 1))),
                row("ENABLE_PUSH 2", "6.5.2", "GOAWAY PROTOCOL_ERROR", frame(SETTINGS, 0, 0, setting(2, 2))),
                row(
                        "INITIAL_WINDOW_SIZE 2^31",
                        "6.5.2",
                        "GOAWAY FLOW_CONTROL_ERROR",
                        frame(SETTINGS, 0, 0, setting(4, Integer.MIN_VALUE))),
                row(
                        "MAX_FRAME_SIZE below the least",
                        "6.5.2",
                        "GOAWAY PROTOCOL_ERROR",
                        frame(SETTINGS, 0, 0, setting(5, MAX_FRAME_SIZE - 1))),
                row(
                        "MAX_FRAME_SIZE above the most",
                        "6.5.2",
                        "GOAWAY PROTOCOL_ERROR",
                        frame(SETTINGS, 0, 0, setting(5, 1 << 24))),
                row("an unknown setting", "6.5.2", "accepted", frame(SETTINGS, 0, 0, setting(0xfefe, 1))),
                row(
                        "PUSH_PROMISE from the client",
                        "8.4",
                        "GOAWAY PROTOCOL_ERROR",
                        frame(HEADERS, END_HEADERS, 1, post()),
                        frame(PUSH_PROMISE, END_HEADERS, 1, join(number(2), get()))),
                row("PING on a stream", "6.7", "GOAWAY PROTOCOL_ERROR", frame(PING, 0, 1, new byte[8])),
                row("PING of 7 bytes", "6.7", "GOAWAY FRAME_SIZE_ERROR", frame(PING, 0, 0, new byte[7])),
                row("PING with ACK, not asked for", "6.7", "accepted", frame(PING, ACK, 0, new byte[8])),
                row("GOAWAY on a stream", "6.8", "GOAWAY PROTOCOL_ERROR", frame(GOAWAY, 0, 1, new byte[8])),
                row("WINDOW_UPDATE by 0", "6.9", "GOAWAY PROTOCOL_ERROR", frame(WINDOW_UPDATE, 0, 0, number(0))),
                row(
                        "WINDOW_UPDATE of 3 bytes",
                        "6.9",
                        "GOAWAY FRAME_SIZE_ERROR",
                        frame(WINDOW_UPDATE, 0, 0, new byte[3])),
                row(
                        "WINDOW_UPDATE on an idle stream",
                        "5.1",
                        "GOAWAY PROTOCOL_ERROR",
                        frame(WINDOW_UPDATE, 0, 1, number(1))),
                row(
                        "WINDOW_UPDATE beyond 2^31-1",
                        "6.9.1",
                        "GOAWAY FLOW_CONTROL_ERROR",
                        frame(WINDOW_UPDATE, 0, 0, number(Integer.MAX_VALUE))),
                row(
                        "a header block in two frames",
                        "6.10",
                        "status 200",
                        frame(HEADERS, END_STREAM, 1, get()),
                        frame(CONTINUATION, END_HEADERS, 1, block("a", "b"))),
                row(
                        "CONTINUATION without HEADERS",
                        "6.10",
                        "GOAWAY PROTOCOL_ERROR",
                        frame(CONTINUATION, END_HEADERS, 1, get())),
                row(
                        "another frame within a header block",
                        "6.10",
                        "GOAWAY PROTOCOL_ERROR",
                        frame(HEADERS, END_STREAM, 1, get()),
                        frame(PING, 0, 0, new byte[8])),
                row(
                        "CONTINUATION of another stream",
                        "6.10",
                        "GOAWAY PROTOCOL_ERROR",
                        frame(HEADERS, END_STREAM, 1, get()),
                        frame(CONTINUATION, END_HEADERS, 3, block("a", "b"))),
                row(
                        "a frame larger than MAX_FRAME_SIZE",
                        "4.2",
                        "GOAWAY FRAME_SIZE_ERROR",
                        frame(0xfe, 0, 0, new byte[MAX_FRAME_SIZE + 1])),
                row("a frame of unknown type", "4.1", "accepted", frame(0xfe, 0xff, 1, new byte[100])));
    }

    static Stream<Arguments> streams() {
        return Stream.of(
                row("HEADERS on a stream below the last one", "5.1.1", "GOAWAY PROTOCOL_ERROR", request(5), request(3)),
                row(
                        "DATA on a stream that the client has ended",
                        "5.1",
                        ENDED,
                        frame(SETTINGS, 0, 0, NO_WINDOW),
                        request(1),
                        frame(DATA, END_STREAM, 1, bytes(1))),
                row(
                        "HEADERS on a stream that the client has ended",
                        "5.1",
                        ENDED,
                        frame(SETTINGS, 0, 0, NO_WINDOW),
                        request(1),
                        request(1)),
                row(
                        "trailers that do not end the stream",
                        "8.1",
                        "GOAWAY PROTOCOL_ERROR|RST_STREAM PROTOCOL_ERROR|status 400",
                        frame(HEADERS, END_HEADERS, 1, post()),
                        frame(HEADERS, END_HEADERS, 1, block("a", "b"))),
                row(
                        "WINDOW_UPDATE of a stream by 0",
                        "6.9",
                        "RST_STREAM PROTOCOL_ERROR",
                        frame(SETTINGS, 0, 0, NO_WINDOW),
                        request(1),
                        frame(WINDOW_UPDATE, 0, 1, number(0))),
                row(
                        "WINDOW_UPDATE of a stream beyond 2^31-1",
                        "6.9.1",
                        "RST_STREAM FLOW_CONTROL_ERROR",
                        frame(HEADERS, END_STREAM | END_HEADERS, 1, large()),
                        frame(WINDOW_UPDATE, 0, 1, number(Integer.MAX_VALUE)),
                        frame(WINDOW_UPDATE, 0, 1, number(1))));
    }

    static Stream<Arguments> headerBlocks() {
        return Stream.of(
                undecodable("index 0", "7541-6.1", 0x80),
                undecodable("an index beyond the tables", "7541-2.3.3", 0xff, 0x20),
                undecodable("an integer without end", "7541-5.1", 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f),
                undecodable("a literal that is cut off", "7541-5.2", 0x00, 0x05, 'a'),
                undecodable(
                        "Huffman code with padding of more than 7 bits", "7541-5.2", 0x00, 0x82, 0x1f, 0xff, 0x01, 'b'),
                undecodable("Huffman code with padding of zeros", "7541-5.2", 0x00, 0x81, 0x18, 0x01, 'b'),
                undecodable(
                        "Huffman code with an end of string",
                        "7541-5.2",
                        0x00,
                        0x84,
                        0xff,
                        0xff,
                        0xff,
                        0xff,
                        0x01,
                        'b'),
                undecodable("a table size beyond the limit", "7541-6.3", 0x3f, 0xe2, 0x1f),
                undecodable("a table size behind a field", "7541-4.2", 0x20));
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                malformed("no :method", "8.3.1", block(":scheme", "http", ":authority", "a", ":path", "/a.txt")),
                malformed("no :scheme", "8.3.1", block(":method", "GET", ":authority", "a", ":path", "/a.txt")),
                malformed("no :path", "8.3.1", block(":method", "GET", ":scheme", "http", ":authority", "a")),
                malformed(
                        "an empty :path",
                        "8.3.1",
                        block(":method", "GET", ":scheme", "http", ":authority", "a", ":path", "")),
                malformed("two of :path", "8.3.1", get(":path", "/a.txt")),
                malformed("two of :method", "8.3.1", get(":method", "GET")),
                malformed("a pseudo-field of responses", "8.3", get(":status", "200")),
                malformed("an unknown pseudo-field", "8.3", get(":other", "x")),
                malformed("a pseudo-field behind a field", "8.3", join(block("a", "b"), get())),
                malformed("a name in capitals", "8.2.1", get("Accept", "x")),
                malformed("connection", "8.2.2", get("connection", "close")),
                malformed("transfer-encoding", "8.2.2", get("transfer-encoding", "chunked")),
                malformed("keep-alive", "8.2.2", get("keep-alive", "1")),
                malformed("te other than trailers", "8.2.2", get("te", "gzip")),
                malformed("a line end in a value", "8.2.1", get("a", "b\r\nc: d")),
                malformed("NUL in a value", "8.2.1", get("a", "b\0c")),
                malformed("a space in a name", "8.2.1", get("a b", "c")),
                row(
                        "a content-length that the missing body has not",
                        "8.1.1",
                        LENGTH_OF_NO_BODY,
                        request(1, "content-length", "5")),
                row("te: trailers", "8.2.2", "status 200", request(1, "te", "trailers")));
    }

    /** For more than the connection's window lets through: what is left waits for that, whatever the stream's window is. */
    private static byte[] large() {
        return block(":method", "GET", ":scheme", "http", ":authority", "a", ":path", "/large.bin");
    }

    private static byte[] post() {
        return block(":method", "POST", ":scheme", "http", ":authority", "a", ":path", "/a.txt");
    }

    @ParameterizedTest(name = "{0} (RFC 9113 §{1})")
    @MethodSource({"frames", "streams", "headerBlocks", "requests"})
    void frames_wrong_areAnsweredAsTheRfcSays(String what, String section, List<String> expected, byte[] sent)
            throws Exception {
        try (FrameConnection connection = new FrameConnection(server.port(0))) {
            connection.begin().send(sent);
            String outcome = expected.contains("status 200") ? connection.answer() : connection.outcome();
            assertEquals(
                    true, expected.contains(outcome), () -> what + ": " + outcome + " (expected: " + expected + ")");
            if (outcome.startsWith("GOAWAY")) {
                connection.awaitClose();
            } else {
                // An error of one stream leaves the others alone (§5.4.2).
                assertEquals(
                        "status 200",
                        connection.send(FULL_WINDOW).send(request(101)).answer());
            }
        }
    }
}
