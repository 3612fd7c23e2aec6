package dev.sluice.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A file and what the command line lays over it. From the second time on the file has to be a regular one: a pipe may be read
 * once, and gives nothing from then on, which would be a configuration of defaults, or never ends.
 */
final class LoadedAgain implements ConfigurationSource {
    private final ConfigurationSource loading;
    private final @Nullable Path file;
    private final Path workingDirectory;
    private final AtomicBoolean loaded = new AtomicBoolean();

    LoadedAgain(ConfigurationSource loading, @Nullable Path file, Path workingDirectory) {
        this.loading = loading;
        this.file = file;
        this.workingDirectory = workingDirectory;
    }

    @Override
    public Configuration load() throws ConfigurationException {
        boolean again = loaded.getAndSet(true);
        if (again && file != null) {
            Path path = workingDirectory.resolve(file);
            if (Files.exists(path) && !Files.isDirectory(path) && !Files.isRegularFile(path)) {
                throw new ConfigurationException(
                        List.of(file + ": no regular file (expected: a YAML file that can be read again)"));
            }
        }
        return loading.load();
    }
}
