package dev.sluice.serve;

import java.nio.ByteBuffer;

/**
 * Hides the Host of a request whose target names a host itself ({@code GET http://example.org/ HTTP/1.1}), since such a Host
 * "MUST be ignored" (RFC 9112 §3.2.2).
 *
 * <p>Undertow refuses the request unless the target contains what Host says, and has no option for that. So what Host says is
 * replaced, octet by octet where it stands, by the first letter of the target and spaces. What cannot stand in a host is left
 * as it is, and so are two values, for the parser to refuse them (§3.2). Who wants to know the host asks
 * {@link RequestReader#host}.
 *
 * <p>A state machine, since a head may come in any number of parts. For a target without a host it has done its work at the
 * target's first octet.
 */
final class HostShade {
    private static final String NAME = "host:";

    private static final String MARKS = "-._~%:[]!$&'()*+,;=";

    private enum At {
        METHOD,
        TARGET,
        LINE,
        NAME,
        SPACE,
        VALUE,
        DONE
    }

    private At at = At.METHOD;
    private int matched;
    private byte letter;

    /** Another request's head is expected. */
    void begin() {
        at = At.METHOD;
    }

    /** Goes through the next octets of the head, which are changed in place. */
    void pass(ByteBuffer buffer, int from, int to) {
        for (int i = from; i < to && at != At.DONE; i++) {
            step(buffer, i, buffer.get(i));
        }
    }

    private void step(ByteBuffer buffer, int i, byte octet) {
        switch (at) {
            case METHOD -> at = octet == ' ' ? At.TARGET : At.METHOD;
            case TARGET -> target(octet);
            case LINE -> skip(octet);
            case NAME -> name(octet);
            case SPACE, VALUE -> value(buffer, i, octet);
            case DONE -> {}
        }
    }

    private void target(byte octet) {
        letter = octet;
        at = isLetter(octet) ? At.LINE : At.DONE;
    }

    private void skip(byte octet) {
        if (octet == '\n') {
            at = At.NAME;
            matched = 0;
        }
    }

    private void name(byte octet) {
        if (matched == 0 && octet == '\r') {
            at = At.DONE;
        } else if (Character.toLowerCase(octet) != NAME.charAt(matched)) {
            at = At.LINE;
            skip(octet);
        } else if (++matched == NAME.length()) {
            at = At.SPACE;
        }
    }

    private void value(ByteBuffer buffer, int i, byte octet) {
        if (isLetter(octet) || (octet >= '0' && octet <= '9') || MARKS.indexOf(octet) >= 0) {
            buffer.put(i, at == At.SPACE ? letter : (byte) ' ');
            at = At.VALUE;
        } else if (at == At.VALUE || octet == '\r') {
            at = At.LINE;
            skip(octet);
        }
    }

    private static boolean isLetter(byte octet) {
        return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z');
    }
}
