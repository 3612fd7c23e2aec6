package dev.sluice.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.http.ContentCoding;
import dev.sluice.http.SitePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files beside a file that hold it coded. */
final class SidecarTest {
    private static final Instant THEN = Instant.parse("2026-03-05T10:20:30.5Z");

    @TempDir
    Path parent;

    private SiteTree tree;

    @BeforeEach
    void plant() throws IOException {
        tree = new SiteTree(parent);
        write("style.css", 0);
    }

    private void write(String name, long nanosLater) throws IOException {
        tree.file(name, name);
        Files.setLastModifiedTime(tree.root().resolve(name), FileTime.from(THEN.plusNanos(nanosLater)));
    }

    private Resolver resolver(ContentCoding... codings) {
        return new Resolver(
                new Site(
                        tree.root(),
                        List.of("index.html"),
                        SymlinkPolicy.ALWAYS,
                        true,
                        Candidates.CLEAN,
                        TrailingSlash.ADD,
                        List.of(codings)),
                SiteTree.TYPES);
    }

    private List<ContentCoding> beside(String path) throws Exception {
        Resolver resolver = resolver(ContentCoding.BR, ContentCoding.ZSTD, ContentCoding.GZIP);
        try (Resolution.File file = assertInstanceOf(Resolution.File.class, resolver.resolve(SitePath.parse(path)))) {
            return file.sidecars().stream().map(Resolution.Sidecar::coding).toList();
        }
    }

    @Test
    void resolve_sidecars_areFoundInTheOrderOfPreference() throws Exception {
        write("style.css.gz", 0);
        write("style.css.zst", 0);
        write("style.css.br", 0);
        write("style.css.xz", 0);
        assertEquals(List.of(ContentCoding.BR, ContentCoding.ZSTD, ContentCoding.GZIP), beside("/style.css"));
    }

    @ParameterizedTest
    @CsvSource({"1, true", "0, true", "1000000000, true", "-1, false", "-1000000000, false"})
    void resolve_sidecarOlderThanItsSource_isNone(long nanosLater, boolean found) throws Exception {
        write("style.css.br", nanosLater);
        assertEquals(found ? List.of(ContentCoding.BR) : List.of(), beside("/style.css"));
    }

    /** Even where links are followed: it could name anything. */
    @Test
    void resolve_sidecarThatIsALinkOutside_isNone() throws Exception {
        tree.link("style.css.br", tree.outside().resolve("secret").toString());
        Resolver inside = new Resolver(
                new Site(
                        tree.root(),
                        List.of(),
                        SymlinkPolicy.INSIDE,
                        true,
                        Candidates.EXACT,
                        TrailingSlash.ADD,
                        List.of(ContentCoding.BR)),
                SiteTree.TYPES);
        try (Resolution.File file =
                assertInstanceOf(Resolution.File.class, inside.resolve(SitePath.parse("/style.css")))) {
            assertEquals(List.of(), file.sidecars());
        }
    }

    @Test
    void resolve_directoryNamedLikeASidecar_isNone() throws Exception {
        write("style.css.br/file", 0);
        assertEquals(List.of(), beside("/style.css"));
    }

    @ParameterizedTest
    @CsvSource({
        "a.png, false",
        "a.zip, false",
        "a.mp4, false",
        "a.woff2, false",
        "a.gz, false",
        "noext, false",
        "a.svg, true",
        "a.html, true",
        "a.wasm, true",
        "a.json, true",
        "a.js, true",
        "a.txt, true",
    })
    void resolve_typeThatIsCodedAlready_hasNone(String name, boolean found) throws Exception {
        write(name, 0);
        write(name + ".gz", 0);
        assertEquals(found ? List.of(ContentCoding.GZIP) : List.of(), beside("/" + name));
    }

    @Test
    void resolve_codingsNotConfigured_areNotLookedFor() throws Exception {
        write("style.css.br", 0);
        write("style.css.gz", 0);
        for (Resolver resolver : List.of(resolver(), resolver(ContentCoding.GZIP))) {
            try (Resolution.File file =
                    assertInstanceOf(Resolution.File.class, resolver.resolve(SitePath.parse("/style.css")))) {
                assertFalse(file.sidecars().stream().anyMatch(one -> one.coding() == ContentCoding.BR));
            }
        }
    }

    @Test
    void resolve_indexAndCleanUrl_haveTheirSidecars() throws Exception {
        write("dir/index.html", 0);
        write("dir/index.html.br", 0);
        write("about.html", 0);
        write("about.html.gz", 0);
        assertEquals(List.of(ContentCoding.BR), beside("/dir/"));
        assertEquals(List.of(ContentCoding.GZIP), beside("/about"));
    }

    @Test
    void resolve_longestName_hasNone() throws Exception {
        String name = "n".repeat(251) + ".css";
        write(name, 0);
        assertEquals(List.of(), beside("/" + name));
    }

    @Test
    void close_file_closesItsSidecarsToo() throws Exception {
        write("style.css.br", 0);
        Resolution.File file = assertInstanceOf(
                Resolution.File.class, resolver(ContentCoding.BR).resolve(SitePath.parse("/style.css")));
        assertTrue(file.sidecars().get(0).channel().isOpen());
        file.close();
        assertFalse(file.channel().isOpen());
        assertFalse(file.sidecars().get(0).channel().isOpen());
    }

    @Test
    void examine_sidecarChangedOrGone_isAnotherVersion() throws Exception {
        write("style.css.br", 0);
        Resolver resolver = resolver(ContentCoding.BR, ContentCoding.GZIP);
        Version before = resolver.examine(SitePath.parse("/style.css"));
        assertEquals(
                Map.of(ContentCoding.BR, 12L),
                before.sidecars().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, one -> one.getValue().size())));

        write("style.css.gz", 0);
        Version more = resolver.examine(SitePath.parse("/style.css"));
        assertNotEquals(before, more);
        assertTrue(before.isIn(more));

        write("style.css.br", 1);
        assertFalse(before.isIn(resolver.examine(SitePath.parse("/style.css"))));

        Files.delete(tree.root().resolve("style.css.br"));
        assertFalse(before.isIn(resolver.examine(SitePath.parse("/style.css"))));
    }

    @Test
    void unchanged_sidecar_isLookedAtByItself() throws Exception {
        write("style.css.br", 0);
        Resolver resolver = resolver(ContentCoding.BR);
        SitePath path = SitePath.parse("/style.css");
        FileFacts facts = resolver.examine(path).sidecars().get(ContentCoding.BR);
        assertTrue(resolver.unchanged(path, ContentCoding.BR, facts));
        write("style.css.br", 5);
        assertFalse(resolver.unchanged(path, ContentCoding.BR, facts));
    }
}
