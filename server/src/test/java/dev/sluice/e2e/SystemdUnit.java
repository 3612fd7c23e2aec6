package dev.sluice.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * A service of systemd where systemd does not run: as much of it as it takes to start a program in the way the service does.
 *
 * @param lines of the file
 */
record SystemdUnit(List<String> lines) {
    static SystemdUnit read(Path file) throws IOException {
        return new SystemdUnit(Files.readAllLines(file));
    }

    /** What the key is set to, in order. */
    List<String> values(String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key + '='))
                .map(line -> line.substring(key.length() + 1))
                .toList();
    }

    /** What the key is set to, the only time. */
    String value(String key) {
        List<String> values = values(key);
        if (values.size() != 1) {
            throw new AssertionError(key + ": " + values);
        }
        return values.get(0);
    }

    /** The command that starts it as its user, where its folders are, which it makes. */
    List<String> command() throws IOException {
        makeFolders(Path.of("/var/cache"), "CacheDirectory");
        makeFolders(Path.of("/var/log"), "LogsDirectory");
        List<String> command = new ArrayList<>(List.of(
                "setpriv",
                "--reuid=" + value("User"),
                "--regid=" + value("User"),
                "--clear-groups",
                "--no-new-privs",
                "--inh-caps=-all",
                "env",
                "-i",
                "--chdir=" + value("WorkingDirectory"),
                "PATH=/usr/sbin:/usr/bin:/sbin:/bin"));
        command.addAll(values("Environment"));
        command.addAll(List.of(value("ExecStart").split(" ", -1)));
        return command;
    }

    private void makeFolders(Path parent, String key) throws IOException {
        for (String name : value(key).split(" ", -1)) {
            Path folder = Files.createDirectories(parent.resolve(name));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            Files.setOwner(
                    folder,
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(value("User")));
        }
    }
}
