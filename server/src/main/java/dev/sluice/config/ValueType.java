package dev.sluice.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a key takes: how to read it, and the words for what it expects.
 *
 * @param expected completes "expected: …"
 * @param parser reads a value; empty if it does not fit
 * @param hidden whether a value that does not fit is kept out of the problem's text
 */
record ValueType<T>(String expected, Function<Node.Scalar, Optional<T>> parser, boolean hidden) {
    ValueType(String expected, Function<Node.Scalar, Optional<T>> parser) {
        this(expected, parser, false);
    }

    Optional<T> parse(Node.Scalar scalar) {
        return parser.apply(scalar);
    }

    /** Anything a function can read from the text alone. */
    static <T> ValueType<T> text(String expected, Function<String, Optional<T>> parse) {
        return new ValueType<>(expected, scalar -> parse.apply(scalar.text()));
    }

    static ValueType<Boolean> flag() {
        return text("true or false", text -> switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    /** One word. */
    static <T> ValueType<T> word(String word, T meaning) {
        return text(word, text -> text.equals(word) ? Optional.of(meaning) : Optional.empty());
    }

    /** A text for which a condition holds. */
    static ValueType<String> matching(String expected, Predicate<String> condition) {
        return text(expected, text -> Optional.of(text).filter(condition));
    }

    /** One of the constants of an enum. */
    static <E extends Enum<E>> ValueType<E> oneOf(E[] constants) {
        return oneOf(List.of(constants));
    }

    /** One of some values, spelt as their {@code toString}. */
    static <E> ValueType<E> oneOf(List<E> values) {
        List<String> words = values.stream().map(E::toString).toList();
        String expected = words.stream().limit(words.size() - 1L).collect(Collectors.joining(", ")) + " or "
                + words.get(words.size() - 1);
        return text(
                expected,
                text -> values.stream()
                        .filter(value -> value.toString().equals(text))
                        .findFirst());
    }

    static ValueType<Integer> wholeNumber(String name, int min, int max) {
        return text(name + ", " + min + " to " + max, text -> number(text).filter(n -> n >= min && n <= max));
    }

    static ValueType<ByteSize> size(String example, ByteSize min, ByteSize max) {
        return text(
                "a size such as " + example + ", " + min.spaced() + " to " + max.spaced(),
                text -> ByteSize.parse(text).filter(size -> min.compareTo(size) <= 0 && size.compareTo(max) <= 0));
    }

    static ValueType<Duration> duration(String example, Duration min, Duration max) {
        return text(
                "a duration such as " + example + ", " + DurationText.spaced(min) + " to " + DurationText.spaced(max),
                text -> DurationText.parse(text).filter(d -> min.compareTo(d) <= 0 && d.compareTo(max) <= 0));
    }

    /** The same value in another type. */
    <U> ValueType<U> map(Function<? super T, ? extends U> conversion) {
        return new ValueType<>(expected, scalar -> parse(scalar).map(conversion), hidden);
    }

    /** The same, of which no problem shows what was given. */
    ValueType<T> hide() {
        return new ValueType<>(expected, parser, true);
    }

    /** The same where a mapping is welcome too. */
    ValueType<T> orMapping() {
        return new ValueType<>(expected + ", or a mapping", parser, hidden);
    }

    /** This type, or a word for none. */
    ValueType<Optional<T>> orNone(String word) {
        return this.<Optional<T>>map(Optional::of).orWord(word, Optional.empty());
    }

    /** This type, or a word of its own meaning, which wins. */
    ValueType<T> orWord(String word, T meaning) {
        return new ValueType<>(
                expected + ", or " + word,
                scalar -> scalar.text().equals(word) ? Optional.of(meaning) : parse(scalar),
                hidden);
    }

    /** This type, or {@code auto}. */
    ValueType<AutoOr<T>> orAuto() {
        return this.<AutoOr<T>>map(AutoOr.Fixed::new).orWord("auto", new AutoOr.Auto<>());
    }

    private static Optional<Integer> number(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }
}
