package dev.sluice.serve;

import dev.sluice.plan.Unreadable;
import io.undertow.server.Connectors;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps account of the request's head that is being read, to tell afterwards why Undertow's parser refused it.
 *
 * <p>The octets themselves stay where they are, in the buffer that the parser reads. They are looked at only when the
 * parser asks for more or refuses, so for a head that comes with one read this is a few assignments.
 */
final class HeadMeter {
    private static final int SPACES_OF_A_REQUEST_LINE = 2;

    private final int headSize;

    private @Nullable ByteBuffer chunk;
    private int from;
    private int to;
    private boolean begun;
    private boolean head;
    private int octets;
    private int lines;
    private int firstLine;
    private int lastLine;
    private int spaces;
    private byte last;

    /**
     * @param headSize the most octets that the parser takes
     */
    HeadMeter(int headSize) {
        this.headSize = headSize;
    }

    /** Another request's head is expected. */
    void begin() {
        chunk = null;
        begun = false;
        octets = 0;
        lines = 0;
        firstLine = 0;
        lastLine = 0;
        spaces = 0;
        last = 0;
    }

    /** Whether any of it has come. */
    boolean begun() {
        return begun;
    }

    /**
     * The parser is about to be given some more.
     *
     * @param source the buffer that it will read from, with these octets
     */
    void add(ByteBuffer source, int start, int end) {
        if (!begun) {
            begun = true;
            head = source.get(start) == 'H';
        }
        chunk = source;
        from = start;
        to = end;
    }

    /**
     * The parser asks for more: it has taken all it was given.
     *
     * @param buffer where it wants it; only if that is the one that it read from, what it took still stands there
     */
    @SuppressWarnings("ReferenceEquality") // The very buffer: another one may be equal by chance.
    void next(ByteBuffer buffer) {
        if (chunk == buffer) {
            count(buffer, to);
        }
        chunk = null;
    }

    /** Whether the first line has ended without naming a version, as HTTP/0.9 had it: nothing more need come, then. */
    boolean lineWithoutVersion() {
        return lines > 0 && spaces < SPACES_OF_A_REQUEST_LINE;
    }

    /** Whether the method is HEAD; to be told apart from no other method that is served. */
    boolean isHead() {
        return head;
    }

    /** Why the parser refuses, right now, what it was given last. */
    Unreadable fault() {
        ByteBuffer given = chunk;
        if (given != null) {
            count(given, given.position());
            chunk = null;
        }
        if (octets > headSize) {
            // Whichever takes more of the room is what the client should shorten.
            int line = lines == 0 ? octets : firstLine;
            return line > octets - line ? Unreadable.LINE_TOO_LONG : Unreadable.FIELDS_TOO_LARGE;
        }
        return refusesField() ? Unreadable.FIELDS_TOO_LARGE : Unreadable.MALFORMED;
    }

    /**
     * Whether the parser stopped where a field line had ended well: at the first octet of the next one, and that may stand there.
     * So it is the field that was too much: the 201st, or the 128th of its name, since Undertow counts those in a byte.
     */
    private boolean refusesField() {
        boolean mayStandThere = last == '\r' || Connectors.isValidTokenCharacter(last);
        return lines > 1 && octets == lastLine + 1 && mayStandThere;
    }

    private void count(ByteBuffer buffer, int end) {
        for (int i = from; i < end; i++) {
            byte octet = buffer.get(i);
            if (octet == '\n') {
                lastLine = octets + i + 1 - from;
                firstLine = lines++ == 0 ? lastLine : firstLine;
            } else if (octet == ' ' && lines == 0) {
                spaces++;
            }
            last = octet;
        }
        octets += end - from;
        from = end;
    }
}
