package dev.sluice.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding of one path segment (RFC 3986 §2.1), always as UTF-8. */
final class PercentEncoding {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final boolean[] LITERAL = literals();

    private PercentEncoding() {}

    /** Says whether a canonical segment holds {@code c} as itself: the {@code pchar} of RFC 3986 §3.3. */
    static boolean isLiteral(char c) {
        return c < LITERAL.length && LITERAL[c];
    }

    /** Appends the canonical form of a decoded segment. */
    static void encode(String segment, StringBuilder out) {
        for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (isLiteral(c)) {
                out.append(c);
            } else {
                escape(b, out);
            }
        }
    }

    /** Appends {@code %XX}. */
    static void escape(byte b, StringBuilder out) {
        out.append('%').append(HEX.toHighHexDigit(b)).append(HEX.toLowHexDigit(b));
    }

    /**
     * Decodes {@code raw[from, to)}, once.
     *
     * @param raw the whole raw path, for the message; ASCII without control bytes between the bounds
     * @throws MalformedPathException if an escape is broken, or stands for a control byte, or the bytes are not UTF-8
     */
    static String decode(String raw, int from, int to) throws MalformedPathException {
        ByteBuffer bytes = ByteBuffer.allocate(to - from);
        for (int i = from; i < to; i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                bytes.put(escaped(raw, i, to));
                i += 2;
            } else {
                bytes.put((byte) c);
            }
        }
        try {
            // A fresh decoder reports, where a String constructor would replace. It refuses overlong forms, surrogates
            // and truncated sequences (RFC 3629 §3).
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException notUtf8) {
            throw new MalformedPathException(raw, "escapes that are UTF-8");
        }
    }

    private static byte escaped(String raw, int percent, int to) throws MalformedPathException {
        if (percent + 2 >= to
                || !HexFormat.isHexDigit(raw.charAt(percent + 1))
                || !HexFormat.isHexDigit(raw.charAt(percent + 2))) {
            throw new MalformedPathException(raw, "two hexadecimal digits after each '%'");
        }
        int value = HexFormat.fromHexDigits(raw, percent + 1, percent + 3);
        if (value < 0x20 || value == 0x7f) {
            throw new MalformedPathException(raw, "no control bytes");
        }
        return (byte) value;
    }

    private static boolean[] literals() {
        boolean[] literal = new boolean[128];
        for (char c = 'a'; c <= 'z'; c++) {
            literal[c] = true;
            literal[Character.toUpperCase(c)] = true;
        }
        for (char c : "0123456789-._~!$&'()*+,;=:@".toCharArray()) {
            literal[c] = true;
        }
        return literal;
    }
}
