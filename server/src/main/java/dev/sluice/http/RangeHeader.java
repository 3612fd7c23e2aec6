package dev.sluice.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A {@code Range} field in bytes (RFC 9110 §14.2).
 *
 * @param specs what was asked, in that order; at least one
 */
public record RangeHeader(List<RangeSpec> specs) {
    private static final String UNIT = "bytes=";
    private static final int MAX_SPECS = 100;

    /** Copies the list. */
    public RangeHeader {
        specs = List.copyOf(specs);
    }

    /**
     * Parses the field value. Positions beyond {@link Long#MAX_VALUE} count as that.
     *
     * @param value the field value, repeated fields joined by a comma
     * @return what was asked, or empty if the field is to be ignored: another unit, an invalid element, no element
     */
    public static Optional<RangeHeader> parse(String value) {
        if (!value.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
            return Optional.empty();
        }
        RangeSpecScanner scanner = new RangeSpecScanner(value, UNIT.length());
        List<RangeSpec> specs = new ArrayList<>();
        while (scanner.hasNext()) {
            Optional<RangeSpec> spec = scanner.next();
            if (spec.isEmpty()) {
                return Optional.empty();
            }
            specs.add(spec.get());
        }
        return specs.isEmpty() ? Optional.empty() : Optional.of(new RangeHeader(specs));
    }

    /**
     * Applies the field to a representation.
     *
     * <p>More than 100 elements, or elements that together ask for more bytes than there are, get the whole: such
     * requests are broken or an attack (RFC 9110 §14.2, §17.15). So does a suffix of an empty representation, which is
     * satisfiable, but by no range of bytes that {@code Content-Range} could name.
     *
     * @param length the length of the selected representation in bytes, from 0
     */
    public Ranges resolve(long length) {
        if (specs.size() > MAX_SPECS || (length == 0 && asksForSuffix())) {
            return new Ranges.Whole();
        }
        List<ByteRange> disjoint = new ArrayList<>();
        long left = length;
        for (RangeSpec spec : specs) {
            Optional<ByteRange> range = spec.within(length);
            if (range.isPresent()) {
                left -= range.get().length();
                if (left < 0) {
                    return new Ranges.Whole();
                }
                merge(range.get(), disjoint);
            }
        }
        return disjoint.isEmpty() ? new Ranges.Unsatisfiable() : new Ranges.Satisfiable(disjoint);
    }

    private boolean asksForSuffix() {
        return specs.stream().anyMatch(spec -> spec instanceof RangeSpec.Suffix suffix && suffix.count() > 0);
    }

    /** Adds a range to disjoint ones; what it touches melts into it, at the place of the first of them. */
    private static void merge(ByteRange added, List<ByteRange> disjoint) {
        ByteRange merged = added;
        int place = disjoint.size();
        for (int i = disjoint.size() - 1; i >= 0; i--) {
            if (disjoint.get(i).touches(added)) {
                merged = merged.span(disjoint.remove(i));
                place = i;
            }
        }
        disjoint.add(place, merged);
    }
}
