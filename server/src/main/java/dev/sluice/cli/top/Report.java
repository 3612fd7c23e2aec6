package dev.sluice.cli.top;

/** Writes readings, one after the other. */
interface Report {
    /**
     * Writes one.
     *
     * @param figures what it tells, compared with the reading before, if there was one
     */
    void print(Reading reading, Figures figures);
}
