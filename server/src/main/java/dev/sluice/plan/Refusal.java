package dev.sluice.plan;

import dev.sluice.http.HeaderFields;
import dev.sluice.http.MediaType;
import java.nio.charset.StandardCharsets;

/** The answers that send no representation, as a table. Their text says what to do and quotes nothing of the request. */
enum Refusal {
    MALFORMED_PATH(400, Reasons.REJECTED, "Bad Request: send the path percent-encoded as UTF-8, without control bytes"),
    FRAMING(400, Reasons.REJECTED, "Bad Request: frame a body by one Content-Length in digits, or by chunked alone"),
    NOTHING_THERE(404, Reasons.MISSING, "Not Found: nothing is served at this path"),
    KNOWN_METHOD(405, Reasons.METHOD, "Method Not Allowed: use GET or HEAD"),
    PRECONDITION(412, Reasons.PRECONDITION, "Precondition Failed: the representation is another one than you expect"),
    RANGE(416, Reasons.UNSATISFIABLE_RANGE, "Range Not Satisfiable: Content-Range tells the length to stay within"),
    LOOKUP_FAILED(500, Reasons.FAILED, "Internal Server Error: the server could not read what this path names"),
    UNKNOWN_METHOD(501, Reasons.METHOD, "Not Implemented: this method is not known, use GET or HEAD"),
    BUSY(503, Reasons.UNAVAILABLE, "Service Unavailable: try again in a second");

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
