package dev.sluice.http;

import java.util.ArrayList;
import java.util.List;

/** Reads one glob into its steps. */
final class GlobCompiler {
    private static final String DIRECTORIES = "**/";

    private final String pattern;
    private final List<GlobToken> tokens = new ArrayList<>();
    private int at;

    GlobCompiler(String pattern) {
        this.pattern = pattern;
    }

    /** Returns the steps in order. */
    List<GlobToken> compile() {
        while (at < pattern.length()) {
            tokens.add(next());
        }
        return List.copyOf(tokens);
    }

    private GlobToken next() {
        int codePoint = pattern.codePointAt(at);
        if (codePoint == '*') {
            return stars();
        }
        at += Character.charCount(codePoint);
        if (codePoint == '?') {
            return new GlobToken(GlobToken.Kind.ONE, 0);
        }
        return new GlobToken(GlobToken.Kind.LITERAL, codePoint == '\\' ? escaped() : codePoint);
    }

    private GlobToken stars() {
        if (pattern.startsWith(DIRECTORIES, at) && endsInSlash()) {
            at += DIRECTORIES.length();
            return new GlobToken(GlobToken.Kind.DIRECTORIES, 0);
        }
        boolean across = pattern.startsWith("**", at);
        at += across ? 2 : 1;
        return new GlobToken(across ? GlobToken.Kind.ACROSS : GlobToken.Kind.WITHIN, 0);
    }

    private boolean endsInSlash() {
        if (tokens.isEmpty()) {
            return false;
        }
        GlobToken last = tokens.get(tokens.size() - 1);
        return last.equals(GlobToken.SLASH) || last.kind() == GlobToken.Kind.DIRECTORIES;
    }

    private int escaped() {
        if (at == pattern.length()) {
            throw new IllegalArgumentException("pattern: " + pattern + " (expected: a character behind the last '\\')");
        }
        int codePoint = pattern.codePointAt(at);
        at += Character.charCount(codePoint);
        return codePoint;
    }
}
