package dev.sluice.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The media types a client accepts: the {@code Accept} field (RFC 9110 §12.5.1).
 *
 * <p>The most specific element for a type decides; among equals, the first. An element with parameters, such as
 * {@code text/html;level=1}, counts as a wish for the bare type where no element names that: this server has one
 * representation of each type, and a client that likes one flavour is better served with it than with nothing. With
 * {@code q=0} such an element excludes only the flavour, and is ignored.
 */
public final class AcceptField {
    private static final int MAX_QUALITY = 1000;

    /** What an absent field means: every type, none by name. */
    public static final AcceptField ANY = new AcceptField(List.of(new Weighted("*/*", false, MAX_QUALITY)));

    private final List<Weighted> ranges;

    private AcceptField(List<Weighted> ranges) {
        this.ranges = List.copyOf(ranges);
    }

    /**
     * Parses the field value. Malformed elements are ignored; a field with nothing else is as good as absent.
     *
     * @param fieldValue the field value, repeated fields joined by a comma
     */
    public static AcceptField parse(String fieldValue) {
        List<Weighted> ranges = new ArrayList<>();
        boolean any = true;
        for (Weighted element : WeightScanner.read(fieldValue)) {
            if (isMediaRange(element.name())) {
                any = false;
                if (!element.parameters() || element.quality() > 0) {
                    ranges.add(element);
                }
            }
        }
        return any ? ANY : new AcceptField(ranges);
    }

    /**
     * Says whether the client names the type itself, with a quality above 0, and does not merely take it with others. A
     * browser does so with {@code text/html} when somebody follows a link, and not for what the page then loads.
     *
     * @param essence type and subtype in lower case
     */
    public boolean acceptsExplicitly(String essence) {
        return mostSpecific(essence)
                .filter(range -> range.name().equals(essence) && range.quality() > 0)
                .isPresent();
    }

    /**
     * Returns how much the client likes a type.
     *
     * @param essence type and subtype in lower case
     * @return the quality in thousandths, 1 to 1000, or 0 if it does not accept the type
     */
    public int quality(String essence) {
        return mostSpecific(essence).map(Weighted::quality).orElse(0);
    }

    private Optional<Weighted> mostSpecific(String essence) {
        Optional<Weighted> best = Optional.empty();
        int most = 0;
        for (Weighted range : ranges) {
            int specificity = specificity(range, essence);
            if (specificity > most) {
                best = Optional.of(range);
                most = specificity;
            }
        }
        return best;
    }

    /** Returns 0 if the range does not hold the type, and more the fewer types it holds. */
    private static int specificity(Weighted range, String essence) {
        if (range.name().equals(essence)) {
            return range.parameters() ? 3 : 4;
        }
        if (range.name().equals("*/*")) {
            return 1;
        }
        int slash = essence.indexOf('/');
        boolean group = range.name().length() == slash + 2
                && range.name().endsWith("/*")
                && range.name().regionMatches(0, essence, 0, slash);
        return group ? 2 : 0;
    }

    private static boolean isMediaRange(String name) {
        int slash = name.indexOf('/');
        return slash > 0 && slash < name.length() - 1 && name.indexOf('/', slash + 1) < 0;
    }
}
