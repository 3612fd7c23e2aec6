package dev.sluice.e2e;

import dev.sluice.InstalledTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Commands before a command, by which it runs as a user who owns nothing and may do nothing that root may. Takes root to begin. */
final class Jail {
    /** The number of nobody. */
    private static final String NOBODY = "65534";

    private final List<String> setpriv;

    private Jail(List<String> setpriv) {
        this.setpriv = setpriv;
    }

    /** Skips the test, or fails it under continuous integration, where there is no root or a tool is missing. */
    static Jail required() {
        InstalledTool.requireThat("root".equals(System.getProperty("user.name")), "only root can become somebody else");
        return new Jail(List.of(
                InstalledTool.required("setpriv").toString(),
                "--reuid=" + NOBODY,
                "--regid=" + NOBODY,
                "--clear-groups",
                "--inh-caps=-all",
                "--bounding-set=-all",
                "--no-new-privs"));
    }

    /** As nobody. */
    List<String> unprivileged(List<String> command) {
        List<String> all = new ArrayList<>(setpriv);
        all.addAll(command);
        return all;
    }

    /**
     * The same where not one file system can be written to but those given, and the devices. It ends with exit code 99 if the
     * directory of temporary files can be written to all the same.
     */
    List<String> readOnly(List<String> command, String... writable) throws IOException, InterruptedException {
        String unshare = InstalledTool.required("unshare").toString();
        boolean possible =
                new ProcessBuilder(unshare, "--mount", "true").start().waitFor() == 0;
        InstalledTool.requireThat(possible, "no mounts of one's own can be had here");
        String others = String.join("|", writable);
        String remount = """
                while read -r _ point _; do
                  case $point in /proc|/proc/*|/sys|/sys/*|/dev|/dev/pts%s) ;; *) mount -o remount,bind,ro "$point" || exit 98 ;; esac
                done <<MOUNTS
                $(cat /proc/self/mounts)
                MOUNTS
                exec "$@"
                """.formatted(others.isEmpty() ? "" : "|" + others);
        String probe = """
                if (: >"$0/sluice-probe") 2>/dev/null; then exit 99; fi
                exec "$@"
                """;
        List<String> all = new ArrayList<>(List.of(unshare, "--mount", "sh", "-c", remount, "sh"));
        List<String> probed = new ArrayList<>(List.of("sh", "-c", probe, System.getProperty("java.io.tmpdir")));
        probed.addAll(command);
        all.addAll(unprivileged(probed));
        return all;
    }

    /** Lets everybody look into the folder, which was made for its owner alone, and all that is in it. */
    static void open(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** A copy of the packaged jar that everybody can read, wherever it was built. */
    static Path jar(Path folder) throws IOException {
        return Files.copy(Path.of(System.getProperty("sluice.jar")), folder.resolve("sluice.jar"));
    }
}
