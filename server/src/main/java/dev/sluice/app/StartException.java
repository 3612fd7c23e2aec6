package dev.sluice.app;

import java.io.Serial;

/** A server that could not start. Its message is one line for the user. */
public final class StartException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what could not be done and why, one line
     * @param cause what went wrong underneath
     */
    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
