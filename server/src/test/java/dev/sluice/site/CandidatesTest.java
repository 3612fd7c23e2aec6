package dev.sluice.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.http.SitePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which file answers for which path: candidates, and the policies of the last slash. */
final class CandidatesTest {
    @TempDir
    Path parent;

    private SiteTree tree;

    @BeforeEach
    void plant() throws IOException {
        tree = new SiteTree(parent);
        tree.file("index.html", "home");
        tree.file("about.html", "about");
        tree.file("dir/index.html", "dir");
        tree.file("dir/page.html", "page");
        tree.file("twin.html", "twin page");
        tree.file("twin/index.html", "twin dir");
        tree.file("bare/file.txt", "file");
        tree.file("app.html", "app");
        tree.file("a b.html", "space");
        tree.file(".hidden.html", "hidden");
        tree.link("out.html", tree.outside().resolve("secret").toString());
    }

    private Resolver resolver(Candidates candidates, TrailingSlash slash) {
        return new Resolver(
                new Site(tree.root(), List.of("index.html"), SymlinkPolicy.INSIDE, true, candidates, slash, List.of()),
                SiteTree.TYPES);
    }

    /** What is found, as text: content and path of a file, where something moved, or why there is nothing. */
    private static String find(Resolver resolver, String path) throws Exception {
        Resolution found = resolver.resolve(SitePath.parse(path));
        if (found instanceof Resolution.File file) {
            try (file) {
                return SiteTree.content(file) + " at " + file.path();
            }
        }
        if (found instanceof Resolution.Moved moved) {
            return "moved to " + moved.path();
        }
        return found instanceof Resolution.Missing missing ? missing.status() + " " + missing.reason() : "no index";
    }

    @ParameterizedTest
    @CsvSource({
        "add, /about, about at /about.html",
        "add, /about/, moved to /about",
        "add, /about.html, about at /about.html",
        "add, /about.html/, 404 missing",
        "add, /dir, moved to /dir/",
        "add, /dir/, dir at /dir/index.html",
        "add, /dir/page, page at /dir/page.html",
        "add, /dir/page/, moved to /dir/page",
        "add, /twin, twin page at /twin.html",
        "add, /twin/, twin dir at /twin/index.html",
        "add, /, home at /index.html",
        "add, /bare, moved to /bare/",
        "add, /bare/, no index",
        "add, /none, 404 missing",
        "add, /a%20b, space at /a%20b.html",
        "add, /.hidden, 404 hidden",
        "add, /out, 404 symlink-outside",
        "remove, /about, about at /about.html",
        "remove, /about/, moved to /about",
        "remove, /dir, dir at /dir/index.html",
        "remove, /dir/, moved to /dir",
        "remove, /, home at /index.html",
        "remove, /twin, twin dir at /twin/index.html",
        "remove, /twin/, moved to /twin",
        "keep, /about, about at /about.html",
        "keep, /about/, about at /about.html",
        "keep, /dir, dir at /dir/index.html",
        "keep, /dir/, dir at /dir/index.html",
        "keep, /, home at /index.html",
    })
    void resolve_cleanUrls_followThePolicyOfSlashes(String policy, String path, String expected) throws Exception {
        TrailingSlash slash = TrailingSlash.valueOf(policy.toUpperCase(java.util.Locale.ROOT));
        assertEquals(expected, find(resolver(Candidates.CLEAN, slash), path));
    }

    @ParameterizedTest
    @CsvSource({
        "ADD, /dir, moved to /dir/",
        "ADD, /dir/, dir at /dir/index.html",
        "ADD, /about, 404 missing",
        "REMOVE, /dir, dir at /dir/index.html",
        "REMOVE, /dir/, moved to /dir",
        "REMOVE, /bare, no index",
        "REMOVE, /bare/, no index",
        "REMOVE, /about.html/, 404 not-a-file",
        "KEEP, /dir, dir at /dir/index.html",
        "KEEP, /dir/, dir at /dir/index.html",
        "KEEP, /bare, no index",
        "KEEP, /about.html/, 404 not-a-file",
    })
    void resolve_exactPaths_followThePolicyOfSlashes(TrailingSlash slash, String path, String expected)
            throws Exception {
        assertEquals(expected, find(resolver(Candidates.EXACT, slash), path));
    }

    @ParameterizedTest
    @CsvSource({
        "/about, about at /about.html",
        "/none, app at /app.html",
        "/none/, app at /app.html",
        "/bare/, app at /app.html",
        "/deep/er/none, app at /app.html",
        "/dir/, dir at /dir/index.html",
        "/, home at /index.html",
        "/.hidden, app at /app.html",
    })
    void resolve_fallback_answersForWhatIsNotThere(String path, String expected) throws Exception {
        Candidates candidates = new Candidates(List.of("{path}", "{path}.html", "/app.html"), 404);
        assertEquals(expected, find(resolver(candidates, TrailingSlash.ADD), path));
    }

    @ParameterizedTest
    @CsvSource({"/about, 200", "/none, 410", "/.hidden, 410", "/about%2Fx, 410", "/, 410"})
    void resolve_noCandidate_hasTheStatusOfTheSite(String path, int status) throws Exception {
        Candidates candidates = new Candidates(List.of("{path}.html"), 410);
        Resolution found = resolver(candidates, TrailingSlash.ADD).resolve(SitePath.parse(path));
        if (status == 200) {
            assertInstanceOf(Resolution.File.class, found);
            ((Resolution.File) found).close();
        } else {
            assertEquals(
                    status, assertInstanceOf(Resolution.Missing.class, found).status());
        }
    }

    @Test
    void of_patterns_areFilledInWithoutTheLastSlash() throws Exception {
        Candidates candidates = new Candidates(List.of("/x{path}/y", "{path}", "{path}.html", "/fix ed"), 404);
        assertEquals(
                List.of("/x/a%20b/y", "/a%20b/", "/a%20b.html", "/fix%20ed"),
                candidates.of(SitePath.parse("/a%20b/")).stream()
                        .map(SitePath::encoded)
                        .toList());
        assertEquals(
                List.of("/x/y", "/", "/fix%20ed"),
                candidates.of(SitePath.parse("/")).stream()
                        .map(SitePath::encoded)
                        .toList());
    }

    @Test
    void examine_candidate_isTheVersionOfTheFileThatAnswers() throws Exception {
        Resolver resolver = resolver(Candidates.CLEAN, TrailingSlash.ADD);
        assertEquals(resolver.examine(SitePath.parse("/about.html")), resolver.examine(SitePath.parse("/about")));
        assertEquals(null, resolver.examine(SitePath.parse("/none")));
    }

    @Test
    void of_patternThatIsNoPath_isAnError() {
        Candidates candidates = new Candidates(List.of("no slash {path}"), 404);
        assertThrows(IllegalArgumentException.class, () -> candidates.of(SitePath.parse("/x")));
    }
}
