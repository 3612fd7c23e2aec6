package dev.sluice.http;

import java.util.List;

/** What a {@code Range} field comes to for a representation whose length is known (RFC 9110 §14.2). */
public sealed interface Ranges {
    /**
     * Send just these: 206.
     *
     * @param ranges at least one, in the order asked; no two overlap or lie side by side
     */
    record Satisfiable(List<ByteRange> ranges) implements Ranges {
        /** Copies the list. */
        public Satisfiable {
            ranges = List.copyOf(ranges);
        }
    }

    /** None of the ranges asked for exists: 416. */
    record Unsatisfiable() implements Ranges {}

    /** Send the whole representation, as if there were no {@code Range}: 200. */
    record Whole() implements Ranges {}
}
