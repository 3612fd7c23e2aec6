package dev.sluice.admin;

/** A body whose form depends on what the client takes (RFC 9110 §12.5.1). Made when that is known, in a worker thread. */
interface Negotiable {
    /**
     * Makes the answer.
     *
     * @param accept the Accept field, several of them joined by commas; empty without one
     */
    Answer answer(String accept);
}
