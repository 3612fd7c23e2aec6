package dev.sluice.http;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The content codings a client accepts, and how much it likes each: the {@code Accept-Encoding} field (RFC 9110
 * §12.5.3).
 *
 * <p>A coding counts as its first element says, or else as {@code *} says, or else as not acceptable. Only identity,
 * where no element names it, is acceptable unless {@code *;q=0} excludes it, with the least quality there is: so that a
 * coding with any quality at all wins over it, and {@code *;q=0.5} asks for a coding rather than for none.
 */
public final class AcceptEncoding {
    private static final int LEAST = 1;
    private static final int UNLISTED = -1;

    /**
     * What an absent field means: everything is acceptable (RFC 9110 §12.5.3), but a client that has not said that it
     * can decode had better not be tested, so identity comes first.
     */
    public static final AcceptEncoding ANY = parse("identity, *;q=0.001");

    private final Map<ContentCoding, Integer> qualities;

    private AcceptEncoding(Map<ContentCoding, Integer> qualities) {
        this.qualities = qualities;
    }

    /**
     * Parses the field value. Elements that are malformed or carry parameters besides {@code q} are ignored; an empty
     * value accepts only identity.
     *
     * @param fieldValue the field value, repeated fields joined by a comma
     */
    public static AcceptEncoding parse(String fieldValue) {
        Map<ContentCoding, Integer> qualities = new EnumMap<>(ContentCoding.class);
        int star = UNLISTED;
        for (Weighted element : WeightScanner.read(fieldValue)) {
            if (element.parameters()) {
                continue;
            }
            if (element.name().equals("*")) {
                star = star == UNLISTED ? element.quality() : star;
            } else {
                ContentCoding.of(element.name()).ifPresent(coding -> qualities.putIfAbsent(coding, element.quality()));
            }
        }
        qualities.putIfAbsent(ContentCoding.IDENTITY, star == 0 ? 0 : LEAST);
        for (ContentCoding coding : ContentCoding.values()) {
            qualities.putIfAbsent(coding, Math.max(star, 0));
        }
        return new AcceptEncoding(qualities);
    }

    /** Returns how much the client likes a coding: in thousandths, 1 to 1000, or 0 if it does not accept it. */
    public int quality(ContentCoding coding) {
        return qualities.getOrDefault(coding, 0);
    }

    /**
     * Returns the coding that the client likes best.
     *
     * @param available the codings there are, by the server's preference, which decides between equal qualities
     * @return the coding, or empty if the client accepts none of them: 406
     */
    public Optional<ContentCoding> best(List<ContentCoding> available) {
        ContentCoding best = null;
        for (ContentCoding coding : available) {
            if (quality(coding) > (best == null ? 0 : quality(best))) {
                best = coding;
            }
        }
        return Optional.ofNullable(best);
    }
}
