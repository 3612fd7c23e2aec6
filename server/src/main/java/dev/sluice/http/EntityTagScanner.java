package dev.sluice.http;

import java.util.Optional;

/** Reads entity tags off a field value one after the other (RFC 9110 §8.8.3); a comma inside the quotes is no end. */
final class EntityTagScanner {
    private final String value;
    private int at;

    EntityTagScanner(String value) {
        this.value = value;
    }

    boolean atEnd() {
        return at == value.length();
    }

    /** Skips whitespace and empty list elements (RFC 9110 §5.6.1.2); says whether at least one comma was among them. */
    boolean skipSeparators() {
        boolean comma = false;
        while (!atEnd() && ", \t".indexOf(value.charAt(at)) >= 0) {
            comma |= value.charAt(at) == ',';
            at++;
        }
        return comma;
    }

    /** Reads the tag at the current position, or returns empty and stays there. */
    Optional<EntityTag> next() {
        boolean weak = value.startsWith("W/\"", at);
        if (!weak && !value.startsWith("\"", at)) {
            return Optional.empty();
        }
        int from = at + (weak ? 3 : 1);
        int to = from;
        while (to < value.length() && EntityTag.isEtagc(value.charAt(to))) {
            to++;
        }
        if (to == value.length() || value.charAt(to) != '"') {
            return Optional.empty();
        }
        at = to + 1;
        return Optional.of(new EntityTag(weak, value.substring(from, to)));
    }
}
