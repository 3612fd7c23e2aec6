package dev.sluice.calibration;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/**
 * How much is measured.
 *
 * @param sizes what is asked for, in bytes, ascending; at least one
 * @param chunks how much one sendfile is asked for at most, in bytes, ascending; at least one
 * @param mostRounds after how many rounds it is enough, at least {@link #LEAST_ROUNDS}
 * @param budget after how much time no further round begins; twice as much ends the one that runs
 */
public record Scope(List<Long> sizes, List<Long> chunks, int mostRounds, Duration budget) {
    /** With fewer nothing could be told apart from chance. */
    public static final int LEAST_ROUNDS = Comparison.LEAST_PAIRS;

    private static final long SMALLEST = 512;
    private static final long LARGEST = 64L << 20;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if nothing would be measured, or too seldom
     */
    public Scope {
        sizes = List.copyOf(sizes);
        chunks = List.copyOf(chunks);
        if (sizes.isEmpty() || chunks.isEmpty() || mostRounds < LEAST_ROUNDS) {
            throw new IllegalArgumentException("scope: " + sizes.size() + " sizes, " + chunks.size() + " chunks, "
                    + mostRounds + " rounds (expected: at least 1, 1, " + LEAST_ROUNDS + ")");
        }
    }

    /** Every power of two from 512 B to 64 MiB, for about a minute. */
    public static Scope full() {
        return new Scope(powers(2, LARGEST), chunks(2), 25, Duration.ofSeconds(50));
    }

    /** Every other power of two from 512 B to 32 MiB, for about ten seconds. */
    public static Scope quick() {
        return new Scope(powers(4, LARGEST / 2), chunks(4), 7, Duration.ofSeconds(8));
    }

    private static List<Long> powers(int factor, long largest) {
        return LongStream.iterate(SMALLEST, size -> size <= largest, size -> size * factor)
                .boxed()
                .toList();
    }

    private static List<Long> chunks(int factor) {
        return LongStream.iterate(64 << 10, chunk -> chunk <= 8 << 20, chunk -> chunk * factor)
                .boxed()
                .toList();
    }

    /** The largest of the sizes. */
    long largest() {
        return sizes.get(sizes.size() - 1);
    }
}
