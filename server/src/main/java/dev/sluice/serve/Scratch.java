package dev.sluice.serve;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;

/** What the fast paths of one I/O thread's connections share. Used by that thread alone. */
final class Scratch {
    /** Longer heads are rare enough to take the long way. */
    private static final int LONGEST_HEAD = 8 << 10;

    /** What ends a head (RFC 9112 §2.1). */
    static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** Browsers send a handful of different fields; beyond this many, the search for those in use begins anew. */
    private static final int MOST_REMEMBERED = 1024;

    private final XnioIoThread thread;
    private final RawGet request = new RawGet();
    private final ByteBuffer head = ByteBuffer.allocateDirect(LONGEST_HEAD);
    private final Map<ByteBuffer, KnownFields> known = new HashMap<>();
    private final DateOctets date;
    private @Nullable Edition edition;

    Scratch(XnioIoThread thread, DateOctets date) {
        this.thread = thread;
        this.date = date;
    }

    /** Whether the calling thread is the one. */
    boolean mine() {
        return Thread.currentThread() == thread;
    }

    /** The request that is being looked at. */
    RawGet request() {
        return request;
    }

    /** What is known of these fields in what is served now, or null. */
    @Nullable
    KnownFields known(ByteBuffer fields, Edition now) {
        if (edition != now) {
            // Of what is served no more nothing is to be kept from being collected.
            known.clear();
            edition = now;
        }
        return known.get(fields);
    }

    /** Remembers fields for all connections. */
    KnownFields remember(KnownFields fields) {
        if (edition != fields.edition() || known.size() >= MOST_REMEMBERED) {
            edition = fields.edition();
            known.clear();
        }
        known.put(ByteBuffer.wrap(fields.octets()), fields);
        return fields;
    }

    /**
     * Writes a whole head down.
     *
     * @param octets what stands before the value of {@code Date}
     * @param epochMillis what time it is
     * @return the head, good until the next call; null if it is too long
     */
    @Nullable
    ByteBuffer head(byte[] octets, long epochMillis) {
        byte[] now = date.at(epochMillis);
        if (octets.length + now.length + HEAD_END.length > LONGEST_HEAD) {
            return null;
        }
        return head.clear().put(octets).put(now).put(HEAD_END).flip();
    }
}
