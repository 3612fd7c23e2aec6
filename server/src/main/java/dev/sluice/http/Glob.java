package dev.sluice.http;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A pattern for whole paths, decoded and canonical.
 *
 * <table>
 *   <caption>What it is made of</caption>
 *   <tr><td>{@code ?}</td><td>one character, but not {@code /}</td></tr>
 *   <tr><td>{@code *}</td><td>any characters within a segment, also none</td></tr>
 *   <tr><td>{@code **}</td><td>any characters, also {@code /} and none</td></tr>
 *   <tr><td>{@code /**}{@code /}</td><td>one {@code /}, or any directories between two: their names, without the last
 *       {@code /}, are captured</td></tr>
 *   <tr><td>{@code \}</td><td>the next character as itself</td></tr>
 * </table>
 *
 * <p>Each of the first four is a wildcard and captures what it matched. Where that is ambiguous, an earlier wildcard takes
 * as little as it can. Characters are Unicode code points and are compared exactly.
 *
 * <p>Matching takes time in proportion to the length of the pattern times that of the text at the worst, whatever both
 * hold: nothing is tried twice. Immutable.
 */
public final class Glob {
    private final String pattern;
    private final String prefix;
    private final String suffix;
    private final List<GlobToken> middle;
    private final int captureCount;

    private Glob(String pattern, List<GlobToken> tokens) {
        this.pattern = pattern;
        int from = 0;
        while (from < tokens.size() && !tokens.get(from).wildcard()) {
            from++;
        }
        int to = tokens.size();
        while (to > from && !tokens.get(to - 1).wildcard()) {
            to--;
        }
        this.prefix = literals(tokens.subList(0, from));
        this.suffix = literals(tokens.subList(to, tokens.size()));
        this.middle = List.copyOf(tokens.subList(from, to));
        this.captureCount = (int) middle.stream().filter(GlobToken::wildcard).count();
    }

    /**
     * Compiles a pattern.
     *
     * @throws IllegalArgumentException if it ends in a {@code \} that stands for nothing
     */
    public static Glob compile(String pattern) {
        return new Glob(pattern, new GlobCompiler(pattern).compile());
    }

    /** Returns the number of wildcards, and so of captures. */
    public int captureCount() {
        return captureCount;
    }

    /** Says whether the whole text matches. */
    public boolean matches(String text) {
        return fitsEnds(text) && starts(middle(text)).get(0).get(0);
    }

    /**
     * Matches the whole text.
     *
     * @return what each wildcard took, in their order, or empty if the text does not match
     */
    public Optional<List<String>> match(String text) {
        if (!fitsEnds(text)) {
            return Optional.empty();
        }
        int[] codePoints = middle(text);
        List<BitSet> starts = starts(codePoints);
        return starts.get(0).get(0) ? Optional.of(captures(codePoints, starts)) : Optional.empty();
    }

    /** Most texts are refused here, where nothing has been allocated yet. */
    private boolean fitsEnds(String text) {
        int least = prefix.length() + suffix.length();
        return (middle.isEmpty() ? text.length() == least : text.length() >= least)
                && text.startsWith(prefix)
                && text.endsWith(suffix);
    }

    private int[] middle(String text) {
        return text.substring(prefix.length(), text.length() - suffix.length())
                .codePoints()
                .toArray();
    }

    /** Returns for each step, and last for the end, from which positions the rest of the pattern matches the rest. */
    private List<BitSet> starts(int[] text) {
        List<BitSet> backwards = new ArrayList<>(middle.size() + 1);
        BitSet end = new BitSet();
        end.set(text.length);
        backwards.add(end);
        for (int i = middle.size() - 1; i >= 0; i--) {
            backwards.add(middle.get(i).starts(text, backwards.get(backwards.size() - 1)));
        }
        Collections.reverse(backwards);
        return backwards;
    }

    private List<String> captures(int[] text, List<BitSet> starts) {
        List<String> captures = new ArrayList<>(captureCount);
        int at = 0;
        for (int i = 0; i < middle.size(); i++) {
            BitSet rest = starts.get(i + 1);
            switch (middle.get(i).kind()) {
                case LITERAL -> at++;
                case ONE -> captures.add(new String(text, at++, 1));
                case WITHIN, ACROSS -> {
                    // The nearest position that the rest can begin at: there is one, and a '/' can't lie before it.
                    int next = rest.nextSetBit(at);
                    captures.add(new String(text, at, next - at));
                    at = next;
                }
                case DIRECTORIES -> {
                    int next = rest.get(at) ? at : afterSlash(text, rest, at);
                    captures.add(new String(text, at, Math.max(0, next - at - 1)));
                    at = next;
                }
            }
        }
        return List.copyOf(captures);
    }

    private static int afterSlash(int[] text, BitSet rest, int from) {
        int next = rest.nextSetBit(from + 1);
        while (text[next - 1] != '/') {
            next = rest.nextSetBit(next + 1);
        }
        return next;
    }

    private static String literals(List<GlobToken> tokens) {
        StringBuilder text = new StringBuilder(tokens.size());
        tokens.forEach(token -> text.appendCodePoint(token.codePoint()));
        return text.toString();
    }

    /** Returns the pattern as it was given. */
    @Override
    public String toString() {
        return pattern;
    }
}
