package dev.sluice.admin;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A response before it is sent.
 *
 * @param status the status code
 * @param mediaType the Content-Type
 * @param fields further header fields
 * @param body octets that are sent as they are, or what makes the answer when it is known what the client takes, or else what
 *     Jackson is to serialise
 */
record Answer(int status, String mediaType, Map<String, String> fields, Object body) {
    /** Copies the fields, in their order. */
    Answer {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    static Answer ok(Object body) {
        return new Answer(200, "application/json", Map.of(), body);
    }

    /** Octets of another type than JSON, or of JSON that stands ready. */
    static Answer ok(String mediaType, byte[] octets) {
        return new Answer(200, mediaType, Map.of(), octets);
    }

    static Answer problem(int status, String detail, String path) {
        return problem(status, detail, path, Map.of());
    }

    /** With extension members, by their names. */
    static Answer problem(int status, String detail, String path, Map<String, List<String>> more) {
        return new Answer(status, Problem.MEDIA_TYPE, Map.of(), Problem.of(status, detail, path, more));
    }

    /** This answer with one field more, or with another value of one that it has. */
    Answer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new Answer(status, mediaType, more, body);
    }
}
