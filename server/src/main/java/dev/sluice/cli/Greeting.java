package dev.sluice.cli;

/**
 * What the user is shown when a server listens, beside where.
 *
 * @param dev that it serves an author
 * @param code a QR code of its link
 * @param open its first page, in a browser
 */
record Greeting(boolean dev, boolean code, boolean open) {
    /** Nothing. */
    static final Greeting NONE = new Greeting(false, false, false);
}
