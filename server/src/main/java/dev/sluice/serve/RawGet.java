package dev.sluice.serve;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Octets that may be one plain GET of HTTP/1.1 in origin form (RFC 9112 §3.2.1), from the first to the last: the first line,
 * and behind it fields that are known. Nothing is judged here; whatever is not exactly that goes to the parser.
 *
 * <p>Reused for one request after the other by one thread.
 */
final class RawGet {
    /** Longer heads are rare enough to take the long way. */
    private static final int LONGEST = 4 << 10;

    private static final byte[] BEFORE_PATH = octets("GET /");
    private static final byte[] BEHIND_PATH = octets(" HTTP/1.1\r\n");
    private static final byte[] END = octets("\r\n\r\n");
    private static final int PATH = "GET ".length();

    private final byte[] octets = new byte[LONGEST];
    private int length;
    private int pathEnd;

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Takes what has come.
     *
     * @return whether it looks like a whole GET; the other methods mean something only then
     */
    boolean take(ByteBuffer buffer, int from, int to) {
        length = to - from;
        if (length > LONGEST || length < END.length) {
            return false;
        }
        buffer.get(from, octets, 0, length);
        if (!at(0, BEFORE_PATH) || !at(length - END.length, END)) {
            return false;
        }
        pathEnd = endOfPath();
        return at(pathEnd, BEHIND_PATH);
    }

    private int endOfPath() {
        int at = PATH;
        while (at < length && octets[at] != ' ') {
            at++;
        }
        return at;
    }

    private boolean at(int from, byte[] expected) {
        int to = from + expected.length;
        return to <= length && Arrays.equals(octets, from, to, expected, 0, expected.length);
    }

    /** The target as it was sent; with a query or an escape it names no hot file. */
    String path() {
        return new String(octets, PATH, pathEnd - PATH, StandardCharsets.ISO_8859_1);
    }

    /** Whether these are its fields. */
    boolean has(KnownFields fields) {
        return fields.matches(octets, fieldsFrom(), length);
    }

    /** Its fields, the empty line at the end included; good until the next request. */
    ByteBuffer fields() {
        return ByteBuffer.wrap(octets, fieldsFrom(), length - fieldsFrom());
    }

    /** A copy of its fields. */
    byte[] copyOfFields() {
        return Arrays.copyOfRange(octets, fieldsFrom(), length);
    }

    /** A copy of all of it. */
    ByteBuffer copy() {
        return ByteBuffer.wrap(Arrays.copyOf(octets, length));
    }

    private int fieldsFrom() {
        return pathEnd + BEHIND_PATH.length;
    }
}
