package dev.sluice.calibration;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A hidden folder that is removed with all that is in it, also when the program is interrupted. */
final class Workspace implements Closeable {
    private final Path folder;
    private final Thread hook = new Thread(this::remove, "sluice-calibrate-cleanup");

    private Workspace(Path folder) {
        this.folder = folder;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    static Workspace in(Path directory) throws IOException {
        return new Workspace(Files.createTempDirectory(directory, ".sluice-calibrate-"));
    }

    Path folder() {
        return folder;
    }

    private synchronized void remove() {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> members = Files.list(folder)) {
            List<Path> files = members.toList();
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            // The hook runs already, and finds nothing.
        }
    }
}
