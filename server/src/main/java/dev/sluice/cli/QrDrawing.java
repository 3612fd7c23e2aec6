package dev.sluice.cli;

/**
 * How the modules of a QR code are drawn with characters. A character of a terminal is about twice as high as wide: with blocks
 * two modules stand one above the other in it, without them one module is two characters.
 *
 * <p>With colours the code is black on white whatever the colours of the terminal are: colours 16 and 231 of 256, which no theme
 * changes (SGR 38 and 48, ISO/IEC 8613-6). Without, what is light is drawn, as most terminals are dark.
 */
enum QrDrawing {
    BLACK_ON_WHITE_BLOCKS(true, true),
    BLOCKS(true, false),
    BLACK_ON_WHITE_ASCII(false, true),
    ASCII(false, false);

    private static final String BLACK_ON_WHITE = "\u001b[38;5;16;48;5;231m";
    private static final String ON_BLACK = "\u001b[48;5;16m";
    private static final String ON_WHITE = "\u001b[48;5;231m";
    private static final String RESET = "\u001b[0m";

    private static final char FULL = '\u2588';
    private static final char UPPER_HALF = '\u2580';
    private static final char LOWER_HALF = '\u2584';

    private final boolean blocks;
    private final boolean colours;

    QrDrawing(boolean blocks, boolean colours) {
        this.blocks = blocks;
        this.colours = colours;
    }

    /**
     * The best one there.
     *
     * @param blocks whether block elements can be printed
     * @param colours whether control sequences are understood
     */
    static QrDrawing of(boolean blocks, boolean colours) {
        if (blocks) {
            return colours ? BLACK_ON_WHITE_BLOCKS : BLOCKS;
        }
        return colours ? BLACK_ON_WHITE_ASCII : ASCII;
    }

    /** How many rows of modules go into a line. */
    int rowsInALine() {
        return blocks ? 2 : 1;
    }

    /** What stands before the first module of a line. */
    String begin() {
        return blocks && colours ? BLACK_ON_WHITE : "";
    }

    /** What stands behind the last one. */
    String end() {
        return colours ? RESET : "";
    }

    /**
     * A module, and the one below it if there are two rows in a line.
     *
     * @param upper whether it is dark
     * @param lower whether the one below it is
     */
    String cell(boolean upper, boolean lower) {
        if (blocks) {
            return String.valueOf(block(upper == colours, lower == colours));
        }
        if (colours) {
            return (upper ? ON_BLACK : ON_WHITE) + "  ";
        }
        return upper ? "  " : "##";
    }

    private static char block(boolean upper, boolean lower) {
        if (upper) {
            return lower ? FULL : UPPER_HALF;
        }
        return lower ? LOWER_HALF : ' ';
    }
}
