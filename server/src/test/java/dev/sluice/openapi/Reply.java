package dev.sluice.openapi;

import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What came over the wire.
 *
 * @param status the status code
 * @param fields values by name, whose case does not matter
 * @param body as text; of a stream, its beginning
 */
public record Reply(int status, Map<String, List<String>> fields, String body) {
    public Reply {
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(fields);
        fields = copy;
    }

    public static Reply of(Response response) {
        return of(response, response.asString());
    }

    /** The same where the body has been read already. */
    public static Reply of(Response response, String body) {
        Map<String, List<String>> fields = response.headers().asList().stream()
                .collect(Collectors.groupingBy(
                        field -> field.getName(), Collectors.mapping(field -> field.getValue(), Collectors.toList())));
        return new Reply(response.statusCode(), fields, body);
    }

    /** The media type as it stands there, or nothing. */
    String mediaType() {
        return String.join(", ", fields.getOrDefault("Content-Type", List.of()));
    }
}
