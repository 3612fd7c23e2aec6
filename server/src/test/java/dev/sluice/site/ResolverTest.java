package dev.sluice.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.sluice.http.SitePath;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ResolverTest {
    @TempDir
    Path parent;

    private SiteTree tree;

    @BeforeEach
    void plant() throws IOException {
        tree = new SiteTree(parent);
        tree.file("page.html", "page");
        tree.file("sub/inner.txt", "inner");
        tree.file("index.html", "home");
    }

    @ParameterizedTest
    @CsvSource({
        "/page.html, page",
        "/sub/inner.txt, inner",
        "/sub/../page.html, page",
        "/../../page.html, page",
        "/%70age.html, page",
        "/, home",
        "/sub, slash",
        "/sub/, missing: no-index",
        "/page.html/, missing: not-a-file",
        "/page.html/more, missing: not-a-file",
        "/none, missing: missing",
        "/none/, missing: missing",
        "/sub/none/none, missing: missing",
        "/sub%2Finner.txt, missing: separator-in-name",
        "/..%2F..%2Foutside%2Fsecret, missing: separator-in-name",
    })
    void resolve_plainTree_findsWhatIsNamed(String path, String expected) throws Exception {
        assertEquals(expected, tree.find(path));
    }

    @Test
    void resolve_file_tellsFactsOfTheOpenFile() throws Exception {
        Path file = tree.root().resolve("page.html");
        Instant modified = Instant.parse("2001-02-03T04:05:06.789Z");
        Files.setLastModifiedTime(file, FileTime.from(modified));
        Resolution.File found =
                (Resolution.File) tree.resolver(SymlinkPolicy.INSIDE).resolve(SitePath.parse("/page.html"));
        found.channel().close();

        assertEquals(
                new FileFacts(
                        4,
                        modified,
                        Files.readAttributes(file, BasicFileAttributes.class).fileKey()),
                found.facts());
        assertEquals("page.html", found.path().name());
    }

    @Test
    void resolve_severalIndexNames_takesTheFirstThatIsAFile() throws Exception {
        tree.file("both/index.html", "first");
        tree.file("both/index.htm", "second");
        tree.file("directory/index.html/x", "not an index");
        tree.file("directory/index.htm", "second");

        assertEquals("first", tree.find("/both/"));
        assertEquals("second", tree.find("/directory/"));
    }

    @Test
    void resolve_indexIsLinkToOutside_isNotServed() throws Exception {
        tree.link("trap/index.html", tree.outside().resolve("secret").toString());

        assertEquals("missing: no-index", tree.find("/trap/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/.git/config", "/sub/.hidden", "/.env", "/sub/.well-known/x", "/.well-known/.x", "/.well-knownx"
            })
    void resolve_dotFile_isHidden(String path) throws Exception {
        tree.file(path.substring(1), "hidden");

        assertEquals("missing: hidden", tree.find(path));
    }

    @Test
    void resolve_topLevelWellKnown_isOpen() throws Exception {
        tree.file(".well-known/security.txt", "contact");

        assertEquals("contact", tree.find("/.well-known/security.txt"));
    }

    @Test
    void resolve_dotFilesNotHidden_areServed() throws Exception {
        tree.file(".env", "open");
        Resolver open = new Resolver(new Site(tree.root(), List.of(), SymlinkPolicy.INSIDE, false), SiteTree.TYPES);

        assertEquals("open", SiteTree.find(open, "/.env"));
    }

    @Test
    void resolve_fifo_isNotOpened() throws Exception {
        Path fifo = tree.root().resolve("fifo");
        assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());

        // Opening one waits for a writer, for ever.
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertEquals("missing: not-a-file", tree.find("/fifo")));
    }

    @Test
    void resolve_socket_isNotOpened() throws Exception {
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(tree.root().resolve("socket")));

            assertEquals("missing: not-a-file", tree.find("/socket"));
        }
    }

    @Test
    void resolve_unreadable_isMissing() throws Exception {
        Path file = tree.root().resolve("page.html");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "this user may read everything");

        assertEquals("missing: unreadable", tree.find("/page.html"));
    }

    @Test
    void resolve_nameTooLong_isMissing() throws Exception {
        assertEquals("missing: missing", tree.find("/" + "n".repeat(256)));
        assertEquals("missing: missing", tree.find("/" + "n".repeat(5000)));
        assertEquals("missing: missing", tree.find("/sub/" + "n".repeat(300) + "/x"));
    }

    @Test
    void resolve_veryDeepPath_isMissing() throws Exception {
        assertEquals("missing: missing", tree.find("/x".repeat(3000)));
    }

    @Test
    void resolve_rootIsGone_isFailureNotAbsence() throws Exception {
        Resolver nowhere =
                new Resolver(new Site(parent.resolve("none"), List.of(), SymlinkPolicy.INSIDE, true), SiteTree.TYPES);

        assertEquals(new Resolution.RootAbsent(), nowhere.resolve(SitePath.parse("/page.html")));
    }

    @Test
    void resolve_rootIsSwitchedLink_followsTheSwitch() throws Exception {
        Path current = parent.resolve("current");
        Files.createDirectories(parent.resolve("release-2"));
        Files.writeString(parent.resolve("release-2/page.html"), "page 2");
        Files.createSymbolicLink(current, Path.of("root"));
        Resolver resolver =
                new Resolver(new Site(current, List.of("index.html"), SymlinkPolicy.INSIDE, true), SiteTree.TYPES);
        assertEquals("page", SiteTree.find(resolver, "/page.html"));

        Path next = parent.resolve("next");
        Files.createSymbolicLink(next, Path.of("release-2"));
        Files.move(next, current, StandardCopyOption.ATOMIC_MOVE);

        assertEquals("page 2", SiteTree.find(resolver, "/page.html"));
    }

    @Test
    void examine_fileOrNot_isItsFactsOrNull() throws Exception {
        Resolver resolver = tree.resolver(SymlinkPolicy.INSIDE);

        assertEquals(4, resolver.examine(SitePath.parse("/page.html")).file().size());
        assertNull(resolver.examine(SitePath.parse("/none")));
        assertNull(resolver.examine(SitePath.parse("/sub")));
    }

    @Test
    void examine_rewritten_isOtherFacts() throws Exception {
        Resolver resolver = tree.resolver(SymlinkPolicy.INSIDE);
        FileFacts before = resolver.examine(SitePath.parse("/page.html")).file();
        tree.file("new", "page");
        Files.setLastModifiedTime(tree.root().resolve("new"), FileTime.from(before.modified()));
        Files.move(tree.root().resolve("new"), tree.root().resolve("page.html"), StandardCopyOption.ATOMIC_MOVE);

        // Same size and time: the file key alone tells them apart.
        assertNotEquals(before, resolver.examine(SitePath.parse("/page.html")).file());
    }
}
