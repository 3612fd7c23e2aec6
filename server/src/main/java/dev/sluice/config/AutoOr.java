package dev.sluice.config;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.function.Supplier;

/**
 * A setting that names a value or leaves the choice to the server, which then fits it to the machine.
 *
 * @param <T> the type of the value
 */
public sealed interface AutoOr<T> {
    /**
     * The value to use.
     *
     * @param measured gives the server's own choice; asked only when this is {@code auto}
     * @return the named value, or the server's choice
     */
    T orElseGet(Supplier<? extends T> measured);

    /**
     * The server chooses.
     *
     * @param <T> the type of the value
     */
    record Auto<T>() implements AutoOr<T> {
        @Override
        public T orElseGet(Supplier<? extends T> measured) {
            return measured.get();
        }

        @Override
        @JsonValue
        public String toString() {
            return "auto";
        }
    }

    /**
     * The user chose.
     *
     * @param value the value named
     * @param <T> the type of the value
     */
    record Fixed<T>(@JsonValue T value) implements AutoOr<T> {
        @Override
        public T orElseGet(Supplier<? extends T> measured) {
            return value;
        }
    }
}
