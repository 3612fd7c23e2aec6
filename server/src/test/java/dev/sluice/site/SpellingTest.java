package dev.sluice.site;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.FailingDisk;
import dev.sluice.http.SitePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One file has one path, on a file system that finds it by several as well. */
final class SpellingTest {
    /** The same name composed and decomposed, and escaped as in a path. */
    private static final String COMPOSED = "gr\u00fc\u00dfe.txt";

    @TempDir
    Path temporary;

    private FailingDisk folding;

    @AfterEach
    void unmount() throws IOException {
        if (folding != null) {
            folding.close();
        }
    }

    private Path tree() throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("folder"));
        Files.createDirectories(folder.resolve("Private/sub"));
        for (String file : List.of("Private/Secret.txt", "Private/sub/42", "Private/index.html", "page.html", ".env")) {
            Files.writeString(folder.resolve(file), "text");
        }
        Files.createDirectories(folder.resolve(".well-known"));
        Files.writeString(folder.resolve(".well-known/x"), "text");
        Files.writeString(folder.resolve(COMPOSED), "text");
        return folder;
    }

    private Resolver onFoldingDisk(SymlinkPolicy symlinks) throws IOException {
        Path folder = tree();
        folding = FailingDisk.mount(folder, Files.createDirectory(temporary.resolve("point")), true);
        return resolver(folding.point(), symlinks);
    }

    private static Resolver resolver(Path root, SymlinkPolicy symlinks) {
        return new Resolver(new Site(root, List.of("index.html"), symlinks, true), SiteTree.TYPES);
    }

    private static String find(Resolver resolver, String path) throws Exception {
        Resolution found = resolver.resolve(SitePath.parse(path));
        if (found instanceof Resolution.File file) {
            file.close();
            return "file";
        }
        return found instanceof Resolution.Missing missing ? missing.reason() : "other";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/private/Secret.txt",
                "/PRIVATE/Secret.txt",
                "/Private/secret.txt",
                "/Private/SECRET.TXT",
                "/private/",
                "/PRIVATE/sub/42",
                "/Private/SUB/42",
                "/Page.html",
                "/page.HTML",
                "/GR%C3%9C%C3%9FE.TXT",
                "/gr%C3%BCsse.txt",
                "/gru%CC%88%C3%9Fe.txt"
            })
    void resolve_anotherSpellingOnAFoldingDisk_isMissing(String path) throws Exception {
        for (SymlinkPolicy symlinks : List.of(SymlinkPolicy.INSIDE, SymlinkPolicy.ALWAYS)) {
            if (folding != null) {
                assertEquals("spelled-otherwise", find(resolver(folding.point(), symlinks), path));
            } else {
                Resolver resolver = onFoldingDisk(symlinks);
                // Whatever the directory has been asked before.
                assertEquals("spelled-otherwise", find(resolver, path));
                assertEquals("file", find(resolver, "/Private/Secret.txt"));
                assertEquals("spelled-otherwise", find(resolver, path));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/Private/Secret.txt, file",
        "/Private/, file",
        "/Private/sub/42, file",
        "/page.html, file",
        "/gr%C3%BC%C3%9Fe.txt, file",
        "/.well-known/x, file",
        "/.WELL-KNOWN/x, hidden",
        "/.ENV, hidden",
        "/none, missing"
    })
    void resolve_theRealNameOnAFoldingDisk_isAsElsewhere(String path, String expected) throws Exception {
        assertEquals(expected, find(onFoldingDisk(SymlinkPolicy.INSIDE), path));
    }

    @Test
    void resolve_namesThatDifferInCaseAlone_areTwoFilesOnAnotherDisk() throws Exception {
        Path root = tree();
        Files.writeString(root.resolve("PAGE.HTML"), "another");
        Files.createLink(root.resolve("PRIVATE"), root.resolve("page.html"));
        Resolver resolver = resolver(root, SymlinkPolicy.INSIDE);

        for (String path : List.of("/page.html", "/PAGE.HTML", "/PRIVATE", "/Private/Secret.txt")) {
            assertEquals("file", find(resolver, path), path);
        }
        assertEquals("missing", find(resolver, "/Page.html"));
    }
}
