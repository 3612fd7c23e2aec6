package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.e2e.Await;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of the system that a test needs. */
public final class InstalledTool {
    private InstalledTool() {}

    /**
     * Finds it in the path. If it is missing, the test fails under continuous integration, and is skipped elsewhere.
     *
     * @param name of the program
     */
    public static Path required(String name) {
        Optional<Path> found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
        requireThat(found.isPresent(), name + " is missing");
        return found.get();
    }

    /** Asks a tool that runs to end, and ends it if it does not. */
    public static void end(Process tool) {
        tool.destroy();
        try {
            if (!tool.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                tool.destroyForcibly();
            }
        } catch (InterruptedException e) {
            tool.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The same for what takes more than a look into the path.
     *
     * @param there whether it is there
     * @param otherwise says what is missing
     */
    public static void requireThat(boolean there, String otherwise) {
        assertTrue(there || !"true".equals(System.getenv("CI")), otherwise);
        assumeTrue(there, otherwise);
    }
}
