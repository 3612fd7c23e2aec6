package dev.sluice.cli.top;

/** The admin API did not tell what it was asked. The message is one line for the user, in printable ASCII. */
public final class AdminException extends Exception {
    private static final long serialVersionUID = 1L;

    AdminException(String message) {
        super(Printable.of(message));
    }
}
