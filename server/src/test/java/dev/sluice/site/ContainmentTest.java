package dev.sluice.site;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Links of every kind: those that stay inside are followed, those that leave are not there. */
final class ContainmentTest {
    @TempDir
    Path parent;

    private SiteTree tree;

    @BeforeEach
    void plant() throws IOException {
        tree = new SiteTree(parent);
        tree.file("a.txt", "a");
        tree.file("dir/b.txt", "b");
        tree.file("dir/index.html", "index of dir");
    }

    @ParameterizedTest
    @CsvSource({
        "link, a.txt, /link, a",
        "link, ./a.txt, /link, a",
        "link, dir/../a.txt, /link, a",
        "dir/link, ../a.txt, /dir/link, a",
        "dir/link, b.txt, /dir/link, b",
        "deep/er/link, ../../dir/b.txt, /deep/er/link, b",
        "link, dir, /link/b.txt, b",
        "link, dir/, /link/b.txt, b",
        "link, dir, /link/, index of dir",
        "link, dir, /link, slash",
        "link, ., /link/a.txt, a",
        "dir/up, .., /dir/up/a.txt, a",
        "link, none, /link, missing: missing",
        "link, a.txt, /link/, missing: not-a-file",
    })
    void resolve_relativeLinkInside_isFollowed(String link, String target, String path, String expected)
            throws Exception {
        tree.link(link, target);

        assertEquals(expected, tree.find(path));
    }

    @ParameterizedTest
    @CsvSource({
        "link, ../outside/secret, /link",
        "link, ../outside, /link/secret",
        "link, .., /link/outside/secret",
        "link, ../../../../../../../../etc/passwd, /link",
        "link, dir/../../outside/secret, /link",
        "link, ../root/a.txt, /link",
        "dir/link, ../../outside/secret, /dir/link",
    })
    void resolve_relativeLinkOutside_isMissing(String link, String target, String path) throws Exception {
        tree.link(link, target);

        assertEquals("missing: symlink-outside", tree.find(path));
    }

    @Test
    void resolve_absoluteLinkInside_isFollowed() throws Exception {
        tree.link("link", tree.root().resolve("dir/b.txt").toString());
        tree.link("winding", tree.root() + "/dir/../a.txt");
        tree.link("through", tree.outside() + "/../root/a.txt");

        assertEquals("b", tree.find("/link"));
        assertEquals("a", tree.find("/winding"));
        assertEquals("a", tree.find("/through"));
    }

    @Test
    void resolve_absoluteLinkNamesTheRealRoot_isFollowed() throws Exception {
        Path alias = Files.createSymbolicLink(parent.resolve("alias"), tree.root());
        tree.link("real", tree.root().toRealPath().resolve("a.txt").toString());
        tree.link("alias", alias.resolve("a.txt").toString());
        Resolver resolver = new Resolver(new Site(alias, List.of(), SymlinkPolicy.INSIDE, true), SiteTree.TYPES);

        assertEquals("a", SiteTree.find(resolver, "/real"));
        assertEquals("a", SiteTree.find(resolver, "/alias"));
    }

    @Test
    void resolve_absoluteLinkOutside_isMissing() throws Exception {
        tree.link("file", tree.outside().resolve("secret").toString());
        tree.link("directory", tree.outside().toString());
        tree.link("slash", "/");
        tree.link("back", tree.root() + "/../outside/secret");
        tree.link("sibling", tree.root() + "side");

        for (String path : List.of("/file", "/directory/secret", "/slash/etc/passwd", "/back", "/sibling")) {
            assertEquals("missing: symlink-outside", tree.find(path), path);
        }
    }

    @Test
    void resolve_rootNameIsAPrefixOfTheTarget_isMissing() throws Exception {
        Path sibling = Files.createDirectory(parent.resolve("rootside"));
        Files.writeString(sibling.resolve("secret"), SiteTree.SECRET);
        tree.link("link", sibling.resolve("secret").toString());

        assertEquals("missing: symlink-outside", tree.find("/link"));
    }

    @Test
    void resolve_chainWithinTheLimit_isFollowed() throws Exception {
        chain(40);

        assertEquals("a", tree.find("/link1"));
    }

    @Test
    void resolve_chainBeyondTheLimit_isMissing() throws Exception {
        chain(41);

        assertEquals("missing: too-many-links", tree.find("/link1"));
    }

    @Test
    void resolve_chainThatLeavesAtItsEnd_isMissing() throws Exception {
        tree.link("one", "dir/two");
        tree.link("dir/two", "../three");
        tree.link("three", "../outside/secret");

        assertEquals("missing: symlink-outside", tree.find("/one"));
    }

    @Test
    void resolve_chainThroughOutsideAndBack_isMissing() throws Exception {
        Files.createSymbolicLink(tree.outside().resolve("back"), tree.root().resolve("a.txt"));
        tree.link("link", "../outside/back");

        assertEquals("missing: symlink-outside", tree.find("/link"));
    }

    @Test
    void resolve_loop_isMissing() throws Exception {
        tree.link("self", "self");
        tree.link("ping", "pong");
        tree.link("pong", "ping");
        tree.link("grow", "grow/grow");

        assertEquals("missing: too-many-links", tree.find("/self"));
        assertEquals("missing: too-many-links", tree.find("/ping"));
        assertEquals("missing: too-many-links", tree.find("/grow"));
    }

    @ParameterizedTest
    @CsvSource({"/link", "/directory/b.txt", "/chain"})
    void resolve_policyNever_noLinkIsFollowed(String path) throws Exception {
        tree.link("link", "a.txt");
        tree.link("directory", "dir");
        tree.link("chain", "link");

        assertEquals("missing: symlink", SiteTree.find(tree.resolver(SymlinkPolicy.NEVER), path));
    }

    @Test
    void resolve_policyAlways_linksLeadAnywhere() throws Exception {
        tree.link("file", "../outside/secret");
        tree.link("directory", tree.outside().toString());
        Resolver always = tree.resolver(SymlinkPolicy.ALWAYS);

        assertEquals(SiteTree.SECRET, SiteTree.find(always, "/file"));
        assertEquals(SiteTree.SECRET, SiteTree.find(always, "/directory/secret"));
    }

    @Test
    void resolve_policyAlwaysAndLoop_isMissing() throws Exception {
        tree.link("self", "self");

        assertEquals("missing: missing", SiteTree.find(tree.resolver(SymlinkPolicy.ALWAYS), "/self"));
    }

    private void chain(int links) throws IOException {
        for (int i = 1; i < links; i++) {
            tree.link("link" + i, "link" + (i + 1));
        }
        tree.link("link" + links, "a.txt");
    }
}
