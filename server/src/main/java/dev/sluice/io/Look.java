package dev.sluice.io;

import java.util.OptionalLong;

/**
 * A look at the source of something that is held, and for how long what was seen there counts.
 *
 * @param at {@link System#nanoTime()} before the look began
 * @param nanos how long it counts, in nanoseconds
 * @param doubt whether it still does
 * @param unsettledSince since which look, by its {@code at}, the source has been seen to be changing; empty if this look saw
 *     that nothing has changed
 */
public record Look(long at, long nanos, Doubt doubt, OptionalLong unsettledSince) {
    /** While a source is being changed it is looked at this often, if somebody asks for it. */
    static final long WHILE_UNSETTLED = 2_000_000;

    /** Knows of changes without a look. */
    @FunctionalInterface
    public interface Doubt {
        /** Never knows anything. */
        Doubt NONE = moment -> false;

        /**
         * Whether the source may have been changed at a moment or later.
         *
         * @param moment {@link System#nanoTime()}
         */
        boolean since(long moment);
    }

    /** A look that saw that nothing has changed. */
    public Look(long at, long nanos, Doubt doubt) {
        this(at, nanos, doubt, OptionalLong.empty());
    }

    /**
     * Whether what was seen still counts.
     *
     * @param now {@link System#nanoTime()}
     */
    public boolean counts(long now) {
        return now - at <= nanos && !doubt.since(at);
    }

    /** Whether the next look is due, so that what was seen never ceases to count while somebody asks for it. */
    boolean due(long now) {
        return now - at >= nanos / 2;
    }

    /** The same with another bound, if that is less. */
    public Look atMost(long otherNanos) {
        return new Look(at, Math.min(nanos, otherNanos), doubt, unsettledSince);
    }

    /** A look that saw the source being changed. */
    Look unsettled(long lookedAt) {
        return new Look(lookedAt, WHILE_UNSETTLED, doubt, OptionalLong.of(unsettledSince.orElse(lookedAt)));
    }
}
