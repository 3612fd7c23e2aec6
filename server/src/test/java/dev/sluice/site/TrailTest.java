package dev.sluice.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrailTest {
    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void make() throws IOException {
        folder = temporary.toRealPath();
        Files.createDirectories(folder.resolve("root/dir"));
        Files.createFile(folder.resolve("root/dir/file"));
    }

    @Test
    void add_file_isEachNameOnTheWay() throws Exception {
        assertEquals("dir/ dir|file", below("dir", "file"));
    }

    @Test
    void add_directory_endsThere() throws Exception {
        Trail trail = new Trail(folder.resolve("root"));

        assertTrue(trail.add(List.of("dir")));
        assertFalse(trail.add(List.of("dir", "file")));
    }

    @Test
    void add_missing_endsAtTheNameThatIsNotThere() throws Exception {
        assertEquals("dir/ dir|none", below("dir", "none", "x"));
        assertEquals("dir/ dir|file", below("dir", "file", "x"));
    }

    @Test
    void add_linkWithinTheRoot_isTheLinkAndTheWayToItsTarget() throws Exception {
        link("root/dir/link", "../dir/file");

        assertEquals("dir/ dir|link dir/ dir|file", below("dir", "link"));
    }

    @Test
    void add_chainOfLinks_isEveryLink() throws Exception {
        link("root/one", "two");
        link("root/two", folder.resolve("root/three").toString());
        link("root/three", "dir");

        assertEquals("one two three dir/ dir|file", relative(steps("one", "file")));
    }

    @Test
    void add_linkOutside_isTheWayThereFromTheTop() throws Exception {
        Files.createDirectories(folder.resolve("outside"));
        Files.createFile(folder.resolve("outside/file"));
        link("root/out", "../outside");
        List<Step> steps = steps("out", "file");

        assertEquals(new Step(folder.resolve("root"), "out", false, true), steps.get(0));
        assertEquals(new Step(folder, "outside", true, false), steps.get(1));
        assertEquals(new Step(folder.resolve("outside"), "file", false, true), steps.get(2));
    }

    @Test
    void add_linksInACircle_comesToAnEnd() throws Exception {
        link("root/one", "two");
        link("root/two", "one");

        assertFalse(new Trail(folder.resolve("root")).add(List.of("one")));
    }

    @Test
    void add_nameWithNul_isNowhere() throws Exception {
        assertEquals("", below("a\0b"));
    }

    @Test
    void new_rootThatIsALink_isTheLinkAndItsTarget() throws Exception {
        link("current", "root");
        List<Step> steps = new Trail(folder.resolve("current")).steps();
        int last = steps.size() - 1;

        assertEquals(new Step(folder, "current", false, true), steps.get(last - 1));
        assertEquals(new Step(folder, "root", true, true), steps.get(last));
        // What lies above need not be readable.
        assertTrue(steps.stream().limit(last - 1L).noneMatch(Step::needed));
    }

    @Test
    void new_rootThatIsMissing_leadsNowhere() throws Exception {
        Trail trail = new Trail(folder.resolve("none"));

        assertFalse(trail.add(List.of("dir")));
        assertEquals("none", trail.steps().get(trail.steps().size() - 1).name());
    }

    private String below(String... components) throws IOException {
        return relative(steps(components));
    }

    /** The steps behind those to the root. */
    private List<Step> steps(String... components) throws IOException {
        Trail trail = new Trail(folder.resolve("root"));
        int above = trail.steps().size();
        trail.add(List.of(components));
        return trail.steps().subList(above, trail.steps().size());
    }

    /** Directories below the root, a bar, and the name, with a slash if the way goes on there. */
    private String relative(List<Step> steps) {
        StringBuilder text = new StringBuilder();
        for (Step step : steps) {
            if (!step.directory().startsWith(folder.resolve("root"))) {
                continue;
            }
            String in = folder.resolve("root").relativize(step.directory()).toString();
            text.append(in).append(in.isEmpty() ? "" : "|").append(step.name()).append(step.passage() ? "/ " : " ");
        }
        return text.toString().strip();
    }

    private void link(String name, String target) throws IOException {
        Files.createSymbolicLink(folder.resolve(name), Path.of(target));
    }
}
