package dev.sluice.plan;

import dev.sluice.http.HeaderFields;
import dev.sluice.http.MediaType;
import java.nio.charset.StandardCharsets;

/** The answers that send no representation, as a table. Their text says what to do and quotes nothing of the request. */
enum Refusal {
    MALFORMED_PATH(400, Reasons.REJECTED, "Bad Request: send the path percent-encoded as UTF-8, without control bytes"),
    FRAMING(400, Reasons.REJECTED, "Bad Request: frame a body by one Content-Length in digits, or by chunked alone"),
    HOST(400, Reasons.REJECTED, "Bad Request: send one Host field with a host name or address"),
    MALFORMED_REQUEST(400, Reasons.REJECTED, "Bad Request: the request line, a field or the framing is malformed"),
    PASSWORD(401, Reasons.UNAUTHORIZED, "Unauthorized: send a user name and password by Basic authentication"),
    DENIED(403, Reasons.DENIED, "Forbidden: nobody may have what is at this path"),
    NOTHING_THERE(404, Reasons.MISSING, "Not Found: nothing is served at this path"),
    KNOWN_METHOD(405, Reasons.METHOD, "Method Not Allowed: use GET or HEAD"),
    CODING(406, Reasons.NOT_ACCEPTABLE, "Not Acceptable: let Accept-Encoding allow identity"),
    GONE(410, Reasons.DENIED, "Gone: what was at this path will not come back"),
    PRECONDITION(412, Reasons.PRECONDITION, "Precondition Failed: the representation is another one than you expect"),
    LINE_TOO_LONG(414, Reasons.REJECTED, "URI Too Long: shorten the request's first line"),
    RANGE(416, Reasons.UNSATISFIABLE_RANGE, "Range Not Satisfiable: Content-Range tells the length to stay within"),
    MISDIRECTED(421, Reasons.MISDIRECTED, "Misdirected Request: no site of this server has that host name"),
    TOO_MANY(429, Reasons.RATE_LIMIT, "Too Many Requests: wait as long as Retry-After says"),
    FIELDS_TOO_LARGE(431, Reasons.REJECTED, "Request Header Fields Too Large: send fewer fields, or shorter ones"),
    LOOKUP_FAILED(500, Reasons.FAILED, "Internal Server Error: the server could not read what this path names"),
    UNKNOWN_METHOD(501, Reasons.METHOD, "Not Implemented: this method is not known, use GET or HEAD"),
    BUSY(503, Reasons.UNAVAILABLE, "Service Unavailable: try again in a second"),
    MAINTENANCE(503, Reasons.MAINTENANCE, "Service Unavailable: this site is being worked on, come back later");

    private final int status;
    private final String reason;
    private final String text;

    Refusal(int status, String reason, String sentence) {
        this.status = status;
        this.reason = reason;
        this.text = status + " " + sentence + "\n";
    }

    /** Returns the answer. */
    Plan plan() {
        return plan(HeaderFields.NONE);
    }

    /** Returns the answer with fields of its own behind those of all refusals. */
    Plan plan(HeaderFields own) {
        return plan(status, text, own, reason);
    }

    /** Returns the answer by a status that only a configuration chose. */
    static Plan bare(int status, String reason) {
        return plan(status, status + "\n", HeaderFields.NONE, reason);
    }

    private static Plan plan(int status, String text, HeaderFields own, String reason) {
        HeaderFields fields = HeaderFields.builder()
                .add("Content-Type", MediaType.PLAIN_TEXT.fieldValue())
                .add("Content-Length", Integer.toString(text.getBytes(StandardCharsets.UTF_8).length))
                .add("Cache-Control", "no-store")
                .add("X-Content-Type-Options", "nosniff")
                .addAll(own)
                .build();
        return new Plan(status, fields, new Body.Generated(text), reason);
    }
}
