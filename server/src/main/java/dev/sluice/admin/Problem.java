package dev.sluice.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.undertow.util.StatusCodes;
import java.util.List;

/**
 * Problem details (RFC 9457 §3.1).
 *
 * @param type always {@code about:blank}: the problem is what the status code says (§4.2.1)
 * @param title the status code's reason phrase
 * @param status the status code
 * @param detail what was given and what was expected, for a human
 * @param instance the path of the request
 * @param endpoints what there is instead, on a 404; left out if empty
 */
record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> endpoints) {
    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(int status, String detail, String instance) {
        return of(status, detail, instance, List.of());
    }

    static Problem of(int status, String detail, String instance, List<String> endpoints) {
        return new Problem("about:blank", StatusCodes.getReason(status), status, detail, instance, endpoints);
    }
}
