package dev.sluice.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.plan.Unreadable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In the table {@code ~} stands for CRLF; the parser has stopped where the text ends. */
class HeadMeterTest {
    private static final int HEAD_SIZE = 40;

    @ParameterizedTest
    @CsvSource({
        "GET /234567890123456789012345678901234567890, LINE_TOO_LONG",
        "GET /2345678901234567 HTTP/1.1~Host: a~X: 90, LINE_TOO_LONG",
        "GET / HTTP/1.1~Host: a~X: 67890123456789012, FIELDS_TOO_LARGE",
        "GET / HTTP/1.1~Host: a~~, MALFORMED",
        "GET / HTTP/1.1~Host: a~X, FIELDS_TOO_LARGE",
        "GET / HTTP/1.1~Host: a~X(, MALFORMED",
        "GET / HTTP/1.1~Host: a~:, MALFORMED",
        "GET / HTTP/1.1~:, MALFORMED",
        "GET / HTTQ, MALFORMED",
    })
    void fault_anyParts_isWhatTheParserStumbledOver(String taken, Unreadable fault) {
        byte[] octets = taken.replace("~", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        for (int cut = 1; cut < octets.length; cut++) {
            HeadMeter meter = new HeadMeter(HEAD_SIZE);
            ByteBuffer buffer = ByteBuffer.allocate(64);
            // What is before the first request is none of it, and what is behind has not been taken.
            give(meter, buffer, octets, 0, cut, 7);
            buffer.position(buffer.limit());
            meter.next(buffer);
            give(meter, buffer, octets, cut, octets.length, 0);
            buffer.position(octets.length - cut);
            assertEquals(fault, meter.fault(), "cut at " + cut);
        }
    }

    /** The parser's buffer goes back to the pool, where others may have filled it by the time of the next read. */
    @Test
    void next_anotherBuffer_leavesTheOldOneAlone() {
        HeadMeter meter = new HeadMeter(HEAD_SIZE);
        ByteBuffer old = ByteBuffer.wrap("\n\n\n\n".getBytes(StandardCharsets.ISO_8859_1));
        meter.add(old, 0, 4);
        meter.next(ByteBuffer.allocate(4));
        assertEquals(false, meter.lineWithoutVersion());
        meter.add(old, 0, 4);
        meter.next(old);
        assertEquals(true, meter.lineWithoutVersion());
    }

    private static void give(HeadMeter meter, ByteBuffer buffer, byte[] octets, int from, int to, int at) {
        buffer.clear().position(at).put(octets, from, to - from).flip();
        meter.add(buffer, at, buffer.limit());
    }
}
