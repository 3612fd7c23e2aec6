package dev.sluice.http;

import java.util.Optional;

/** One element of a {@code Range} field, as asked, before the length is known (RFC 9110 §14.1.1). */
public sealed interface RangeSpec {
    /**
     * {@code first-last}.
     *
     * @param first the first position, from 0
     * @param last the last position, at least {@code first}, perhaps beyond the end
     */
    record Closed(long first, long last) implements RangeSpec {
        @Override
        public Optional<ByteRange> within(long length) {
            return first < length ? Optional.of(new ByteRange(first, Math.min(last, length - 1))) : Optional.empty();
        }
    }

    /**
     * {@code first-}: up to the end.
     *
     * @param first the first position, from 0
     */
    record Open(long first) implements RangeSpec {
        @Override
        public Optional<ByteRange> within(long length) {
            return first < length ? Optional.of(new ByteRange(first, length - 1)) : Optional.empty();
        }
    }

    /**
     * {@code -count}: the last bytes.
     *
     * @param count how many, from 0
     */
    record Suffix(long count) implements RangeSpec {
        @Override
        public Optional<ByteRange> within(long length) {
            return count > 0 && length > 0
                    ? Optional.of(new ByteRange(Math.max(0, length - count), length - 1))
                    : Optional.empty();
        }
    }

    /**
     * Returns the bytes that this means in a representation of {@code length} bytes, or empty if it has none of them.
     *
     * @param length the length of the representation in bytes, from 0
     */
    Optional<ByteRange> within(long length);
}
