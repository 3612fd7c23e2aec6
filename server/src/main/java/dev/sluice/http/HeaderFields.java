package dev.sluice.http;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Fields of a message, immutable, in the order they were added (RFC 9110 §5). Names are compared without regard to
 * case.
 */
public final class HeaderFields implements Iterable<HeaderFields.Field> {
    /** No fields. */
    public static final HeaderFields NONE = new HeaderFields(List.of());

    /**
     * One field line.
     *
     * @param name a token (RFC 9110 §5.1)
     * @param value the value: visible characters, 0x80–0xff, spaces and tabs (RFC 9110 §5.5)
     */
    public record Field(String name, String value) {
        /**
         * Checks both, so that no value, wherever it came from, can start another field or end the head.
         *
         * @throws IllegalArgumentException if the name is empty or has a character that a name can't have, or the value
         *     holds a control character or one above 0xff
         */
        public Field {
            if (name.isEmpty() || !name.chars().allMatch(Token::isTokenChar)) {
                throw new IllegalArgumentException("field name: " + name.length() + " chars (expected: a token)");
            }
            if (!value.chars().allMatch(Field::isValueChar)) {
                throw new IllegalArgumentException("value of " + name + ": (expected: no control characters)");
            }
        }

        private static boolean isValueChar(int c) {
            return c == '\t' || (c >= 0x20 && c <= 0xff && c != 0x7f);
        }
    }

    private final List<Field> fields;

    private HeaderFields(List<Field> fields) {
        this.fields = fields;
    }

    /** Returns a builder with no fields. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the value of the first field of that name.
     *
     * @param name the name, in any case
     */
    public Optional<String> get(String name) {
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }

    /** Returns the number of fields. */
    public int size() {
        return fields.size();
    }

    @Override
    public Iterator<Field> iterator() {
        return fields.iterator();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HeaderFields that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    /** Returns the field lines, one a line. */
    @Override
    public String toString() {
        return fields.stream().map(f -> f.name() + ": " + f.value()).collect(Collectors.joining("\n"));
    }

    /** Collects fields. Not for use by several threads. */
    public static final class Builder {
        private final List<Field> fields = new ArrayList<>();

        private Builder() {}

        /**
         * Adds a field behind those already there.
         *
         * @throws IllegalArgumentException as {@link Field} does
         */
        public Builder add(String name, String value) {
            fields.add(new Field(name, value));
            return this;
        }

        /** Adds all fields of another message, in their order. */
        public Builder addAll(HeaderFields other) {
            fields.addAll(other.fields);
            return this;
        }

        /** Takes out all fields of that name, in any case. */
        public Builder remove(String name) {
            fields.removeIf(field -> field.name().equalsIgnoreCase(name));
            return this;
        }

        /** Puts a field in the place of all of that name, behind those already there. */
        public Builder set(String name, String value) {
            return remove(name).add(name, value);
        }

        /** Returns the fields added so far. */
        public HeaderFields build() {
            return new HeaderFields(List.copyOf(fields));
        }
    }
}
