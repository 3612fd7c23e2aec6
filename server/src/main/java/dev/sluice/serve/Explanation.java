package dev.sluice.serve;

import dev.sluice.http.HeaderFields;
import dev.sluice.ledger.IoPath;
import dev.sluice.plan.Step;
import java.util.List;

/**
 * How a request would be answered, and why so.
 *
 * @param status of the answer
 * @param planned the I/O path that is planned for its body
 * @param reason why it is that one, as a record of the request would say
 * @param headers its fields, without {@code Date} and those about the connection
 * @param trace the decisions that led there, in their order
 */
public record Explanation(int status, IoPath planned, String reason, HeaderFields headers, List<Step> trace) {
    /** Copies the list. */
    public Explanation {
        trace = List.copyOf(trace);
    }
}
