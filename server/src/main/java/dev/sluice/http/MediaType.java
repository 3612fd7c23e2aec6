package dev.sluice.http;

/**
 * A media type as sent in {@code Content-Type} (RFC 9110 §8.3.1).
 *
 * @param essence type and subtype in lower case, such as {@code text/html}
 * @param charsetUtf8 whether {@code charset=utf-8} is sent with it
 */
public record MediaType(String essence, boolean charsetUtf8) {
    /** What is known of nothing else: {@code application/octet-stream}. */
    public static final MediaType OCTET_STREAM = new MediaType("application/octet-stream", false);

    /** Text that this server writes itself: {@code text/plain;charset=utf-8}. */
    public static final MediaType PLAIN_TEXT = new MediaType("text/plain", true);

    /** Returns the field value, such as {@code text/html;charset=utf-8}. */
    public String fieldValue() {
        return charsetUtf8 ? essence + ";charset=utf-8" : essence;
    }
}
