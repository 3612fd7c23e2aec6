package dev.sluice.admin;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a request would be answered; its component names are the public contract.
 *
 * @param status of the answer
 * @param planned the label of the I/O path that is planned for its body
 * @param reason why it is that one: a token, as in a record
 * @param headers the fields of the answer in their order, without {@code Date} and those about the connection; the values of
 *     one that stands there several times are joined by a comma (RFC 9110 §5.3)
 * @param trace the decisions that led there, in their order
 */
public record ExplainAnswer(
        int status, String planned, String reason, Map<String, String> headers, List<Decision> trace) {
    /** Copies the collections. */
    public ExplainAnswer {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        trace = List.copyOf(trace);
    }

    /**
     * One decision.
     *
     * @param step what was decided
     * @param finding what it came to and why, in words
     */
    public record Decision(String step, String finding) {}
}
