package dev.sluice.http;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Values of {@code Content-Disposition} (RFC 6266). */
public final class ContentDisposition {
    /** Names that mean a directory on the client's side. */
    private static final Set<String> NO_FILE = Set.of("", ".", "..");

    private static final char REPLACEMENT = '_';

    private ContentDisposition() {}

    /**
     * Returns the value that makes a client save the body as a file.
     *
     * <p>{@code filename} holds printable ASCII; {@code filename*} (RFC 8187) goes with it if that loses anything. Path
     * separators, control characters and those that turn the direction of text, behind which {@code exe.jpg} can hide, are
     * replaced by {@code _} in both. In {@code filename} quotes and percent signs are replaced too, rather than escaped:
     * clients disagree about both (RFC 6266 appendix D).
     *
     * @param name the name to propose; if it is empty, {@code .} or {@code ..}, none is proposed
     */
    public static String attachment(String name) {
        StringBuilder full = new StringBuilder(name.length());
        StringBuilder plain = new StringBuilder(name.length());
        name.codePoints().forEach(c -> {
            int shown = isUnsafe(c) ? REPLACEMENT : c;
            full.appendCodePoint(shown);
            plain.append(shown < 0x7f && shown != '"' && shown != '%' ? (char) shown : REPLACEMENT);
        });
        if (NO_FILE.contains(name)) {
            return "attachment";
        }
        String value = "attachment; filename=\"" + plain + '"';
        return full.compareTo(plain) == 0 ? value : value + "; filename*=UTF-8''" + extended(full.toString());
    }

    private static boolean isUnsafe(int c) {
        if (c == '/' || c == '\\' || Character.isISOControl(c)) {
            return true;
        }
        return switch (Character.getType(c)) {
            case Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> turnsText(c);
        };
    }

    private static boolean turnsText(int c) {
        return switch (Character.getDirectionality(c)) {
            case Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_EMBEDDING,
                    Character.DIRECTIONALITY_LEFT_TO_RIGHT_OVERRIDE,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_OVERRIDE,
                    Character.DIRECTIONALITY_POP_DIRECTIONAL_FORMAT,
                    Character.DIRECTIONALITY_LEFT_TO_RIGHT_ISOLATE,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_ISOLATE,
                    Character.DIRECTIONALITY_FIRST_STRONG_ISOLATE,
                    Character.DIRECTIONALITY_POP_DIRECTIONAL_ISOLATE -> true;
            default -> false;
        };
    }

    /** Encodes as {@code ext-value} wants it: {@code attr-char} as itself, all else {@code %XX} (RFC 8187 §3.2.1). */
    private static String extended(String name) {
        StringBuilder out = new StringBuilder(3 * name.length());
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            if (isAttrChar((char) (b & 0xff))) {
                out.append((char) b);
            } else {
                PercentEncoding.escape(b, out);
            }
        }
        return out.toString();
    }

    private static boolean isAttrChar(char c) {
        return Token.isTokenChar(c) && c != '*' && c != '\'' && c != '%';
    }
}
