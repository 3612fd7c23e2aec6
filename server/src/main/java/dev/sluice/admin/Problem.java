package dev.sluice.admin;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.undertow.util.StatusCodes;
import java.util.List;
import java.util.Map;

/**
 * Problem details (RFC 9457 §3.1).
 *
 * @param type always {@code about:blank}: the problem is what the status code says (§4.2.1)
 * @param title the status code's reason phrase
 * @param status the status code
 * @param detail what was given and what was expected, for a human
 * @param instance the path of the request
 * @param more extension members (§3.2), such as the endpoints that there are instead
 */
record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        @JsonAnyGetter Map<String, List<String>> more) {
    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(int status, String detail, String instance, Map<String, List<String>> more) {
        return new Problem("about:blank", StatusCodes.getReason(status), status, detail, instance, more);
    }
}
