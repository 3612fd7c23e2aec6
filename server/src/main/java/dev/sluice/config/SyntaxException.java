package dev.sluice.config;

import java.io.Serial;

/** A text that is not YAML; the problem has been told. */
final class SyntaxException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;
}
