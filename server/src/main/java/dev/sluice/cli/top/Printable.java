package dev.sluice.cli.top;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Text from elsewhere as a terminal may show it: printable ASCII, one column a character. All else is percent-encoded
 * (RFC 3986 §2.1), since a control sequence in a path would otherwise command the terminal of whoever looks at it, and wide
 * or combining characters would shift what stands beside them.
 */
final class Printable {
    private static final HexFormat HEX = HexFormat.of().withUpperCase().withPrefix("%");

    /** Records hold the octets of a request as characters up to this one. */
    private static final int LAST_OCTET = 0xff;

    private Printable() {}

    /** The text, every character of it within U+0020 to U+007E. */
    static String of(String text) {
        if (text.chars().allMatch(Printable::isPlain)) {
            return text;
        }
        StringBuilder printable = new StringBuilder();
        text.codePoints().forEach(c -> append(printable, c));
        return printable.toString();
    }

    private static void append(StringBuilder printable, int c) {
        if (isPlain(c)) {
            printable.append((char) c);
        } else if (c <= LAST_OCTET) {
            printable.append(HEX.formatHex(new byte[] {(byte) c}));
        } else {
            printable.append(HEX.formatHex(Character.toString(c).getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static boolean isPlain(int c) {
        return c >= ' ' && c <= '~';
    }
}
