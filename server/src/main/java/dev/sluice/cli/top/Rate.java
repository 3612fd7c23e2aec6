package dev.sluice.cli.top;

/**
 * What a counter tells.
 *
 * @param perSecond how much it grew a second, at least 0
 * @param total where it stands
 */
record Rate(double perSecond, long total) {
    /** As a part of a whole: 0..1; 0 of nothing. */
    double share(Rate whole) {
        return whole.perSecond > 0 ? Math.min(1, perSecond / whole.perSecond) : 0;
    }
}
