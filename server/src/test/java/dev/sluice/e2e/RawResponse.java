package dev.sluice.e2e;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A response as it stood on the wire; fields by lower-case name, in the order received. */
final class RawResponse {
    private final int status;
    private final Map<String, List<String>> fields;
    private final byte[] body;

    private RawResponse(int status, Map<String, List<String>> fields, byte[] body) {
        this.status = status;
        this.fields = fields;
        this.body = body;
    }

    /** Reads a head: a status line and fields, without the empty line after them. */
    static RawResponse head(String head) {
        String[] lines = head.split("\r\n", -1);
        if (!lines[0].matches("HTTP/1\\.[01] [1-5][0-9][0-9] .*")) {
            throw new AssertionError("not a status line: " + lines[0]);
        }
        Map<String, List<String>> fields = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            String name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
            fields.computeIfAbsent(name, n -> new ArrayList<>())
                    .add(lines[i].substring(colon + 1).strip());
        }
        return new RawResponse(Integer.parseInt(lines[0].substring(9, 12)), fields, new byte[0]);
    }

    /** A response that did not come as text. */
    static RawResponse of(int status, Map<String, List<String>> fields, byte[] body) {
        return new RawResponse(status, fields, body);
    }

    RawResponse withBody(byte[] bytes) {
        return new RawResponse(status, fields, bytes);
    }

    int status() {
        return status;
    }

    Map<String, List<String>> fields() {
        return fields;
    }

    byte[] body() {
        return body;
    }

    /** A field's only value, or null without one. */
    String field(String name) {
        List<String> values = fields.get(name.toLowerCase(Locale.ROOT));
        if (values == null) {
            return null;
        }
        if (values.size() > 1) {
            throw new AssertionError(name + ": " + values + " (expected: one)");
        }
        return values.get(0);
    }

    /** How many bytes of body the head promises to the answer of this method. */
    int bodyLength(String method) {
        boolean none = method.equals("HEAD") || status == 204 || status == 304 || status < 200;
        String length = field("Content-Length");
        if (!none && length == null) {
            throw new AssertionError(status + " without Content-Length: " + fields);
        }
        return none ? 0 : Integer.parseInt(length);
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
