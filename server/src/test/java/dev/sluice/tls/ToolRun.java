package dev.sluice.tls;

import dev.sluice.InstalledTool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of a program of the system, from beginning to end.
 *
 * @param exitCode of the program
 * @param said what it printed, errors among it
 */
public record ToolRun(int exitCode, String said) {
    /**
     * Runs a program that must be installed.
     *
     * @param folder where it runs, and where what it prints is kept
     * @param seconds after which it is ended, and the test fails
     */
    public static ToolRun of(Path folder, long seconds, String program, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(InstalledTool.required(program).toString());
        command.addAll(List.of(arguments));
        Path output = folder.resolve(program + ".out");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                throw new AssertionError(program + ": not within " + seconds + " s");
            }
            return new ToolRun(process.exitValue(), Files.readString(output, StandardCharsets.ISO_8859_1));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
