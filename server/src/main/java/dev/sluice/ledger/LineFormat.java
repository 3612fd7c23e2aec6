package dev.sluice.ledger;

/**
 * How a record becomes a line of the access log. An implementation may cache between lines: one thread uses it.
 */
interface LineFormat {
    /**
     * Appends one line: printable ASCII, then one newline. Whatever the record holds, there is no other newline.
     */
    void append(Served served, LineBuffer out);
}
