package dev.sluice.http;

/**
 * The path of a request target that is not one (RFC 3986 §3.3): to be answered with 400.
 *
 * <p>The message says what was given, shortened and with everything unprintable escaped, and what was expected. It is
 * fit for a log, not for the client. There is no stack trace: the fault is the sender's, and filling in a trace would
 * make it the most expensive request that can be sent.
 */
public final class MalformedPathException extends Exception {
    private static final int SHOWN_CHARS = 80;

    MalformedPathException(String rawPath, String expected) {
        super("path: \"" + printable(rawPath) + "\" (expected: " + expected + ")", null, false, false);
    }

    private static String printable(String raw) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < Math.min(raw.length(), SHOWN_CHARS); i++) {
            char c = raw.charAt(i);
            if (c >= 0x20 && c < 0x7f) {
                out.append(c);
            } else {
                out.append(String.format("\\u%04x", (int) c));
            }
        }
        return raw.length() > SHOWN_CHARS ? out.append("...").toString() : out.toString();
    }
}
