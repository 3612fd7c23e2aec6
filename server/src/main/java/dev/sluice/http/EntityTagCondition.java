package dev.sluice.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The value of {@code If-Match} or {@code If-None-Match}: any current representation, or one with a listed tag
 * (RFC 9110 §13.1.1, §13.1.2).
 */
public sealed interface EntityTagCondition {
    /** {@code *}: matches whatever exists. */
    record Any() implements EntityTagCondition {}

    /**
     * A list of tags.
     *
     * @param tags the tags as listed; none if the field could not be read
     */
    record OneOf(List<EntityTag> tags) implements EntityTagCondition {
        /** Copies the list. */
        public OneOf {
            tags = List.copyOf(tags);
        }
    }

    /**
     * Parses the field value, repeated fields joined by a comma. Empty list elements are skipped.
     *
     * <p>A value that cannot be read as a whole matches nothing, which RFC 9110 makes the safe side of both fields:
     * {@code If-Match} then fails (412: nothing is done on a guess), {@code If-None-Match} does not (200: nothing stale
     * is kept on a guess).
     *
     * @param value the field value
     * @return the condition
     */
    static EntityTagCondition parse(String value) {
        if (value.strip().equals("*")) {
            return new Any();
        }
        EntityTagScanner scanner = new EntityTagScanner(value);
        List<EntityTag> tags = new ArrayList<>();
        scanner.skipSeparators();
        boolean separated = true;
        while (!scanner.atEnd()) {
            Optional<EntityTag> tag = scanner.next();
            if (tag.isEmpty() || !separated) {
                return new OneOf(List.of());
            }
            tags.add(tag.get());
            separated = scanner.skipSeparators();
        }
        return new OneOf(tags);
    }

    /**
     * Says whether the current representation matches by strong comparison, as {@code If-Match} wants it.
     *
     * @param current the tag of the representation, which exists
     */
    default boolean strongMatch(EntityTag current) {
        return !(this instanceof OneOf list) || list.tags().stream().anyMatch(current::strongEquals);
    }

    /**
     * Says whether the current representation matches by weak comparison, as {@code If-None-Match} wants it.
     *
     * @param current the tag of the representation, which exists
     */
    default boolean weakMatch(EntityTag current) {
        return !(this instanceof OneOf list) || list.tags().stream().anyMatch(current::weakEquals);
    }
}
