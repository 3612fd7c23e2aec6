package dev.sluice.cli;

import java.io.IOException;

/** Where a password is typed, or piped from. */
interface PasswordInput {
    /**
     * Asks for a password, twice if it is typed without being seen, or reads a line if there is nobody to ask.
     *
     * @return the password without the end of the line; it may be empty
     * @throws IOException if the input cannot be read
     * @throws IllegalArgumentException if there is none, or what there is cannot be a password; one line for the user
     */
    String read() throws IOException;
}
