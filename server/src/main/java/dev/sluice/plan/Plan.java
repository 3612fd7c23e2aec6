package dev.sluice.plan;

import dev.sluice.http.HeaderFields;

/**
 * A response, decided but not sent.
 *
 * @param status the status code
 * @param fields the response's fields; {@code Date} and those about the connection are left to the server
 * @param body what to send after the head
 * @param reason why it is this body: one of {@link Reasons}, or the more exact token of the one who looked
 */
public record Plan(int status, HeaderFields fields, Body body, String reason) {
    /**
     * The same plan for a more exact reason.
     *
     * @param exact a token, which must not quote the request
     */
    public Plan because(String exact) {
        return new Plan(status, fields, body, exact);
    }

    /** Returns this plan as it answers HEAD: the same fields and no body (RFC 9110 §9.3.2). */
    Plan withoutBody() {
        return new Plan(status, fields, new Body.None(), reason);
    }
}
