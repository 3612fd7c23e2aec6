package dev.sluice.admin;

import dev.sluice.ledger.Served;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Server-sent events (WHATWG HTML §9.2) as octets that all streams share. Each record is serialised once, when the first
 * stream asks for it.
 *
 * <p>For the feed's thread.
 */
final class Events {
    /** How long a browser waits before it connects again. */
    static final byte[] RETRY = octets("retry: 2000\n\n");

    static final byte[] KEEP_ALIVE = octets(": keep-alive\n\n");

    private static final byte[] END = octets("\n\n");

    private final ObjectWriter requests;
    private final ObjectWriter notices;
    private long lastId = -1;
    private byte[] lastOctets = END;

    Events(JsonMapper mapper) {
        this.requests = mapper.writerFor(RequestsView.Request.class);
        this.notices = mapper.writer();
    }

    /** The record as {@code /api/requests} tells it. */
    byte[] request(Served served) {
        if (served.id() != lastId) {
            byte[] head = octets("event: request\nid: " + served.id() + "\ndata: ");
            lastOctets = event(head, requests.writeValueAsBytes(RequestsView.Request.of(served)));
            lastId = served.id();
        }
        return lastOctets;
    }

    /** Records were left out. */
    byte[] skipped(long records, String reason) {
        return event(octets("event: skipped\ndata: "), notices.writeValueAsBytes(new Skipped(records, reason)));
    }

    /** The stream ends since its reader does not keep up. */
    byte[] dropped(String detail) {
        return event(octets("event: dropped\ndata: "), notices.writeValueAsBytes(new Dropped("slow-reader", detail)));
    }

    private static byte[] event(byte[] head, byte[] data) {
        byte[] event = new byte[head.length + data.length + END.length];
        System.arraycopy(head, 0, event, 0, head.length);
        System.arraycopy(data, 0, event, head.length, data.length);
        System.arraycopy(END, 0, event, head.length + data.length, END.length);
        return event;
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private record Skipped(long records, String reason) {}

    private record Dropped(String reason, String detail) {}
}
