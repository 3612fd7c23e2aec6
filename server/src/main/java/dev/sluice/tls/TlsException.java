package dev.sluice.tls;

/** A certificate or key cannot be used; the message is one line that names the file, what is wrong and what was expected. */
public final class TlsException extends Exception {
    private static final long serialVersionUID = 1L;

    TlsException(String message) {
        super(message);
    }

    TlsException(String message, Throwable cause) {
        super(message, cause);
    }
}
