package dev.sluice.serve;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/** The status in the head of a response (RFC 9112 §4): {@code HTTP/1.1 400 Bad Request}. */
final class StatusLine {
    private static final int STATUS_START = 9;

    private static final int STATUS_END = 12;

    private StatusLine() {}

    /** The status of the head that begins in this buffer, or 0 if none does. */
    static int statusIn(ByteBuffer head) {
        int at = head.position();
        if (head.remaining() < STATUS_END || head.get(at) != 'H' || head.get(at + STATUS_START - 1) != ' ') {
            return 0;
        }
        int status = 0;
        for (int i = at + STATUS_START; i < at + STATUS_END; i++) {
            status = status * 10 + head.get(i) - '0';
        }
        return status;
    }

    /**
     * Whether the head that begins in this buffer has that status line.
     *
     * @param ending what follows the version: status, phrase and line end
     */
    static boolean endsIn(ByteBuffer head, String ending) {
        int at = head.position() + STATUS_START;
        return head.limit() - at >= ending.length()
                && IntStream.range(0, ending.length()).allMatch(i -> head.get(at + i) == ending.charAt(i));
    }
}
