package dev.sluice.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.http.Glob;
import dev.sluice.http.MediaType;
import dev.sluice.http.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MatchTest {
    private static final MediaType HTML = new MediaType("text/html", true);

    private static Match paths(String... globs) {
        return new Match(List.of(globs).stream().map(Glob::compile).toList(), Set.of(), Set.of(), List.of());
    }

    private static Match extensions(String... extensions) {
        return new Match(List.of(), Set.of(extensions), Set.of(), List.of());
    }

    private static Match methods(Method... methods) {
        return new Match(List.of(), Set.of(), Set.of(methods), List.of());
    }

    private static Match types(String... types) {
        return new Match(List.of(), Set.of(), Set.of(), List.of(types));
    }

    @Test
    void all_anything_matches() {
        assertEquals(Optional.of(List.of()), Match.ALL.before(Method.DELETE, "/x"));
        assertTrue(Match.ALL.after(Method.UNKNOWN, "/x", "", null));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, GET, true",
        "GET, HEAD, true",
        "HEAD, GET, false",
        "HEAD, HEAD, true",
        "GET, POST, false",
        "POST, POST, true",
        "POST, GET, false",
        "GET, OPTIONS, false",
    })
    void method_getNamed_coversHead(Method named, Method asked, boolean matches) {
        assertEquals(matches, methods(named).before(asked, "/x").isPresent());
        assertEquals(matches, methods(named).after(asked, "/x", "x", HTML));
    }

    @ParameterizedTest
    @CsvSource({
        "/a.js, true",
        "/a.JS, true",
        "/dir/a.min.js, true",
        "/a.jsx, false",
        "/a, false",
        "/js, false",
        "/a.js/b, false",
        "/a.js/, false",
        "/.js, true",
        "/a., false",
    })
    void extension_ofThePath_decidesBeforeTheLookup(String path, boolean matches) {
        assertEquals(matches, extensions("js", "css").before(Method.GET, path).isPresent());
    }

    @Test
    void extension_ofTheFile_decidesAfterTheLookup() {
        Match html = extensions("html");
        assertFalse(html.before(Method.GET, "/about").isPresent());
        assertTrue(html.after(Method.GET, "/about", "about.html", HTML));
        assertFalse(html.after(Method.GET, "/old.html", "new.txt", HTML));
    }

    @ParameterizedTest
    @CsvSource({
        "text/html, text/html, true",
        "text/*, text/html, true",
        "text/css, text/html, false",
        "text/h*, text/html, false",
        "text/*, textual/html, false",
        "image/*, text/html, false",
        "text/html, text/htmlx, false",
    })
    void type_ofTheFile_decides(String pattern, String type, boolean matches) {
        Match match = types("application/x", pattern);
        assertEquals(matches, match.after(Method.GET, "/f", "f", new MediaType(type, false)));
        assertTrue(match.needsType());
        assertEquals(Optional.empty(), match.before(Method.GET, "/f"));
        assertFalse(match.after(Method.GET, "/f", "f", null));
    }

    @Test
    void path_severalGlobs_theFirstThatMatchesGivesTheCaptures() {
        Match match = paths("/a/*", "/*/b", "/**");
        assertEquals(Optional.of(List.of("b")), match.before(Method.GET, "/a/b"));
        assertEquals(Optional.of(List.of("x")), match.before(Method.GET, "/x/b"));
        assertEquals(Optional.of(List.of("x/y/z")), match.before(Method.GET, "/x/y/z"));
        assertTrue(match.after(Method.GET, "/x/y/z", "z", null));
        assertFalse(paths("/a/*").after(Method.GET, "/b/c", "c", null));
    }

    @Test
    void conditions_several_allHaveToHold() {
        Match match =
                new Match(List.of(Glob.compile("/a/**")), Set.of("txt"), Set.of(Method.GET), List.of("text/plain"));
        assertTrue(match.after(Method.GET, "/a/f", "f.txt", MediaType.PLAIN_TEXT));
        assertFalse(match.after(Method.GET, "/b/f", "f.txt", MediaType.PLAIN_TEXT));
        assertFalse(match.after(Method.GET, "/a/f", "f.css", MediaType.PLAIN_TEXT));
        assertFalse(match.after(Method.POST, "/a/f", "f.txt", MediaType.PLAIN_TEXT));
        assertFalse(match.after(Method.GET, "/a/f", "f.txt", HTML));
    }
}
