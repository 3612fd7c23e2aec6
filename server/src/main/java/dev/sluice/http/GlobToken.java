package dev.sluice.http;

import java.util.BitSet;

/**
 * One step of a {@link Glob}.
 *
 * @param kind what it matches
 * @param codePoint the character, for {@link Kind#LITERAL}
 */
record GlobToken(Kind kind, int codePoint) {
    /** What a step matches. */
    enum Kind {
        /** Just its character. */
        LITERAL,
        /** {@code ?}: one character but {@code /}. */
        ONE,
        /** {@code *}: any characters but {@code /}. */
        WITHIN,
        /** {@code **}: any characters. */
        ACROSS,
        /** {@code **} and the slash behind it, after a slash: nothing, or anything that ends in a slash. */
        DIRECTORIES
    }

    /** A {@code /} as itself. */
    static final GlobToken SLASH = new GlobToken(Kind.LITERAL, '/');

    /** Says whether what it matches is captured. */
    boolean wildcard() {
        return kind != Kind.LITERAL;
    }

    /**
     * Works out where a match of this step and all behind it can begin.
     *
     * @param text what is matched, in code points
     * @param rest the positions, 0 to the length of the text, from which the steps behind this one match up to the end
     * @return the positions from which the steps from this one on do
     */
    BitSet starts(int[] text, BitSet rest) {
        BitSet starts = new BitSet(text.length + 1);
        switch (kind) {
            case LITERAL, ONE -> {
                for (int next = rest.nextSetBit(1); next > 0; next = rest.nextSetBit(next + 1)) {
                    starts.set(next - 1, kind == Kind.ONE ? text[next - 1] != '/' : text[next - 1] == codePoint);
                }
            }
            case WITHIN, ACROSS -> {
                boolean reached = false;
                for (int at = text.length; at >= 0; at--) {
                    boolean stopped = at < text.length && kind == Kind.WITHIN && text[at] == '/';
                    reached = rest.get(at) || (reached && !stopped);
                    starts.set(at, reached);
                }
            }
            case DIRECTORIES -> {
                starts.or(new GlobToken(Kind.ACROSS, 0).starts(text, SLASH.starts(text, rest)));
                starts.or(rest);
            }
        }
        return starts;
    }
}
