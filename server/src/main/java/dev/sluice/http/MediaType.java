package dev.sluice.http;

/**
 * A media type as sent in {@code Content-Type} (RFC 9110 §8.3.1).
 *
 * @param essence type and subtype in lower case, such as {@code text/html}
 * @param charsetUtf8 whether {@code charset=utf-8} is sent with it
 * @param compressible whether a content coding makes it smaller by enough to be worth it: texts, but nothing that is coded
 *     in itself, such as images, video and archives
 */
public record MediaType(String essence, boolean charsetUtf8, boolean compressible) {
    /** What is known of nothing else: {@code application/octet-stream}. */
    public static final MediaType OCTET_STREAM = new MediaType("application/octet-stream", false);

    /** Text that this server writes itself: {@code text/plain;charset=utf-8}. */
    public static final MediaType PLAIN_TEXT = new MediaType("text/plain", true);

    /**
     * A type that is compressible if its name says so: {@code text/*}, {@code +json}, {@code +xml} and a few more.
     *
     * @param essence type and subtype in lower case
     * @param charsetUtf8 whether {@code charset=utf-8} is sent with it
     */
    public MediaType(String essence, boolean charsetUtf8) {
        this(essence, charsetUtf8, Compressibility.of(essence, false));
    }

    /** Returns the field value, such as {@code text/html;charset=utf-8}. */
    public String fieldValue() {
        return charsetUtf8 ? essence + ";charset=utf-8" : essence;
    }
}
