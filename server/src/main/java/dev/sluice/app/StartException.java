package dev.sluice.app;

/** The server could not start; the message says in one line what was tried and what to do. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    /** A failure that has no exception behind it. */
    public StartException(String message) {
        super(message);
    }

    /** A failure whose cause is kept for whoever debugs it; users see the message alone. */
    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
