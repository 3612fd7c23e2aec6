package dev.sluice.admin;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Events that wait for one client, bounded in number and in octets. The octets themselves are shared with other streams.
 *
 * <p>What has been offered to the socket once is promised: a chunk of that size has been announced to the client, so just
 * these octets have to follow.
 *
 * <p>Used by one thread.
 */
final class Outbox {
    static final int MOST_BYTES = 1 << 20;

    private static final int MOST_EVENTS = 8_192;

    private final Deque<byte[]> events = new ArrayDeque<>();
    private int sentOfFirst;
    private int bytes;
    private int promised;

    /** Appends an event; false if there is no room for it. One alone always has room. */
    boolean add(byte[] event) {
        boolean fits = events.isEmpty() || bytes + event.length <= MOST_BYTES;
        if (!fits || events.size() >= MOST_EVENTS) {
            return false;
        }
        append(event);
        return true;
    }

    /**
     * Removes every event of which nothing is promised or sent.
     *
     * @return how many
     */
    int discard() {
        int needed = 0;
        int removed = 0;
        int owed = promised + sentOfFirst;
        for (Iterator<byte[]> each = events.iterator(); each.hasNext(); ) {
            int length = each.next().length;
            if (needed < owed) {
                needed += length;
            } else {
                each.remove();
                bytes -= length;
                removed++;
            }
        }
        return removed;
    }

    /** Appends an event for which there is room since others were discarded. */
    void append(byte[] event) {
        events.add(event);
        bytes += event.length;
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    /**
     * Copies what is to be sent next, which is then promised.
     *
     * @param into an empty buffer, flipped when this returns
     */
    void fill(ByteBuffer into) {
        if (promised > 0 && promised < into.remaining()) {
            into.limit(promised);
        }
        int from = sentOfFirst;
        for (byte[] event : events) {
            int part = Math.min(event.length - from, into.remaining());
            into.put(event, from, part);
            from = 0;
            if (!into.hasRemaining()) {
                break;
            }
        }
        into.flip();
        promised = Math.max(promised, into.remaining());
    }

    /** The socket has taken some of what was promised. */
    void sent(int octets) {
        promised -= octets;
        int left = octets + sentOfFirst;
        while (!events.isEmpty() && events.element().length <= left) {
            int length = events.remove().length;
            left -= length;
            bytes -= length;
        }
        sentOfFirst = left;
    }
}
