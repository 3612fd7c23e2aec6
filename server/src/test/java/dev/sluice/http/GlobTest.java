package dev.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GlobTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''              | ''                 | ''",
                "/a.html         | /a.html            | ''",
                "/*.html         | /index.html        | index",
                "/*.html         | /.html             | ''",
                "/a/**           | /a/                | ''",
                "/a/**           | /a/b/c.js          | b/c.js",
                "/a/**/b         | /a/b               | ''",
                "/a/**/b         | /a/x/b             | x",
                "/a/**/b         | /a/x/y/b           | x/y",
                "/**/*.js        | /app.js            | ,app",
                "/**/*.js        | /a/b/app.js        | a/b,app",
                "/**/**/c        | /a/b/c             | ,a/b",
                "/a**b           | /a/x/b             | /x/",
                "/**/            | /                  | ''",
                "**              | /any/thing         | /any/thing",
                "/v?/x           | /v1/x              | 1",
                "/?              | /\ud83d\ude00      | \ud83d\ude00",
                "/*-*            | /a-b-c             | a,b-c",
                "/*/*-?.png      | /i/a-b-c.png       | i,a-b,c",
                "/\\*\\?\\\\     | /*?\\              | ''",
                "/caf\u00e9/*    | /caf\u00e9/\u20ac  | \u20ac",
                "***             | a/b                | a/,b",
            })
    void match_fitting_captures(String pattern, String text, String captures) {
        Glob glob = Glob.compile(pattern);
        List<String> expected = glob.captureCount() == 0 ? List.of() : List.of(captures.split(",", -1));
        assertEquals(Optional.of(expected), glob.match(text));
        assertTrue(glob.matches(text));
        assertEquals(glob.captureCount(), expected.size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''        | /",
                "/a.html   | /a.htmlx",
                "/a.html   | x/a.html",
                "/a.html   | /A.html",
                "/a.html   | /aXhtml",
                "/*.html   | /d/index.html",
                "/*.html   | /index.htm",
                "/a/**     | /a",
                "/a/**/b   | /a/xb",
                "/a/**/b   | /ab",
                "/a/**/b   | /a/x/b/",
                "/a**/b    | /ab",
                "/v?       | /v",
                "/v?       | /v/",
                "/v?       | /v12",
                "/aba*aba  | /aba",
                "/\\*      | /a",
                "/\\**     | /",
            })
    void match_notFitting_isEmpty(String pattern, String text) {
        assertEquals(Optional.empty(), Glob.compile(pattern).match(text));
        assertFalse(Glob.compile(pattern).matches(text));
    }

    @Test
    void match_overlappingEnds_isEmpty() {
        assertFalse(Glob.compile("/aa*aa").matches("/aaa"));
        assertFalse(Glob.compile("/a**/a").matches("/a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\", "/a\\", "/\\\\\\"})
    void compile_escapeOfNothing_isRefused(String pattern) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> Glob.compile(pattern));
        assertTrue(refusal.getMessage().startsWith("pattern: " + pattern), refusal.getMessage());
    }

    /** Tried one after the other, the ways to share 8,000 characters among 30 wildcards would take for ever. */
    @ParameterizedTest
    @ValueSource(strings = {"*a", "**a", "/**/a", "?*a", "*?"})
    void match_pathologicalPattern_ends(String wildcard) {
        // The last wildcard keeps the ends from being compared first.
        Glob glob = Glob.compile(wildcard.repeat(30) + "b?");
        String text = (wildcard.startsWith("/") ? "/a" : "aa").repeat(4_000);
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            assertFalse(glob.match(text + "cc").isPresent());
            assertFalse(glob.matches(text + "cc"));
            assertTrue(glob.match(text + "bc").isPresent());
        });
    }
}
