package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.access.PasswordHash;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only the packaged jar can show: its manifest, its filtered resources, and a process's exit code. */
class PackagedJarIT {
    @TempDir
    private Path directory;

    @Test
    void jar_version_isTheBuildsOwn() throws IOException, InterruptedException {
        Result result = run("--version");

        assertEquals(0, result.exitCode());
        assertTrue(result.out().matches("sluice \\d+\\.\\d+\\.\\d+\\S* \\(JDK .+\\)\\R"), result.out());
        assertEquals("", result.err());
    }

    @Test
    void jar_impossiblePort_isOneLineAndExitCode2() throws IOException, InterruptedException {
        Result result = run("--port", "99999");

        assertEquals("sluice: --port: \"99999\" (expected: a port, 0 to 65535)\n", result.err());
        assertEquals("", result.out());
        assertEquals(2, result.exitCode());
    }

    @Test
    void jar_checkOfGoodFile_readsYamlAndSaysOk() throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("site.yaml"), "cache: {memory: 64MiB}\n");

        Result result = run("check", file.toString());

        assertEquals("", result.err());
        assertEquals(file + ": ok\n", result.out());
        assertEquals(0, result.exitCode());
    }

    /** The jar holds one class of the library that knows bcrypt. */
    @Test
    void jar_hashPassword_readsStandardInputAndPrintsTheHashAlone() throws IOException, InterruptedException {
        Files.writeString(directory.resolve("in"), "geheim\n");

        Result result = run("hash-password", "--cost=4");

        assertEquals("", result.err());
        assertTrue(new PasswordHash(result.out().strip()).matches("geheim"), result.out());
        assertEquals(0, result.exitCode());
    }

    private Result run(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar"));
        command.add(System.getProperty("sluice.jar"));
        command.addAll(List.of(args));
        Path in = directory.resolve("in");
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(Files.exists(in) ? in.toFile() : new File("/dev/null"))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        int exitCode = process.waitFor();
        return new Result(
                exitCode,
                Files.readString(out, Charset.defaultCharset()),
                Files.readString(err, Charset.defaultCharset()));
    }

    private record Result(int exitCode, String out, String err) {}
}
