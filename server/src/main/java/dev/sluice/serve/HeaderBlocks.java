package dev.sluice.serve;

import io.undertow.protocols.http2.ConnectionErrorException;
import io.undertow.protocols.http2.Http2Channel;
import io.undertow.server.protocol.framed.FrameHeaderData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Gathers header blocks that a client has cut into several frames (RFC 9113 §4.3), so that each is parsed in one piece. Undertow
 * begins a request with those of the frames that it has, adds the fields of the others while the request is under way, and may
 * never end it.
 *
 * <p>For one connection, and used by its I/O thread alone.
 */
final class HeaderBlocks {
    /** Octets before the first frame (RFC 9113 §3.4). */
    private static final int PREFACE = 24;

    /** Octets of what a frame begins with (RFC 9113 §4.1). */
    private static final int HEAD = 9;

    /** Octets of the longest payload, which nobody was told that it may be longer. */
    private static final int LONGEST = 1 << 14;

    private static final int HEADERS = 1;
    private static final int CONTINUATION = 9;
    private static final int END_HEADERS = 4;

    private final Parser undertow;
    private final int most;

    private final ByteBuffer head = ByteBuffer.allocate(HEAD);
    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
    private int prefaceLeft = PREFACE;

    /** Whether Undertow is in the middle of a frame. */
    private boolean passing;

    /** How much of the frame that is gathered is still to come, whether it is the last of its block, and of which stream. */
    private int left;

    private boolean last;
    private int stream;

    /** Parses octets: all of them, or as many as end a frame. */
    interface Parser {
        /** The frame that ended, or null if more is needed. */
        @Nullable
        FrameHeaderData parse(ByteBuffer octets) throws IOException;
    }

    /**
     * @param undertow given whole frames or parts of them, but whole header blocks
     * @param most octets of a block that is cut, the heads of its frames included
     */
    HeaderBlocks(Parser undertow, int most) {
        this.undertow = undertow;
        this.most = most;
    }

    /**
     * Parses octets: all of them, or as many as end a frame or a block.
     *
     * @return the frame that ended, or null if more is needed
     * @throws ConnectionErrorException if a block is too long, or interrupted by another frame
     */
    @Nullable
    FrameHeaderData parse(ByteBuffer received) throws IOException {
        passPreface(received);
        while (received.hasRemaining()) {
            if (passing) {
                return pass(received);
            }
            if (left == 0 && !readHead(received)) {
                return null;
            }
            if (passing) {
                FrameHeaderData withoutPayload = pass(head);
                if (withoutPayload != null) {
                    return withoutPayload;
                }
                continue;
            }
            gather(received);
            if (left == 0 && last) {
                ByteBuffer block = ByteBuffer.wrap(gathered.toByteArray());
                gathered.reset();
                return pass(block);
            }
        }
        return null;
    }

    private void passPreface(ByteBuffer received) throws IOException {
        int some = Math.min(prefaceLeft, received.remaining());
        if (some > 0) {
            int limit = received.limit();
            received.limit(received.position() + some);
            undertow.parse(received);
            received.limit(limit);
            prefaceLeft -= some;
        }
    }

    private @Nullable FrameHeaderData pass(ByteBuffer octets) throws IOException {
        FrameHeaderData frame = undertow.parse(octets);
        passing = frame == null;
        return frame;
    }

    /** Reads the next frame's head, and decides what becomes of the frame; false if there is not all of it yet. */
    private boolean readHead(ByteBuffer received) throws ConnectionErrorException {
        if (!head.hasRemaining()) {
            head.clear();
        }
        while (head.hasRemaining() && received.hasRemaining()) {
            head.put(received.get());
        }
        if (head.hasRemaining()) {
            return false;
        }
        head.flip();
        int length = head.getInt(0) >>> 8;
        int type = head.get(3);
        last = (head.get(4) & END_HEADERS) != 0;
        int streamOfFrame = head.getInt(5) & Integer.MAX_VALUE;
        if (gathered.size() == 0) {
            // One that is wrong in itself is left to Undertow, too.
            passing = type != HEADERS || last || length > LONGEST || streamOfFrame == 0;
            stream = streamOfFrame;
        } else if (type != CONTINUATION || streamOfFrame != stream) {
            throw new ConnectionErrorException(Http2Channel.ERROR_PROTOCOL_ERROR);
        } else if (length > LONGEST) {
            throw new ConnectionErrorException(Http2Channel.ERROR_FRAME_SIZE_ERROR);
        }
        if (!passing) {
            begin(length);
        }
        return true;
    }

    private void begin(int length) throws ConnectionErrorException {
        // Without a bound, and one on frames that are empty, this is the flood of CVE-2024-27316.
        if (gathered.size() + HEAD + length > most) {
            throw new ConnectionErrorException(Http2Channel.ERROR_ENHANCE_YOUR_CALM);
        }
        gathered.write(head.array(), 0, HEAD);
        head.position(HEAD);
        left = length;
    }

    private void gather(ByteBuffer received) {
        byte[] some = new byte[Math.min(left, received.remaining())];
        received.get(some);
        gathered.writeBytes(some);
        left -= some.length;
    }
}
