package dev.sluice.config;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes as a configuration writes it: {@code 512B}, {@code 64KiB}, {@code 16MiB}, {@code 1GiB}, or a plain
 * number of bytes. Units are binary (IEC 80000-13), so that no reader has to guess whether a kilobyte has 1000 bytes.
 *
 * @param bytes the size in bytes, never negative
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    private static final Pattern SYNTAX = Pattern.compile("([0-9]{1,18}) ?(B|KiB|MiB|GiB)?");

    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException if {@code bytes} is negative
     */
    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes: " + bytes + " (expected: >= 0)");
        }
    }

    /**
     * A size in kibibytes.
     *
     * @param count how many KiB, not negative
     * @return that size
     * @throws ArithmeticException if the size exceeds {@link Long#MAX_VALUE} bytes
     */
    public static ByteSize ofKibibytes(long count) {
        return new ByteSize(Math.multiplyExact(count, Unit.KiB.bytes));
    }

    /**
     * A size in mebibytes.
     *
     * @param count how many MiB, not negative
     * @return that size
     * @throws ArithmeticException if the size exceeds {@link Long#MAX_VALUE} bytes
     */
    public static ByteSize ofMebibytes(long count) {
        return new ByteSize(Math.multiplyExact(count, Unit.MiB.bytes));
    }

    /**
     * A size in gibibytes.
     *
     * @param count how many GiB, not negative
     * @return that size
     * @throws ArithmeticException if the size exceeds {@link Long#MAX_VALUE} bytes
     */
    public static ByteSize ofGibibytes(long count) {
        return new ByteSize(Math.multiplyExact(count, Unit.GiB.bytes));
    }

    /**
     * Reads a size.
     *
     * @param text digits, at most one space and a unit, which may be absent
     * @return the size, or empty if the text is not of that form or exceeds {@link Long#MAX_VALUE} bytes
     */
    public static Optional<ByteSize> parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(matcher.group(1));
        long unit = matcher.group(2) == null ? 1 : Unit.valueOf(matcher.group(2)).bytes;
        return count > Long.MAX_VALUE / unit ? Optional.empty() : Optional.of(new ByteSize(count * unit));
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /**
     * The size in the largest unit that divides it, such as {@code 64KiB}; {@link #parse} reads it back.
     *
     * @return the text of this size
     */
    @Override
    @JsonValue
    public String toString() {
        return text("");
    }

    /** The same for a sentence: {@code 64 KiB}. */
    String spaced() {
        return text(" ");
    }

    private String text(String separator) {
        Unit unit = Unit.B;
        for (Unit larger : Unit.values()) {
            if (bytes > 0 && bytes % larger.bytes == 0) {
                unit = larger;
            }
        }
        return bytes / unit.bytes + separator + unit;
    }

    /** The constants are named as the configuration spells them. */
    private enum Unit {
        B(1),
        KiB(1L << 10),
        MiB(1L << 20),
        GiB(1L << 30);

        private final long bytes;

        Unit(long bytes) {
            this.bytes = bytes;
        }
    }
}
