package dev.sluice.plan;

import dev.sluice.http.ContentCoding;
import dev.sluice.http.HeaderFields;

/**
 * A response, decided but not sent.
 *
 * @param status the status code
 * @param fields the response's fields; {@code Date} and those about the connection are left to the server
 * @param body what to send after the head
 * @param reason why it is this body: one of {@link Reasons}, or the more exact token of the one who looked
 * @param coding of the selected representation, which tells which of the found ones to send
 */
public record Plan(int status, HeaderFields fields, Body body, String reason, ContentCoding coding) {
    /** A plan that sends no coded representation. */
    public Plan(int status, HeaderFields fields, Body body, String reason) {
        this(status, fields, body, reason, ContentCoding.IDENTITY);
    }

    /** The same plan with other fields. */
    public Plan withFields(HeaderFields others) {
        return new Plan(status, others, body, reason, coding);
    }

    /**
     * The same plan for a more exact reason.
     *
     * @param exact a token, which must not quote the request
     */
    public Plan because(String exact) {
        return new Plan(status, fields, body, exact, coding);
    }

    /**
     * The same plan; a redirect takes the query along, unless it has one of its own.
     *
     * @param query of the request, without the question mark; empty for none
     */
    public Plan keepingQuery(String query) {
        String location = fields.get("Location").orElse("");
        if (query.isEmpty() || location.isEmpty() || location.indexOf('?') >= 0) {
            return this;
        }
        HeaderFields.Builder kept = HeaderFields.builder();
        for (HeaderFields.Field field : fields) {
            boolean target = field.name().equals("Location");
            kept.add(field.name(), target ? location + '?' + query : field.value());
        }
        return withFields(kept.build());
    }

    /** The same plan, of which caches are told that the answer depends on another field of the request (RFC 9110 §12.5.5). */
    public Plan varyingBy(String field) {
        return withFields(
                HeaderFields.builder().addAll(fields).add("Vary", field).build());
    }

    /** Returns this plan as it answers HEAD: the same fields and no body (RFC 9110 §9.3.2). */
    public Plan withoutBody() {
        return new Plan(status, fields, new Body.None(), reason, coding);
    }
}
