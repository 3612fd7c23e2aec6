package dev.sluice.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sluice.http.SitePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ListerTest {
    @TempDir
    Path parent;

    private SiteTree tree;

    @BeforeEach
    void plant() throws IOException {
        tree = new SiteTree(parent);
    }

    private static List<String> names(Resolver resolver, String directory) throws Exception {
        List<String> names = new ArrayList<>();
        assertEquals(true, resolver.list(SitePath.parse(directory), names::add), directory);
        Collections.sort(names);
        return names;
    }

    /** Name and size, or a slash for a directory. */
    private static String members(Resolver resolver, String directory) throws Exception {
        StringBuilder members = new StringBuilder();
        for (Member member : resolver.members(SitePath.parse(directory), names(resolver, directory))) {
            members.append(member.name())
                    .append(member.directory() ? "/" : "=" + member.size())
                    .append(' ');
        }
        return members.toString().trim();
    }

    @Test
    void list_hiddenAndUnservableNames_areLeftOut() throws Exception {
        tree.file("seen", "1");
        tree.file(".env", "hidden");
        tree.file(".well-known/x", "1");
        tree.file("sub/.well-known/x", "1");
        tree.file("sub/line\nbreak", "1");
        tree.file("sub/tab\tstop", "1");
        tree.file("sub/del\u007f", "1");
        tree.file("sub/next\u0085line", "1");
        Resolver resolver = tree.resolver(SymlinkPolicy.INSIDE);

        assertEquals(List.of(".well-known", "seen", "sub"), names(resolver, "/"));
        assertEquals(List.of("next\u0085line"), names(resolver, "/sub/"));
    }

    @Test
    void list_dotFilesNotHidden_areThere() throws Exception {
        tree.file(".env", "open");
        Resolver open = new Resolver(new Site(tree.root(), List.of(), SymlinkPolicy.INSIDE, false), SiteTree.TYPES);

        assertEquals(List.of(".env"), names(open, "/"));
    }

    /** Only a shell can make such a name: Java's paths are text. */
    @Test
    void list_nameThatIsNoUtf8_isLeftOut() throws Exception {
        tree.file("\ufffd", "really named so");
        String command = "printf x > \"$(printf 'bad\\377')\"";
        Process shell = new ProcessBuilder("sh", "-c", command)
                .directory(tree.root().toFile())
                .start();
        assertEquals(0, shell.waitFor());
        assertEquals("", new String(shell.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));

        assertEquals(List.of("\ufffd"), names(tree.resolver(SymlinkPolicy.INSIDE), "/"));
    }

    @ParameterizedTest
    @CsvSource({"/none/", "/file/", "/.hidden/", "/out/"})
    void list_noDirectory_isFalse(String path) throws Exception {
        tree.file("file", "1");
        tree.file(".hidden/x", "1");
        tree.link("out", tree.outside().toString());
        AtomicBoolean asked = new AtomicBoolean();

        assertFalse(tree.resolver(SymlinkPolicy.INSIDE).list(SitePath.parse(path), name -> {
            asked.set(true);
            return true;
        }));
        assertFalse(asked.get());
    }

    @Test
    void list_takerHasEnough_stops() throws Exception {
        for (int i = 0; i < 10; i++) {
            tree.file("f" + i, "1");
        }
        List<String> names = new ArrayList<>();
        tree.resolver(SymlinkPolicy.INSIDE).list(SitePath.parse("/"), name -> {
            names.add(name);
            return names.size() < 3;
        });
        assertEquals(3, names.size());
    }

    @ParameterizedTest
    @CsvSource({
        "INSIDE, dir/ file=4 in-dir/ in-file=4",
        "NEVER, dir/ file=4",
        "ALWAYS, dir/ file=4 in-dir/ in-file=4 out-dir/ out-file=7",
    })
    void members_links_areWhatThePolicyLetsThemBe(SymlinkPolicy policy, String expected) throws Exception {
        tree.file("d/file", "four");
        tree.file("d/dir/x", "1");
        tree.link("d/in-file", "file");
        tree.link("d/in-dir", "../d/dir");
        tree.link("d/out-file", tree.outside().resolve("secret").toString());
        tree.link("d/out-dir", tree.outside().toString());
        tree.link("d/loop", "loop");
        tree.link("d/dangling", "nothing");
        assertEquals(
                0,
                new ProcessBuilder("mkfifo", tree.root().resolve("d/fifo").toString())
                        .start()
                        .waitFor());

        assertEquals(expected, members(tree.resolver(policy), "/d/"));
    }

    @Test
    void members_linkToDirectory_hasTheTimeOfTheDirectory() throws Exception {
        tree.file("dir/x", "1");
        tree.link("link", "dir");
        Instant time = Instant.parse("2001-02-03T04:05:06Z");
        Files.setLastModifiedTime(tree.root().resolve("dir"), FileTime.from(time));

        Member member = tree.resolver(SymlinkPolicy.INSIDE)
                .members(SitePath.parse("/"), List.of("link"))
                .get(0);
        assertEquals(time, member.modified());
    }

    @Test
    void members_goneMeanwhile_areLeftOut() throws Exception {
        tree.file("d/stays", "1");
        Resolver resolver = tree.resolver(SymlinkPolicy.INSIDE);

        assertEquals(
                "stays",
                resolver.members(SitePath.parse("/d/"), List.of("gone", "stays", "n".repeat(300)))
                        .get(0)
                        .name());
        assertEquals(List.of(), resolver.members(SitePath.parse("/gone/"), List.of("x")));
    }
}
