package dev.sluice.admin;

import java.util.List;
import java.util.Map;

/**
 * A response before it is sent.
 *
 * @param status the status code
 * @param mediaType the Content-Type
 * @param fields further header fields
 * @param body octets that are sent as they are, or else what Jackson is to serialise
 */
record Answer(int status, String mediaType, Map<String, String> fields, Object body) {
    static Answer ok(Object body) {
        return new Answer(200, "application/json", Map.of(), body);
    }

    /** Octets of another type than JSON, or of JSON that stands ready. */
    static Answer ok(String mediaType, byte[] octets) {
        return new Answer(200, mediaType, Map.of(), octets);
    }

    static Answer problem(int status, String detail, String path) {
        return problem(Problem.of(status, detail, path));
    }

    static Answer notFound(String path, List<String> endpoints) {
        return problem(Problem.of(404, "no such endpoint: " + path, path, endpoints));
    }

    private static Answer problem(Problem problem) {
        return new Answer(problem.status(), Problem.MEDIA_TYPE, Map.of(), problem);
    }

    Answer with(String name, String value) {
        return new Answer(status, mediaType, Map.of(name, value), body);
    }
}
