package dev.sluice.admin;

/** A query parameter that can't be used; the message names it, the value given and what was expected. */
final class BadParameterException extends Exception {
    BadParameterException(String name, String value, String expected) {
        super(name + ": " + value + " (expected: " + expected + ")");
    }

    /** A message that says all of that already. */
    BadParameterException(String message) {
        super(message);
    }
}
