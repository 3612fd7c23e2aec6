package dev.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Globs against a model that tries everything, the shortest first. */
final class GlobPropertyTest {
    /** A piece of a pattern, and something it matches. */
    private record Example(String pattern, String text) {}

    @Property
    void match_anyPattern_agreesWithTryingEverything(@ForAll("patterns") String pattern, @ForAll("texts") String text) {
        Optional<List<String>> expected = naive(pattern, 0, text, List.of());

        Glob glob = Glob.compile(pattern);

        assertEquals(expected, glob.match(text));
        assertEquals(expected.isPresent(), glob.matches(text));
        expected.ifPresent(captures -> assertEquals(glob.captureCount(), captures.size()));
    }

    @Property
    void match_textMadeOfThePattern_agreesWithTryingEverything(@ForAll("examples") List<Example> pieces) {
        String pattern = pieces.stream().map(Example::pattern).collect(Collectors.joining());
        String text = pieces.stream().map(Example::text).collect(Collectors.joining());
        assertEquals(
                Optional.of(naive(pattern, 0, text, List.of()).orElseThrow()),
                Glob.compile(pattern).match(text));
    }

    @Property
    void match_escapedText_fitsOnlyItself(@ForAll("texts") String text, @ForAll("texts") String other) {
        Glob glob = Glob.compile(text.replaceAll("(.)", "\\\\$1"));
        assertTrue(glob.matches(text));
        assertEquals(text.equals(other), glob.matches(other));
    }

    /** Returns the captures of the first way to match {@code pattern[from, end)} that is found. */
    private static Optional<List<String>> naive(String pattern, int from, String text, List<String> captured) {
        if (from == pattern.length()) {
            return text.isEmpty() ? Optional.of(captured) : Optional.empty();
        }
        char c = pattern.charAt(from);
        if (c != '*' && c != '?') {
            int literal = c == '\\' ? from + 1 : from;
            return text.startsWith(pattern.substring(literal, literal + 1))
                    ? naive(pattern, literal + 1, text.substring(1), captured)
                    : Optional.empty();
        }
        boolean two = pattern.startsWith("**", from);
        boolean directories = pattern.startsWith("**/", from) && from > 0 && pattern.charAt(from - 1) == '/';
        int next = from + (directories ? 3 : two ? 2 : 1);
        for (int taken = 0; taken <= text.length(); taken++) {
            String part = text.substring(0, taken);
            boolean allowed = directories
                    ? part.isEmpty() || part.endsWith("/")
                    : c == '?' ? taken == 1 && !part.equals("/") : two || part.indexOf('/') < 0;
            if (allowed) {
                List<String> more = new ArrayList<>(captured);
                more.add(directories && taken > 0 ? part.substring(0, taken - 1) : part);
                Optional<List<String>> rest = naive(pattern, next, text.substring(taken), more);
                if (rest.isPresent()) {
                    return rest;
                }
            }
        }
        return Optional.empty();
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.of("a", "b", "/", "?", "*", "**", "/**/", "\\*", "\\/", "\\?")
                .list()
                .ofMaxSize(7)
                .map(pieces -> String.join("", pieces));
    }

    @Provide
    Arbitrary<List<Example>> examples() {
        return Arbitraries.of(
                        "a:a",
                        "b:b",
                        "/:/",
                        "?:a",
                        "*:",
                        "*:a",
                        "*:ab",
                        "**:",
                        "**:a",
                        "**:b/a",
                        "/**/:/",
                        "/**/:/a/b/")
                .map(pair -> new Example(pair.substring(0, pair.indexOf(':')), pair.substring(pair.indexOf(':') + 1)))
                .list()
                .ofMaxSize(9);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "b", "/", "*", "/a", "?").list().ofMaxSize(7).map(pieces -> String.join("", pieces));
    }
}
