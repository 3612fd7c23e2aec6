package dev.sluice.cli.top;

/** A part of a whole as a row of strokes, in ASCII, which every terminal shows. */
final class Bar {
    private Bar() {}

    /**
     * Draws one.
     *
     * @param part 0..1
     * @param width of all of it, its brackets included: 2 or more
     */
    static String of(double part, int width) {
        int room = width - 2;
        int filled = (int) Math.round(Math.max(0, Math.min(1, part)) * room);
        return '[' + "|".repeat(filled) + " ".repeat(room - filled) + ']';
    }
}
