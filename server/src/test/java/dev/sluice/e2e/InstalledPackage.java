package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.sluice.InstalledTool;
import dev.sluice.tls.ToolRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The Debian package on this machine.
 *
 * @param folder for what is made on the way
 */
record InstalledPackage(Path folder) {
    /** What a later version has in its configuration. */
    static final String NEWS = "# A key that is new.";

    private static final Path CONFIGURATION = Path.of("/etc/sluice/sluice.yaml");
    private static final long SECONDS = 120;

    /** Nobody's own installation is touched; what an earlier run under continuous integration left is. */
    void requireAbsent() throws IOException, InterruptedException {
        if ("true".equals(System.getenv("CI"))) {
            ToolRun.of(folder, SECONDS, "dpkg", "--purge", "sluice");
        }
        boolean absent =
                ToolRun.of(folder, SECONDS, "dpkg-query", "-s", "sluice").exitCode() != 0;
        InstalledTool.requireThat(absent, "the package sluice is installed here, and the test would purge it");
    }

    private String query(String... arguments) throws IOException, InterruptedException {
        ToolRun run = ToolRun.of(folder, SECONDS, "dpkg-query", arguments);
        assertEquals(0, run.exitCode(), run.said());
        return run.said();
    }

    String version() throws IOException, InterruptedException {
        return query("-W", "-f=${Version}", "sluice");
    }

    /** The path of its only one. */
    String conffiles() throws IOException, InterruptedException {
        return query("-W", "-f=${Conffiles}", "sluice").strip().split(" ", 2)[0];
    }

    /** Its files, and folders of its own that are made later. */
    List<Path> files() throws IOException, InterruptedException {
        return Stream.concat(
                        query("-L", "sluice").lines().filter(line -> line.contains("sluice")),
                        Stream.of("/var/cache/sluice", "/var/log/sluice"))
                .map(Path::of)
                .toList();
    }

    String accounts() throws IOException {
        return Files.readString(Path.of("/etc/passwd")) + Files.readString(Path.of("/etc/group"));
    }

    /** The link by which systemd starts it. */
    Path enabled() {
        return Path.of("/etc/systemd/system/multi-user.target.wants/sluice.service");
    }

    String configuration() throws IOException {
        return Files.readString(CONFIGURATION);
    }

    void edit(String from, String to) throws IOException {
        String before = configuration();
        Files.writeString(CONFIGURATION, before.replace(from, to));
        assertNotEquals(before, configuration());
    }

    /** A package of a later version, with another configuration. */
    Path successor(Path deb) throws IOException, InterruptedException {
        Path tree = folder.resolve("tree");
        assertEquals(
                0,
                ToolRun.of(folder, SECONDS, "dpkg-deb", "-R", deb.toString(), tree.toString())
                        .exitCode());
        Path control = tree.resolve("DEBIAN/control");
        Files.writeString(control, Files.readString(control).replaceFirst("(?m)^(Version: .*)$", "$1+later"));
        Path configuration = tree.resolve("etc/sluice/sluice.yaml");
        Files.writeString(configuration, Files.readString(configuration) + NEWS + '\n');
        Path made = folder.resolve("later.deb");
        ToolRun run = ToolRun.of(folder, SECONDS, "dpkg-deb", "-Znone", "-b", tree.toString(), made.toString());
        assertEquals(0, run.exitCode(), run.said());
        return made;
    }
}
