package dev.sluice.http;

/** The {@code token} of RFC 9110 §5.6.2: what field names, codings and parameters are spelt with. */
final class Token {
    private Token() {}

    /** Says whether a token may hold {@code c}. */
    static boolean isTokenChar(int c) {
        return c > 0x20 && c < 0x7f && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
    }
}
