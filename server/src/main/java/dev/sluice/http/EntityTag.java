package dev.sluice.http;

import java.util.Optional;

/**
 * An entity tag (RFC 9110 §8.8.3).
 *
 * @param weak whether it is a weak validator ({@code W/})
 * @param opaque the characters between the quotes: {@code etagc}, that is visible ASCII without {@code "}, or 0x80–0xff
 */
public record EntityTag(boolean weak, String opaque) {
    /**
     * Checks the opaque part.
     *
     * @throws IllegalArgumentException if {@code opaque} holds a character that is no {@code etagc}
     */
    public EntityTag {
        if (!opaque.chars().allMatch(EntityTag::isEtagc)) {
            throw new IllegalArgumentException("entity tag: " + opaque + " (expected: visible ASCII without '\"')");
        }
    }

    /**
     * Parses a field value that is one entity tag.
     *
     * @param value the field value, without surrounding whitespace
     * @return the tag, or empty if the value is anything else
     */
    public static Optional<EntityTag> parse(String value) {
        EntityTagScanner scanner = new EntityTagScanner(value);
        return scanner.next().filter(tag -> scanner.atEnd());
    }

    /** Compares strongly: equal, and neither is weak (RFC 9110 §8.8.3.2). */
    public boolean strongEquals(EntityTag other) {
        return !weak && !other.weak && opaque.equals(other.opaque);
    }

    /** Compares weakly: the opaque parts are equal (RFC 9110 §8.8.3.2). */
    public boolean weakEquals(EntityTag other) {
        return opaque.equals(other.opaque);
    }

    static boolean isEtagc(int c) {
        return c == 0x21 || (c >= 0x23 && c <= 0x7e) || (c >= 0x80 && c <= 0xff);
    }

    /** Returns the field value, such as {@code "abc"} or {@code W/"abc"}, quotes included. */
    @Override
    public String toString() {
        return (weak ? "W/\"" : "\"") + opaque + '"';
    }
}
